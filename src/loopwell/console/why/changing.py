"""What is a change of the score made of, is it real, and what would the silent have said?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.control import Limit
from loopwell.calc.decomposition import Decomposition, Part
from loopwell.calc.nps import Difference, Estimate, difference, variance
from loopwell.calc.planning import answers_to_tell_apart
from loopwell.calc.shifts import Shift
from loopwell.calc.silence import Band
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import NOTHING, Question, Row
from loopwell.insights.judging import (
    Forecast,
    JudgedTrend,
    Moment,
    band,
    decomposed,
    forecasted,
    judged_trend,
)
from loopwell.insights.metrics import counts_of
from loopwell.insights.phrasing import labels
from loopwell.insights.questions import ask, ask_one

YEAR = timedelta(days=365)
ENOUGH, LEVEL, SHOWN = 30, 0.05, 10
FARTHEST = 20
"""So many times the answers there are is out of reach: not worth saying."""


@dataclass(frozen=True)
class Named:
    """One part of the change, with the group's name."""

    label: str
    part: Part


@dataclass(frozen=True)
class Change:
    """The score before and now, what the groups gave to the change, the largest first."""

    now: Row
    before: Row | None
    gap: Difference | None
    parts: Sequence[Named]
    whole: Decomposition | None
    picture: dict[str, Any] | None
    words: str
    needed: int | None = None
    """Answers in each period that would show a change as large as this, where it may be chance."""

    @property
    def is_real(self) -> bool:
        return self.gap is not None and self.gap.p < LEVEL


def changed(actor: Actor, selection: Selection, by: str) -> Change:
    """Against the same length of time before."""
    filters = selection.for_numbers()
    now = ask_one(Question("nps", filters=filters), actor)
    earlier = selection.before()
    if earlier is None:
        words = _("Choose a period with a beginning: only then there is a time before.")
        return Change(now, None, None, (), None, None, words)
    before = ask_one(Question("nps", filters=earlier.for_numbers()), actor)
    judged = min(now.n, before.n) >= ENOUGH
    gap = difference(counts_of(now.stats), counts_of(before.stats)) if judged else None
    whole = decomposed(Question("nps", filters=filters), by, earlier.for_numbers(), filters, actor)
    parts = _named(actor, selection, earlier, by, whole) if whole else []
    picture = _waterfall(whole, parts) if whole else None
    needed = _needed(gap, now, before) if gap is not None else None
    return Change(now, before, gap, parts, whole, picture, _words(gap, whole), needed)


def _needed(gap: Difference, now: Row, before: Row) -> int | None:
    """None where the change is real, or is none at all, or would need no more than there are,
    or more than there will ever be."""
    if gap.p < LEVEL or round(gap.value, 1) == 0:
        return None
    both = [counts_of(row.stats) for row in (now, before)]
    spread = sum(variance(counts) for counts in both) / 2
    found = answers_to_tell_apart(abs(gap.value), spread)
    least = min(counts.n for counts in both)
    return _two_digits(found) if least < found <= FARTHEST * least else None


