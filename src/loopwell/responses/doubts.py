"""Does an answer look as if no customer gave it, and why?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loopwell.responses.enums import Doubt

SCANNED_WITHIN = timedelta(minutes=2)
"""A machine that opened every link is thought to be at work for so long."""
READING_TAKES = timedelta(seconds=5)
"""Nobody opens, reads and answers a message in less."""


@dataclass(frozen=True)
class Signs:
    """What is known beside the answer itself.

    `trapped`: the field that people do not see was filled in. `arrived_at`: when the message was
    delivered, or sent where nobody says so. For links: `lately` answers came within minutes where
    `believed` are likely, and `answered_before` from the same device.
    """

    trapped: bool = False
    scanned_at: datetime | None = None
    arrived_at: datetime | None = None
    lately: int = 0
    believed: int | None = None
    answered_before: bool = False


def doubt_about(signs: Signs, now: datetime) -> tuple[Doubt, str] | None:
    """The strongest reason to hold the answer and the number that shows it; None: believe it."""
    if signs.trapped:
        return Doubt.HONEYPOT, ""
    if signs.scanned_at is not None and now - signs.scanned_at < SCANNED_WITHIN:
        return Doubt.SCANNER, _seconds(now - signs.scanned_at)
    if signs.arrived_at is not None and now - signs.arrived_at < READING_TAKES:
        return Doubt.TOO_SOON, _seconds(now - signs.arrived_at)
    if signs.believed is not None and signs.lately >= signs.believed:
        return Doubt.BURST, str(signs.lately + 1)
    return (Doubt.REPEATED, "") if signs.answered_before else None


def _seconds(passed: timedelta) -> str:
    return str(max(0, round(passed.total_seconds())))
