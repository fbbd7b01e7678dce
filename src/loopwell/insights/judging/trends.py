"""Did the number really change over time, and since when?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts
from loopwell.insights.asking import Grain, Question, Row
from loopwell.insights.differing import apart
from loopwell.insights.judging.clustering import design_effect, less_sure
from loopwell.insights.metrics import METRICS, counts_of
from loopwell.insights.phrasing.naming import moment
from loopwell.insights.questions import ask, row_of, sum_up
from loopwell.insights.stretches import bucket_after

if TYPE_CHECKING:
    from loopwell.calc.control import Control
    from loopwell.calc.shifts import Shift

FEWEST = 8
"""Buckets with answers that a control chart needs."""
LEVEL = 0.05


@dataclass(frozen=True)
class Moment:
    """One bucket of a trend; `row` is None where nobody answered. `end` is not included."""

    start: date
    end: date
    row: Row | None


@dataclass(frozen=True)
class JudgedTrend:
    """Buckets without gaps, the control chart over them, and the real shifts found.

    `sentence` says what is real: “No real change since March 2026.” `control` and `shifts` are of
    scores alone, `control` needs eight buckets with answers.
    """

    moments: Sequence[Moment]
    control: "Control | None"
    shifts: "Sequence[Shift]"
    sentence: str


def judged_trend(question: Question, actor: Actor) -> JudgedTrend:
    """By the question's own grain, month where it has none, without its cuts."""
    grain: Grain = question.grain or "month"
    asked = replace(question, by=(), grain=grain)
    moments = moments_of(ask(asked, actor), grain)
    return judged(question.metric, moments, grain, design_effect(asked, actor))


def judged(
    metric: str, moments: Sequence[Moment], grain: Grain, effect: float = 1.0
) -> JudgedTrend:
    """For whoever has the buckets already, and the design effect of their accounts."""
    if METRICS[metric].test != "score":
        return JudgedTrend(moments, None, (), _last_against_before(metric, moments, grain, effect))
    from loopwell.calc.control import control
    from loopwell.calc.shifts import shifts

    counts = [counts_of(each.row.stats) if each.row else Counts(0, 0, 0) for each in moments]
    filled = sum(each.n > 0 for each in counts)
    chart = control(counts, design=effect) if filled >= FEWEST else None
    jumps = shifts(counts, design=effect) if filled > 1 else []
    said = [_said(moments, counts, chart, jumps, grain), _beyond(moments, chart, grain)]
    return JudgedTrend(moments, chart, jumps, " ".join(part for part in said if part))


def moments_of(rows: Sequence[Row], grain: Grain) -> list[Moment]:
    """The buckets of rows cut by time alone, empty ones between them filled in."""
    known = {row.key[-1]: row for row in rows if isinstance(row.key[-1], date)}
    days = sorted(day for day in known if isinstance(day, date))
    found: list[Moment] = []
    day = days[0] if days else None
    while day is not None and day <= days[-1]:
        following = bucket_after(day, grain)
        found.append(Moment(day, following, known.get(day)))
        day = following
    return found


def _said(
    moments: Sequence[Moment],
    counts: Sequence[Counts],
    chart: "Control | None",
    jumps: "Sequence[Shift]",
    grain: Grain,
) -> str:
    if sum(each.n for each in counts) < METRICS["nps"].minimum or len(moments) < 2:
        return _("Too few answers to judge a trend.")
    if jumps:
        return _jumped(jumps[-1].difference.value, moment(moments[jumps[-1].index].start, grain))
    if chart and (signal := chart.limits[-1].signal):
        when = {"when": moment(moments[-1].start, grain)}
        if signal.endswith("above"):
            return _("%(when)s is higher than chance explains.") % when
        return _("%(when)s is lower than chance explains.") % when
    first = {"when": moment(moments[0].start, grain)}
    return _("No real change since %(when)s.") % first


def _beyond(moments: Sequence[Moment], chart: "Control | None", grain: Grain) -> str:
    """The single moments that chance does not explain, but for a last one: it is told already."""
    outside = [
        moment(each.start, grain)
        for each, limit in zip(moments[:-1], chart.limits if chart else (), strict=False)
        if limit.signal in ("above", "below")
    ]
    if not outside:
        return ""
    return _("%(when)s: beyond what chance explains.") % {"when": ", ".join(outside)}


def _jumped(value: float, when: str) -> str:
    said = {"points": number_format(abs(round(value))), "when": when}
    if value > 0:
        return _("Up by %(points)s since %(when)s: a real change.") % said
    return _("Down by %(points)s since %(when)s: a real change.") % said


def _last_against_before(
    metric: str, moments: Sequence[Moment], grain: Grain, effect: float
) -> str:
    """The last bucket with answers against all before it together."""
    rows = [each for each in moments if each.row]
    if METRICS[metric].test == "none":
        return ""
    if len(rows) < 2 or rows[-1].row is None:
        return _("Too few answers to judge a trend.")
    last = row_of(metric, (), rows[-1].row.stats)
    before = row_of(metric, (), sum_up(each.row for each in rows[:-1] if each.row))
    gap = apart(metric, last, before)
    if gap is None or min(last.n, before.n) < METRICS[metric].minimum:
        return _("Too few answers to judge a trend.")
    gap = less_sure(gap, effect)
    if gap.p >= LEVEL:
        return _("No real change since %(when)s.") % {"when": moment(rows[0].start, grain)}
    said = {"when": moment(rows[-1].start, grain)}
    if gap.value > 0:
        return _("%(when)s is really higher than the time before.") % said
    return _("%(when)s is really lower than the time before.") % said
