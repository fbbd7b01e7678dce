"""How does one entry of a case's journal find its words?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from loopwell.cases.queries import Line

Say = Callable[[Line, dict[str, str]], tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """One line of the timeline: when, who did what, and what they wrote.

    `of` is the reference of the merged case it happened in; empty for the case itself.
    """

    at: datetime
    icon: str
    words: str
    detail: str = ""
    of: str = ""


WORDS: dict[str, tuple[str, Say]] = {}


def words(*types: str, icon: str) -> Callable[[Say], Say]:
    """Registers what is said of entries of these types: (line, {"who": name}) → (words, detail).

    `line.record` is the row named in cases.queries.history.RECORDS; None where it is gone.
    """

    def register(say: Say) -> Say:
        WORDS.update(dict.fromkeys(types, (icon, say)))
        return say

    return register


def tell(line: Line) -> Told | None:
    """None for what the page does not tell."""
    known = WORDS.get(line.type)
    if known is None:
        return None
    icon, say = known
    said, detail = say(line, {"who": line.who or "Loopwell"})
    return Told(at=line.at, icon=icon, words=said, detail=detail, of=line.of) if said else None


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j E, H:i")
