"""What is there to talk about in a team's week: wins, unhappy customers, late cases, promises,
what changed?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference, difference
from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Closure, FurtherAction
from loopwell.cases.queries import calendars, late_now
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask_one
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme

SHOWN, WEEKS, ENOUGH = 5, 4, 30


@dataclass(frozen=True)
class Part:
    """Some rows to talk about, and how many there are in all."""

    rows: Sequence[Any]
    n: int


@dataclass(frozen=True)
class Score:
    """Four weeks against the four before; `change` is None where either is too small."""

    now: Row
    before: Row
    week: Row
    change: Difference | None


@dataclass(frozen=True)
class Agenda:
    """Everything of one team's week; cases and promises only for those who read cases."""

    week: date
    score: Score
    wins: Part
    praise: Part
    solved: Part
    unhappy: Part
    late: Part
    promises: Part
    causes: Sequence[tuple[Theme, int]]
    answers: int


@dataclass(frozen=True)
class Facts:
    """The numbers of a week as they were told when the huddle was held."""

    answers: int
    wins: int
    unhappy: int
    solved: int
    late: int
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    causes: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def agenda(actor: Actor, unit: Unit, week: date, now: datetime) -> Agenda:
    """A dozen queries for any size. Raises WarehouseUnavailable where numbers cannot be had."""
    start, end = _bounds(unit, week)
    answers = answers_about(actor, unit).filter(answered_at__gte=start, answered_at__lt=end)
    happy = answers.filter(score__gte=9).exclude(comment="")
    cases = visible_cases(actor).filter(unit__path__startswith=unit.path)
    return Agenda(
        week=week,
        score=_score(actor, unit, week),
        wins=_part(happy.filter(employee=None).order_by("-answered_at")),
        praise=_part(happy.exclude(employee=None).order_by("-answered_at")),
        solved=_solved(actor, cases, start, end),
        unhappy=_unhappy(actor, cases, start, end),
        late=_part(_late(cases, now)),
        promises=_promises(cases, week, actor),
        causes=causes_of(answers_about(actor, unit).filter(
            answered_at__gte=start - timedelta(weeks=WEEKS - 1), answered_at__lt=end
        )),
        answers=answers.count(),
    )  # fmt: skip


def facts_of(found: Agenda) -> Facts:
    score = found.score.now
    return Facts(
        answers=found.answers,
        wins=found.wins.n + found.praise.n,
        unhappy=found.unhappy.n,
        solved=found.solved.n,
        late=found.late.n,
        n=score.n,
        value=score.value,
        low=score.low,
        high=score.high,
        causes={theme.slug: n for theme, n in found.causes},
    )


def _bounds(unit: Unit, week: date) -> tuple[datetime, datetime]:
    """The week's first moment and that of the next, where the unit is."""
    zone: ZoneInfo = calendars([unit])[unit.pk].zone
    return (
        datetime.combine(week, time(), zone),
        datetime.combine(week + timedelta(days=7), time(), zone),
    )


def answers_about(actor: Actor, unit: Unit) -> QuerySet[Response]:
    rows = visible_answers(actor).filter(
        unit__path__startswith=unit.path, kind__in=OUR_CUSTOMERS, is_test=False
    )
    return rows.select_related("employee", "unit", "customer")


def _part(rows: QuerySet[Any]) -> Part:
    return Part(list(rows[:SHOWN]), rows.count())


def _score(actor: Actor, unit: Unit, week: date) -> Score:
    end = week + timedelta(days=7)
    middle, first = end - timedelta(weeks=WEEKS), end - timedelta(weeks=2 * WEEKS)

    def asked(start: date, stop: date) -> Row:
        filters = Filters(start=start, end=stop, unit_path=unit.path)
        return ask_one(Question("nps", filters=filters), actor)

    now, before = asked(middle, end), asked(first, middle)
    change = None
    if min(now.n, before.n) >= ENOUGH:
        change = difference(counts_of(now.stats), counts_of(before.stats))
    return Score(now, before, asked(week, end), change)


def _solved(actor: Actor, cases: QuerySet[Case], start: datetime, end: datetime) -> Part:
    rows = Closure.objects.filter(
        case__in=cases, result=Result.SOLVED, at__gte=start, at__lt=end
    ).select_related("case__customer", "by")
    return _part(rows.order_by("-at"))


def _unhappy(actor: Actor, cases: QuerySet[Case], start: datetime, end: datetime) -> Part:
    rows = cases.filter(opened_at__gte=start, opened_at__lt=end, merged_into=None)
    rows = rows.select_related("customer", "owner", "response").prefetch_related("closures")
    return _part(rows.order_by("score", "-opened_at"))


def _late(cases: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    return cases.filter(late_now(now)).select_related("customer", "owner").order_by("due_at")


def _promises(cases: QuerySet[Case], week: date, actor: Actor) -> Part:
    """What was promised to customers and is due by the end of the week, or overdue."""
    if not actor.may(Right.READ_CASES):
        return Part([], 0)
    rows = FurtherAction.objects.filter(
        case__in=cases, done_at=None, due_on__lt=week + timedelta(days=7)
    )
    return _part(rows.select_related("case__customer", "owner").order_by("due_on"))


def causes_of(answers: QuerySet[Response]) -> Sequence[tuple[Theme, int]]:
    """What callers found in these answers, most often first."""
    rows = Mention.objects.filter(
        Q(response__in=answers.order_by()), source=MentionSource.INTERVIEWER
    )
    counted = rows.order_by().values_list("theme").annotate(n=Count("pk")).order_by("-n")[:SHOWN]
    themes = Theme.objects.in_bulk([theme for theme, _n in counted])
    return [(themes[theme], n) for theme, n in counted]
