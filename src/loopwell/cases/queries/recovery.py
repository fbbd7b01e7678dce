"""Which unhappy customers were called, what did they answer next, and what did it cost?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KT

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.cases.enums import Outcome, RedressState
from loopwell.cases.models import Case, Closure, Redress
from loopwell.cases.queries.policy import policy
from loopwell.cases.rules.recovery import SOONEST, Care, Pair
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

UNHAPPY = 6
AT_ONCE = 5000


@dataclass(frozen=True)
class RecoveryFilter:
    """Whose first unhappy answers are looked at; `segment` is a property, "" the unit."""

    start: datetime | None = None
    end: datetime | None = None
    unit_path: str = ""
    kind: str = ""
    segment: str = ""


@dataclass(frozen=True)
class _Answer:
    pk: int
    customer: int
    at: datetime
    score: int
    kind: str
    segment: str
    consent: bool | None
    first: bool


@dataclass(frozen=True)
class _Work:
    """What was done in the case of an answer."""

    case_id: int
    team: str
    reached_at: datetime | None
    tried_at: datetime | None
    refused: bool


def pairs(actor: Actor, wanted: RecoveryFilter) -> Iterator[Pair]:
    """Each customer's first unhappy answer within the filter, with their next answer to any survey
    of ours at least a week later. Who was called only after that answer was not called."""
    if not (actor.may(Right.READ_CASES) and actor.may(Right.READ_ANSWERS)):
        return
    firsts = _firsts(actor, wanted)
    rows = _of_customers().filter(Exists(firsts.filter(customer=OuterRef("customer"))))
    if wanted.start:
        rows = rows.filter(answered_at__gte=wanted.start)
    rows = rows.annotate(is_first=Exists(firsts.filter(pk=OuterRef("pk"))))
    work = _work(firsts)
    for _customer, found in groupby(_read(rows, wanted.segment), lambda answer: answer.customer):
        answers = list(found)
        first = next(answer for answer in answers if answer.first)
        again = next((a for a in answers if a.at - first.at >= SOONEST), None)
        yield _pair(first, again, work.get(first.pk))


def _of_customers() -> QuerySet[Response]:
    return Response.objects.filter(
        is_test=False, kind__in=OUR_CUSTOMERS, customer__isnull=False
    ).order_by()


def _firsts(actor: Actor, wanted: RecoveryFilter) -> QuerySet[Response]:
    rows = _of_customers().filter(
        actor.within(Right.READ_ANSWERS).rows(account="account"), score__lte=UNHAPPY
    )
    if wanted.start:
        rows = rows.filter(answered_at__gte=wanted.start)
    if wanted.end:
        rows = rows.filter(answered_at__lt=wanted.end)
    if wanted.unit_path:
        rows = rows.filter(unit__path__startswith=wanted.unit_path)
    return rows.filter(kind=wanted.kind) if wanted.kind else rows


def _read(rows: QuerySet[Response], segment: str) -> Iterator[_Answer]:
    """In order of customer and time; the segment as it was at the time of the answer."""
    if segment:
        rows = rows.annotate(segment=KT(f"properties__{segment}"))
    fields = ("pk", "customer_id", "answered_at", "score", "kind",
              "segment" if segment else "unit_id", "contact_consent", "is_first")  # fmt: skip
    found = rows.order_by("customer_id", "answered_at", "pk").values_list(*fields)
    for row in found.iterator(chunk_size=AT_ONCE):
        pk, customer, at, score, kind, part, consent, first = row
        yield _Answer(pk, customer, at, score, kind, str(part or ""), consent, first)


def _work(firsts: QuerySet[Response]) -> dict[int, _Work]:
    """By answer; a case that takes care of several answers counts for each of them."""
    spoke = Q(attempts__outcome=Outcome.REACHED)
    cases = Case.objects.annotate(
        spoke_at=Min("attempts__at", filter=spoke),
        tried_at=Min("attempts__at"),
        refusals=Count("attempts", filter=Q(attempts__outcome=Outcome.REFUSED)),
    )
    names = dict(Unit.objects.values_list("pk", "name"))
    fields = ("pk", "owner__unit_id", "unit_id", "spoke_at", "reached_at", "tried_at", "refusals")
    direct = cases.filter(response__in=firsts).values_list("response_id", *fields)
    joined = cases.filter(joined__response__in=firsts)
    found: dict[int, _Work] = {}
    for rows in (direct, joined.values_list("joined__response_id", *fields)):
        for answer, case, team, unit, spoke_at, reached_at, tried_at, refusals in rows.iterator():
            found[answer] = _Work(
                case_id=case,
                team=names.get(team or unit, ""),
                reached_at=spoke_at or reached_at,
                tried_at=tried_at,
                refused=bool(refusals),
            )
    return found


def _pair(first: _Answer, again: _Answer | None, work: _Work | None) -> Pair:
    care = _care(first, again, work)
    called = work if work is not None and care is Care.CALLED else None
    quarter = f"{first.at.year}-{(first.at.month - 1) // 3}"
    return Pair(
        stratum=(first.kind, str(first.score), first.segment, quarter),
        care=care,
        answered_at=first.at,
        case_id=called.case_id if called else None,
        team=called.team if called else "",
        contact=called.reached_at - first.at if called and called.reached_at else None,
        next_score=again.score if again else None,
        next_at=again.at if again else None,
    )


def _care(first: _Answer, again: _Answer | None, work: _Work | None) -> Care:
    def before(moment: datetime | None) -> bool:
        return moment is not None and (again is None or moment < again.at)

    if work is not None and before(work.reached_at):
        return Care.CALLED
    if first.consent is False or (work is not None and work.refused):
        return Care.REFUSED
    if work is not None and before(work.tried_at):
        return Care.NOT_REACHED
    return Care.NOBODY


@dataclass(frozen=True)
class Cost:
    """What calling cost: the callers' time and what customers got, in the company's currency.

    `assumed` cases have no time noted and count with the usual call's; `other` are amounts in
    other currencies, which are in no sum.
    """

    cases: int
    assumed: int
    minutes: int
    time: Decimal
    redress: Decimal
    currency: str
    other: Sequence[tuple[str, Decimal]]

    @property
    def total(self) -> Decimal:
        return self.time + self.redress


def cost_of(case_ids: Sequence[int]) -> Cost:
    """In chunks, so that any number of cases can be asked for."""
    rules = policy()
    noted, given = 0, Counter[str]()
    with_time: set[int] = set()
    for start in range(0, len(case_ids), AT_ONCE // 10):
        part = case_ids[start : start + AT_ONCE // 10]
        for case, minutes in (
            Closure.objects.filter(case__in=part, minutes__isnull=False)
            .order_by()
            .values_list("case")
            .annotate(Sum("minutes"))
        ):
            noted += minutes
            with_time.add(case)
        paid = Redress.objects.filter(
            case__in=part, state__in=[RedressState.GIVEN, RedressState.APPROVED]
        )
        for currency, amount in paid.order_by().values_list("currency").annotate(Sum("amount")):
            given[currency] += amount
    assumed = len(case_ids) - len(with_time)
    minutes = noted + assumed * rules.call_minutes
    own = Decimal(given.pop(rules.currency, 0))
    return Cost(
        cases=len(case_ids),
        assumed=assumed,
        minutes=minutes,
        time=(rules.hour_cost * minutes / 60).quantize(Decimal("0.01")),
        redress=own,
        currency=rules.currency,
        other=sorted((currency, Decimal(amount)) for currency, amount in given.items()),
    )
