"""How often were offers made and taken, and what did they bring, by month and by unit?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.promoters.enums import ReferralState, Step
from loopwell.promoters.models import Happening, Promoter, Referral

MONTHS = 12


@dataclass(frozen=True)
class Counts:
    """`offered` and `clicked` are promoters, the others are what they did or brought."""

    label: Any = None
    offered: int = 0
    clicked: int = 0
    reviews: int = 0
    community: int = 0
    visits: int = 0
    references: int = 0
    referrals: int = 0
    won: int = 0
    revenue: Decimal = Decimal(0)


def totals(actor: Actor, *, since: datetime) -> Counts:
    found = _gathered(actor, since, lambda rows, _at: rows.values())
    return next(iter(found.values()), Counts())


def counts_by_month(actor: Actor, *, since: datetime) -> Sequence[Counts]:
    """Newest first; a reference and a won friend count in the month they came about."""
    found = _gathered(
        actor, since, lambda rows, at: rows.annotate(label=TruncMonth(at)).values("label")
    )
    return [found[key] for key in sorted(found, key=_day, reverse=True)]


def counts_by_unit(actor: Actor, *, since: datetime) -> Sequence[Counts]:
    """Most offers first."""
    found = _gathered(actor, since, lambda rows, _at: rows.values(label=F("unit__name")))
    return sorted(found.values(), key=lambda row: (-row.offered, str(row.label or "")))


def _day(label: Any) -> date:
    return label.date() if isinstance(label, datetime) else date.min


Grouped = Callable[[QuerySet[Any], str], QuerySet[Any, Any]]


def _gathered(actor: Actor, since: datetime, grouped: Grouped) -> dict[Any, Counts]:
    """Eight queries for any number of months or units."""
    scope = actor.within(Right.READ_CUSTOMERS)
    mine = scope.rows() if scope.everything else scope.rows(account="promoter__account")
    steps = Happening.objects.filter(mine, at__gte=since)
    taken = steps.filter(step__in=[Step.REVIEW, Step.COMMUNITY])
    friends = Referral.objects.filter(mine, at__gte=since)
    won = Referral.objects.filter(mine, state=ReferralState.WON, changed_at__gte=since)
    agreed = Promoter.objects.filter(
        scope.rows(account="account"), reference=True, reference_at__gte=since
    )
    people = Count("promoter", distinct=True)
    parts: list[tuple[QuerySet[Any], str, dict[str, Any]]] = [
        (steps.filter(step=Step.OFFERED), "at", {"offered": people}),
        (taken, "at", {"clicked": people}),
        (steps.filter(step=Step.REVIEW), "at", {"reviews": Count("pk")}),
        (steps.filter(step=Step.COMMUNITY), "at", {"community": Count("pk")}),
        (steps.filter(step=Step.VISIT), "at", {"visits": Count("pk")}),
        (agreed, "reference_at", {"references": Count("pk")}),
        (friends, "at", {"referrals": Count("pk")}),
        (won, "changed_at", {"won": Count("pk"), "revenue": Sum("revenue")}),
    ]
    found: dict[Any, dict[str, Any]] = {}
    for rows, at, wanted in parts:
        shaped = grouped(rows.order_by(), at)
        told = shaped.annotate(**wanted) if _is_grouped(shaped) else [rows.aggregate(**wanted)]
        for row in told:
            place = found.setdefault(row.get("label"), {})
            place |= {name: row[name] or 0 for name in wanted}
    known = {each.name for each in fields(Counts)}
    return {
        label: Counts(label=label, **{k: v for k, v in values.items() if k in known})
        for label, values in found.items()
    }


def _is_grouped(rows: QuerySet[Any, Any]) -> bool:
    return "label" in rows.query.annotations
