"""Which cases wait for whom, in which order, and how many are there?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.cases.enums import Late, Tab
from loopwell.cases.models import Attempt, Case
from loopwell.cases.queries.scope import visible_to

OPEN = Q(closed_at=None)
LATE = {Late.CONTACT: OPEN & Q(reached_at=None), Late.RESOLVE: OPEN}


@dataclass(frozen=True)
class QueueFilter:
    """What part of the queue somebody looks at; references, not ids, as in the address."""

    tab: Tab = Tab.MINE
    unit: str = ""
    owner: str = ""
    lowest: int | None = None
    highest: int | None = None


def queue(actor: Actor, *, now: datetime, wanted: QueueFilter) -> QuerySet[Case]:
    """Rows as the queue shows them; `tries` counts the attempts so far."""
    rows = visible_to(actor).filter(_in_tab(wanted.tab, actor, now))
    if wanted.unit:
        rows = rows.filter(unit__path__startswith=_path_of(wanted.unit))
    if wanted.owner:
        rows = rows.filter(owner__ref=wanted.owner)
    if wanted.lowest is not None:
        rows = rows.filter(score__gte=wanted.lowest)
    if wanted.highest is not None:
        rows = rows.filter(score__lte=wanted.highest)
    order = ("-closed_at", "-id") if wanted.tab == Tab.CLOSED else ("next_step_at", "id")
    return with_details(rows).order_by(*order)


def _path_of(unit_ref: str) -> str:
    path = Unit.objects.filter(ref=unit_ref).values_list("path", flat=True).first()
    return path or "none"


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
        Tab.WAITING: OPEN & Q(reached_at=None, next_step_at__gt=now),
        Tab.CLOSED: Q(closed_at__isnull=False),
    }[tab]


def counts(actor: Actor, *, now: datetime) -> dict[Tab, int]:
    """How many cases each tab holds, without its further filters; one query."""
    found = visible_to(actor).aggregate(
        **{tab.value: Count("pk", filter=_in_tab(tab, actor, now)) for tab in Tab}
    )
    return {tab: found[tab.value] for tab in Tab}


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
