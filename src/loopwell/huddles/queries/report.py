"""What did a month bring a unit: index, words, causes, cases, and what came of what was agreed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Difference, difference
from loopwell.cases.enums import Result
from loopwell.cases.models import Closure, FurtherAction
from loopwell.cases.queries import calendars
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.cases.queries.recovery import RecoveryFilter, pairs
from loopwell.cases.rules.recovery import Care, recovery_of
from loopwell.cases.rules.recovery import Row as Recovered
from loopwell.huddles.enums import CommitmentState, IssueState
from loopwell.huddles.models import Commitment, Issue, IssueStep
from loopwell.huddles.queries.agenda import ENOUGH, answers_about, causes_of
from loopwell.huddles.queries.issues import visible_to as visible_issues
from loopwell.huddles.rules.months import month_after, month_before
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask_one
from loopwell.responses.models import Response
from loopwell.themes.models import Theme

COMMENTS, YEAR = 3, timedelta(days=365)
BANDS = (("promoter", 9, 10), ("passive", 7, 8), ("detractor", 0, 6))


@dataclass(frozen=True)
class Voices:
    """The newest comments of one category, of `n` in the month."""

    category: str
    rows: Sequence[Response]
    n: int


@dataclass(frozen=True)
class Casework:
    """Cases opened in the month: how many were called in time, by now closed, solved."""

    opened: int
    in_time: int
    closed: int
    solved: int


@dataclass(frozen=True)
class Report:
    """Everything of one unit's month. Cases are None for those who do not read them, `company` for
    those who do not see the whole company or look at it; differences where either is too small.
    `still`, `unkept` and `raised` were open when the month ended, whatever came of them since."""

    month: date
    score: Row
    before: Row
    company: Row | None
    change: Difference | None
    against: Difference | None
    rate: Row
    voices: Sequence[Voices]
    causes: Sequence[tuple[Theme, int]]
    cases: Casework | None
    recovered: Recovered | None
    agreed: Sequence[Commitment]
    promised: Sequence[FurtherAction]
    accepted: Sequence[Issue]
    still: Sequence[Commitment]
    unkept: Sequence[FurtherAction]
    raised: Sequence[Issue]

    @property
    def counts(self) -> Counts:
        return counts_of(self.score.stats)


def report(actor: Actor, unit: Unit, month: date) -> Report:
    """Two dozen queries for any size. Raises WarehouseUnavailable where numbers cannot be had."""
    end = month_after(month)
    score = _asked(actor, "nps", unit, month, end)
    before = _asked(actor, "nps", unit, month_before(month), month)
    company = _company(actor, unit, month, end)
    start_at, end_at = _bounds(unit, month, end)
    answers = answers_about(actor, unit).filter(answered_at__gte=start_at, answered_at__lt=end_at)
    reads_cases = actor.within(Right.READ_CASES).covers(unit.path)
    return Report(
        month=month,
        score=score,
        before=before,
        company=company,
        change=_difference(score, before),
        against=_against(score, company),
        rate=_asked(actor, "response_rate", unit, month, end),
        voices=[_voices(answers, *band) for band in BANDS],
        causes=causes_of(answers),
        cases=_casework(actor, unit, start_at, end_at) if reads_cases else None,
        recovered=_recovered(actor, unit, end_at) if reads_cases else None,
        agreed=_agreed(unit, month, end),
        promised=_promised(actor, unit, start_at, end_at),
        accepted=_accepted(actor, unit, start_at, end_at),
        still=_still(unit, end, end_at),
        unkept=_unkept(actor, unit, end_at),
        raised=list(_raised(actor, unit, end_at)),
    )


def _asked(actor: Actor, metric: str, unit: Unit, start: date, end: date) -> Row:
    filters = Filters(start=start, end=end, unit_path=unit.path)
    return ask_one(Question(metric, filters=filters), actor)


def _company(actor: Actor, unit: Unit, start: date, end: date) -> Row | None:
    if unit.parent_id is None or not actor.within(Right.READ_ANSWERS).everything:
        return None
    return ask_one(Question("nps", filters=Filters(start=start, end=end)), actor)


def _difference(one: Row, other: Row) -> Difference | None:
    if min(one.n, other.n) < ENOUGH:
        return None
    return difference(counts_of(one.stats), counts_of(other.stats))


def _against(score: Row, company: Row | None) -> Difference | None:
    """Against all others: a unit is a part of the company it is compared with."""
    if company is None or score.n < ENOUGH or company.n - score.n < ENOUGH:
        return None
    own = counts_of(score.stats)
    return difference(own, counts_of(company.stats).without(own))


def _bounds(unit: Unit, start: date, end: date) -> tuple[datetime, datetime]:
    zone = calendars([unit])[unit.pk].zone
    return datetime.combine(start, time(), zone), datetime.combine(end, time(), zone)


def _voices(answers: QuerySet[Response], category: str, lowest: int, highest: int) -> Voices:
    rows = answers.filter(score__gte=lowest, score__lte=highest).exclude(comment="")
    return Voices(
        category,
        list(rows.select_related("customer").order_by("-answered_at")[:COMMENTS]),
        rows.count(),
    )


def _casework(actor: Actor, unit: Unit, start: datetime, end: datetime) -> Casework:
    rows = visible_cases(actor).filter(
        unit__path__startswith=unit.path, opened_at__gte=start, opened_at__lt=end, merged_into=None
    )
    found = rows.aggregate(
        opened=Count("pk", distinct=True),
        in_time=Count("pk", filter=Q(reached_at__lte=F("due_at")), distinct=True),
        closed=Count("pk", filter=Q(closed_at__isnull=False), distinct=True),
    )
    solved = Closure.objects.filter(case__in=rows, case__closed_at__isnull=False)
    n = solved.filter(result=Result.SOLVED).values("case").distinct().count()
    return Casework(found["opened"], found["in_time"], found["closed"], n)


def _recovered(actor: Actor, unit: Unit, end: datetime) -> Recovered | None:
    """Of the unhappy customers of a year up to the month's end, those we spoke with."""
    wanted = RecoveryFilter(start=end - YEAR, end=end, unit_path=unit.path)
    row = recovery_of(pairs(actor, wanted)).row(Care.CALLED)
    return row if row.answered else None


