"""Which numbers does the home page show for a selection?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Difference, difference
from loopwell.calc.trend import Trend, trend
from loopwell.console.answers.selection import Selection
from loopwell.insights.asking import Filters, Grain, Question, Row
from loopwell.insights.judging.clustering import design_effect, less_sure, note, widened
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask, ask_one

ENOUGH = 30
"""Answers below which a score is not judged."""


@dataclass(frozen=True)
class Moment:
    """One bar of time on the trend: its first day and the day after its last."""

    start: date
    end: date
    row: Row | None


@dataclass(frozen=True)
class Board:
    """The score now and before, who answered, and how it went.

    Margins, and the change by `effect`, heed several answers of one account.
    """

    score: Row
    before: Row | None
    rate: Row
    scores: Sequence[int]
    grain: Grain
    moments: Sequence[Moment]
    judged: Trend
    kinds: Sequence[Row]
    effect: float = 1.0

    @property
    def counts(self) -> Counts:
        return counts_of(self.score.stats)

    @property
    def change(self) -> Difference | None:
        """Against the same length of time before; None where either has too few answers."""
        if self.before is None or min(self.before.n, self.score.n) < ENOUGH:
            return None
        return less_sure(difference(self.counts, counts_of(self.before.stats)), self.effect)

    @property
    def note(self) -> str:
        return note(self.effect)


def board(actor: Actor, selection: Selection, today: date) -> Board:
    filters = selection.for_numbers()
    earlier = selection.before()
    by_score = {
        row.key[0]: row.n for row in ask(Question("answers", ("score",), "", filters), actor)
    }
    grain, start = _time_axis(selection, today)
    over_time = Question("nps", (), grain, replace(filters, start=start))
    rows = ask(over_time, actor)
    by_time = design_effect(over_time, actor)
    moments = _without_gaps([widened(row, "nps", by_time) for row in rows], grain)
    question = Question("nps", filters=filters)
    score, effect = ask_one(question, actor), design_effect(question, actor)
    before = replace(question, filters=earlier.for_numbers()) if earlier else None
    periods = [(m.start.isoformat(), _counts(m)) for m in moments]
    return Board(
        score=widened(score, "nps", effect),
        before=widened(ask_one(before, actor), "nps", effect) if before else None,
        rate=ask_one(Question("response_rate", filters=filters), actor),
        scores=[by_score.get(score, 0) for score in range(11)],
        grain=grain,
        moments=moments,
        kinds=[] if selection.kind else _by_kind(filters, actor),
        judged=trend(periods or _NOTHING, design=by_time),
        effect=effect,
    )


def _by_kind(filters: Filters, actor: Actor) -> list[Row]:
    """Relationship and transactional apart; looked at closely only where there are both."""
    question = Question("nps", ("kind",), "", filters)
    rows = ask(question, actor)
    effect = design_effect(question, actor) if len(rows) > 1 else 1.0
    return [widened(row, "nps", effect) for row in rows]


_NOTHING = [("", Counts(0, 0, 0))]


def _counts(moment: Moment) -> Counts:
    return counts_of(moment.row.stats) if moment.row else Counts(0, 0, 0)


def _time_axis(selection: Selection, today: date) -> tuple[Grain, date | None]:
    """A short period is seen within the months around it, so that noise is not news."""
    if selection.start is None:
        return "month", None
    end = selection.last_day or today
    length = (end - selection.start).days + 1
    if length <= 31:
        return "week", monday(end) - timedelta(weeks=12)
    first = end.replace(day=1)
    year_ago = first.replace(year=first.year - 1)
    return "month", min(year_ago, selection.start.replace(day=1))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _without_gaps(rows: Sequence[Row], grain: Grain) -> list[Moment]:
    known = {row.key[0]: row for row in rows if isinstance(row.key[0], date)}
    days = sorted(day for day in known if isinstance(day, date))
    found: list[Moment] = []
    day = days[0] if days else None
    while day is not None and day <= days[-1]:
        following = _next(day, grain)
        found.append(Moment(day, following, known.get(day)))
        day = following
    return found


def _next(day: date, grain: Grain) -> date:
    if grain == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if grain == "week" else 1)
