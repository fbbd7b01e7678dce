"""What matters most on this page, said in words that the figures allow?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.console.answers.selection import Selection
from loopwell.console.home.board import ENOUGH, Board
from loopwell.console.home.groups import Group
from loopwell.console.templatetags.numbers import grouped, signed


@dataclass(frozen=True)
class Sentence:
    """`tone` is "good", "bad" or nothing; `url` leads to what it speaks of."""

    words: str
    tone: str = ""
    url: str = ""


def headline(
    board: Board, selection: Selection, units: Sequence[Group], answers_url: str
) -> list[Sentence]:
    """The change, then the unit that is really behind."""
    found = [_change(board, selection)]
    below = [group for group in units if group.meaning == "below"]
    if below:
        found.append(_below(below, answers_url))
    return found


def late_words(late: int, url: str) -> Sentence:
    words = ngettext(
        "%(count)s customer waits longer than promised.",
        "%(count)s customers wait longer than promised.",
        late,
    ) % {"count": grouped(late)}
    return Sentence(words, "bad", url)


def _change(board: Board, selection: Selection) -> Sentence:
    if board.score.n < ENOUGH:
        return Sentence(_("There are too few answers here to judge the score."))
    change = board.change
    if change is None:
        if selection.before() is None:
            return Sentence(_state(board))
        return Sentence(_("There are too few earlier answers to say whether the score changed."))
    facts = {
        "points": signed(abs(change.value)).lstrip("+"),
        "days": _days(selection),
        "score": signed(board.score.value),
    }
    if change.low > 0:
        words = _("NPS is up %(points)s to %(score)s against %(days)s before: a real change.")
        return Sentence(words % facts, "good")
    if change.high < 0:
        words = _("NPS is down %(points)s to %(score)s against %(days)s before: a real change.")
        return Sentence(words % facts, "bad")
    words = _("NPS stands at %(score)s: no real change against %(days)s before.")
    return Sentence(words % facts)


def _state(board: Board) -> str:
    counts = board.counts
    return _("%(promoters)s of %(n)s customers would recommend us, %(detractors)s would not.") % {
        "promoters": grouped(counts.promoters),
        "detractors": grouped(counts.detractors),
        "n": grouped(counts.n),
    }


def _days(selection: Selection) -> str:
    if selection.start is None or selection.end is None:
        return ""
    days = (selection.end - selection.start).days
    return ngettext("the %(days)s day", "the %(days)s days", days) % {"days": grouped(days)}


def _below(below: Sequence[Group], answers_url: str) -> Sentence:
    """The one furthest behind; small units cannot get here, chance is corrected for."""
    worst = min(below, key=lambda g: g.result.difference.value if g.result.difference else 0.0)
    gap = worst.result.difference
    words = _("%(unit)s is really behind: %(points)s points below the other units.") % {
        "unit": worst.label,
        "points": signed(abs(gap.value if gap else 0.0)).lstrip("+"),
    }
    url = f"{answers_url}?{worst.answers}&category=detractor" if worst.answers else ""
    return Sentence(words, "bad", url)