def _commitments(unit: Unit) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(unit__path__startswith=unit.path)
    return rows.select_related("owner", "unit")


def _agreed(unit: Unit, month: date, end: date) -> Sequence[Commitment]:
    return list(_commitments(unit).filter(week__gte=month, week__lt=end).order_by("week", "id"))


def _still(unit: Unit, end: date, end_at: datetime) -> Sequence[Commitment]:
    open_then = Q(state=CommitmentState.OPEN) | Q(ended_at__gte=end_at)
    return list(_commitments(unit).filter(open_then, week__lt=end))


def _unkept(actor: Actor, unit: Unit, end: datetime) -> Sequence[FurtherAction]:
    cases = visible_cases(actor).filter(unit__path__startswith=unit.path)
    open_then = Q(done_at=None) | Q(done_at__gte=end)
    rows = FurtherAction.objects.filter(open_then, case__in=cases, at__lt=end)
    return list(rows.select_related("owner", "case__customer").order_by("due_on", "pk"))


def _promised(actor: Actor, unit: Unit, start: datetime, end: datetime) -> Sequence[FurtherAction]:
    cases = visible_cases(actor).filter(unit__path__startswith=unit.path)
    rows = FurtherAction.objects.filter(case__in=cases, at__gte=start, at__lt=end)
    return list(rows.select_related("owner", "case__customer").order_by("due_on"))


def _accepted(actor: Actor, unit: Unit, start: datetime, end: datetime) -> Sequence[Issue]:
    """Taken up or answered by the office in the month."""
    steps = IssueStep.objects.filter(
        state__in=[IssueState.ACCEPTED, IssueState.ANSWERED], at__gte=start, at__lt=end
    )
    rows = visible_issues(actor).filter(unit__path__startswith=unit.path, steps__in=steps)
    return list(rows.order_by("pk").distinct())


def _raised(actor: Actor, unit: Unit, end: datetime) -> QuerySet[Issue]:
    waiting = [IssueState.NEW, IssueState.ASKED, IssueState.ACCEPTED]
    last = IssueStep.objects.filter(issue=OuterRef("pk"), at__lt=end).order_by("-pk")
    then = Coalesce(Subquery(last.values("state")[:1]), Value(IssueState.NEW.value))
    rows = visible_issues(actor).filter(unit__path__startswith=unit.path, at__lt=end)
    return rows.annotate(then=then).filter(then__in=waiting).order_by("pk")


def months_with_answers(actor: Actor, unit: Unit, today: date, limit: int = 18) -> Sequence[date]:
    """From this month back to the first with an answer, at most `limit`."""
    first = answers_about(actor, unit).order_by("answered_at").values_list("answered_at", flat=True)
    oldest = first.first()
    found: list[date] = []
    month = today.replace(day=1)
    while oldest is not None and month >= oldest.date().replace(day=1) and len(found) < limit:
        found.append(month)
        month = month_before(month)
    return found
