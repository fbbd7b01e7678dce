"""Which cases wait for whom, in which order, and how many are there?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from loopwell.access.rules import Actor
from loopwell.cases.enums import Late, Sort, Tab
from loopwell.cases.models import Attempt, Case
from loopwell.cases.queries.filtering import QueueFilter, narrowed
from loopwell.cases.queries.scope import visible_to

OPEN = Q(closed_at=None)
PER_PAGE = 50
MOST_COUNTED = 1000
LAST_PAGE = 200
ORDERS = {
    Sort.NEXT: ("next_step_at", "id"),
    Sort.DUE: ("due_at", "id"),
    Sort.PRIORITY: ("priority", "next_step_at", "id"),
    Sort.VALUE: (F("account__revenue").desc(nulls_last=True), "next_step_at", "id"),
    Sort.NEWEST: ("-opened_at", "-id"),
}
LATE = {Late.CONTACT: OPEN & Q(reached_at=None), Late.RESOLVE: OPEN}


@dataclass(frozen=True)
class QueuePart:
    """One page of the queue, and how many cases there are: exactly, or at least `MOST_COUNTED`."""

    cases: Sequence[Case]
    total: int
    is_more: bool
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.cases) - 1

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


def queue(actor: Actor, *, now: datetime, wanted: QueueFilter) -> QuerySet[Case]:
    """The cases of one tab that fit the filter, in the order asked for."""
    rows = narrowed(visible_to(actor).filter(_in_tab(wanted.tab, actor, now)), wanted, now)
    if wanted.tab == Tab.CLOSED:
        return rows.order_by("-closed_at", "-id")
    return rows.order_by(*ORDERS[wanted.sort])


def queue_part(actor: Actor, *, now: datetime, wanted: QueueFilter, page: int = 1) -> QueuePart:
    """One page with all its rows show; three queries, however many cases there are.

    The same look at the order finds the page and counts, up to MOST_COUNTED or the page's end.
    """
    page = max(1, min(page, LAST_PAGE))
    reach = max(MOST_COUNTED, page * PER_PAGE) + 1
    found = list(queue(actor, now=now, wanted=wanted).values_list("pk", flat=True)[:reach])
    is_more = len(found) == reach
    total = reach - 1 if is_more else len(found)
    pages = max(1, -(-total // PER_PAGE))
    page = min(page, pages)
    ids = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = with_details(Case.objects.filter(pk__in=ids)).in_bulk()
    cases = [rows[pk] for pk in ids if pk in rows]
    further = page + 1 if is_more and page == pages and page < LAST_PAGE else pages
    return QueuePart(cases=cases, total=total, is_more=is_more, page=page, pages=further)


def with_details(rows: QuerySet[Case]) -> QuerySet[Case]:
    tries = (
        Attempt.objects.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return rows.select_related("customer", "account", "unit", "owner", "response", "rule").annotate(
        tries=Coalesce(Subquery(tries, output_field=IntegerField()), 0)
    )


def late_now(now: datetime) -> Q:
    """Not spoken with by `due_at`, or not settled by `resolve_by`."""
    contact, resolve = LATE[Late.CONTACT], LATE[Late.RESOLVE]
    return (contact & Q(due_at__lt=now)) | (resolve & Q(resolve_by__lt=now))


def _in_tab(tab: Tab, actor: Actor, now: datetime) -> Q:
    mine = Q(owner_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    return {
        Tab.MINE: OPEN & mine,
        Tab.UNITS: OPEN,
        Tab.LATE: late_now(now),
        Tab.ESCALATED: OPEN & Q(escalated_to_id=actor.user_id) & Q(escalated_to__isnull=False),
        Tab.WAITING: OPEN & Q(reached_at=None, next_step_at__gt=now),
        Tab.CLOSED: Q(closed_at__isnull=False),
    }[tab]


def counts(actor: Actor, *, now: datetime) -> dict[Tab, int]:
    """How many cases each tab holds, without its further filters; two queries.

    Open ones exactly, closed ones up to MOST_COUNTED and one more.
    """
    tabs = [tab for tab in Tab if tab != Tab.CLOSED]
    found = (
        visible_to(actor)
        .filter(OPEN)
        .aggregate(**{tab.value: Count("pk", filter=_in_tab(tab, actor, now)) for tab in tabs})
    )
    closed = visible_to(actor).filter(_in_tab(Tab.CLOSED, actor, now)).order_by()
    return {
        **{tab: found[tab.value] for tab in tabs},
        Tab.CLOSED: closed.values("pk")[: MOST_COUNTED + 1].count(),
    }


def open_count(actor: Actor) -> int:
    return visible_to(actor).filter(OPEN).count()


def to_call_count(actor: Actor, now: datetime) -> int:
    """The actor's own customers whose call is due now: not reached, not put off."""
    rows = visible_to(actor).filter(_in_tab(Tab.MINE, actor, now))
    return rows.filter(reached_at=None, next_step_at__lte=now).count()


def late_count(actor: Actor, now: datetime) -> int:
    return visible_to(actor).filter(_in_tab(Tab.LATE, actor, now)).count()


def newest_open(actor: Actor, now: datetime, limit: int) -> Sequence[Case]:
    """Open cases for the home page: their own first, then what is next."""
    rows = with_details(visible_to(actor).filter(OPEN))
    mine = list(rows.filter(owner_id=actor.user_id).order_by("next_step_at", "id")[:limit])
    if len(mine) == limit:
        return mine
    others = rows.exclude(pk__in=[case.pk for case in mine]).order_by("next_step_at", "id")
    return [*mine, *others[: limit - len(mine)]]


def cases_for_customer(actor: Actor, customer_id: int) -> Sequence[Case]:
    rows = visible_to(actor).filter(customer_id=customer_id)
    return list(with_details(rows).order_by("-opened_at", "-id"))