def _two_digits(answers: int) -> int:
    """Upwards: an estimate of answers is no more certain than that."""
    step: int = 10 ** max(len(str(answers)) - 2, 0)
    return -(-answers // step) * step


def _named(
    actor: Actor, now: Selection, before: Selection, by: str, whole: Decomposition
) -> list[Named]:
    rows = [
        row
        for each in (now, before)
        for row in ask(Question("nps", (by,), "", each.for_numbers()), actor)
    ]
    found = labels((by,), "", rows, actor)
    names = {NOTHING if key[0] is None else str(key[0]): name[0] for key, name in found.items()}
    ordered = sorted(whole.parts, key=lambda part: -abs(part.total))
    return [Named(names.get(part.name, part.name), part) for part in ordered]


def _words(gap: Difference | None, whole: Decomposition | None) -> str:
    if gap is None or whole is None:
        return _("One of the two periods has too few answers to judge a change.")
    facts = {
        "change": numbers.signed(whole.change),
        "score": numbers.signed(whole.score),
        "mix": numbers.signed(whole.mix),
    }
    if gap.p >= LEVEL:
        return _("%(change)s since the period before: no real change.") % facts
    if whole.mix * whole.score > 0 and abs(whole.mix) > abs(whole.score):
        return (
            _(
                "%(change)s since the period before, mostly because other groups answered more "
                "often (%(mix)s), less because opinions changed (%(score)s)."
            )
            % facts
        )
    return (
        _(
            "%(change)s since the period before: opinions changed by %(score)s, who answered by "
            "%(mix)s."
        )
        % facts
    )


def _waterfall(whole: Decomposition, parts: Sequence[Named]) -> dict[str, Any]:
    shown, rest = parts[:SHOWN], parts[SHOWN:]
    steps = [charts.Part(_("Before"), whole.before, numbers.signed(whole.before), total=True)]
    steps += [
        charts.Part(
            each.label,
            each.part.total,
            f"{each.label}\n{_tenth(each.part.total)} "
            + _("(score %(score)s, share of answers %(mix)s)")
            % {"score": _tenth(each.part.score), "mix": _tenth(each.part.mix)},
            few=not each.part.is_real,
            value_text=_tenth(each.part.total),
        )
        for each in shown
    ]
    if rest:
        left = sum(each.part.total for each in rest)
        steps.append(
            charts.Part(_("All others"), left, _tenth(left), few=True, value_text=_tenth(left))
        )
    steps.append(charts.Part(_("Now"), whole.after, numbers.signed(whole.after), total=True))
    return charts.waterfall(steps, text=_("What each group gave to the change."))


def _tenth(value: float) -> str:
    """With one decimal and its sign: parts of a change are small."""
    sign = "+" if value >= 0.05 else numbers.MINUS if value <= -0.05 else ""
    return f"{sign}{numbers.grouped(abs(round(value, 1)))}"


@dataclass(frozen=True)
class Judged:
    """The trend with limits of chance and shifts, the silent, and what comes."""

    trend: JudgedTrend
    shifts: Sequence[tuple[date, Shift]]
    months: Sequence[tuple[Moment, Limit | None]]
    picture: dict[str, Any]
    band: Band | None
    ahead: Forecast | None

    @property
    def still_to_come(self) -> int:
        return round(self.ahead.expected_more) if self.ahead else 0


def judged(actor: Actor, selection: Selection, now: datetime) -> Judged:
    """By the months of the year up to the end that is chosen, as dashboards are: one page must not
    call real what another does not, only because it looks further back."""
    today, chosen = timezone.localdate(now), selection.for_numbers()
    year = replace(chosen, start=(chosen.end or today + timedelta(days=1)) - YEAR)
    found = judged_trend(Question("nps", (), "month", year), actor)
    question = Question("nps", filters=selection.for_numbers())
    quarter = _quarter(today)
    ahead = replace(selection.for_numbers(), start=quarter[0], end=quarter[1])
    limits = found.control.limits if found.control else [None] * len(found.moments)
    return Judged(
        found,
        [(found.moments[shift.index].start, shift) for shift in found.shifts],
        list(zip(found.moments, limits, strict=True)),
        _trend(found),
        band(question, actor),
        forecasted(Question("nps", filters=ahead), actor, today),
    )


def _trend(found: JudgedTrend) -> dict[str, Any]:
    points = [
        charts.Point(f"{moment.start:%Y-%m}", _estimate(moment.row)) for moment in found.moments
    ]
    return charts.judged(charts.trend(points, text=found.sentence), found)


def _estimate(row: Row | None) -> Estimate | None:
    if row is None or row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high, row.n)


def _quarter(today: date) -> tuple[date, date]:
    month = (today.month - 1) // 3 * 3 + 1
    start = date(today.year, month, 1)
    end = date(today.year + (month == 10), 1 if month == 10 else month + 3, 1)
    return start, end
