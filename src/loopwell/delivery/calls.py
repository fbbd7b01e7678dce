"""Whom is there to call, who has whom on the phone, and how is a caller's day going?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.delivery.enums import CallOutcome
from loopwell.delivery.models import CallAttempt, Suppression
from loopwell.delivery.quiet import next_allowed, zones_of
from loopwell.kit.errors import NotFound
from loopwell.sampling.enums import Channel
from loopwell.sampling.models import ContactLimit, Invitation, OptOut
from loopwell.surveys.enums import ANONYMOUS

HOLD = timedelta(minutes=15)
"""So long a caller has a customer alone; who is still talking then keeps them by saving."""


@dataclass(frozen=True)
class Clock:
    """What time it is where the customer lives; `quiet_until` if they should not be called now."""

    now: datetime
    quiet_until: datetime | None


@dataclass(frozen=True)
class Day:
    """A caller's calls today."""

    calls: int
    answers: int
    refusals: int


@dataclass(frozen=True)
class Waiting:
    """How many could be called now, and how many later."""

    now: int
    later: int
    next_at: datetime | None


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Customers to be phoned in the units where the actor works."""
    rows = Invitation.objects.filter(channel=Channel.PHONE, is_test=False).exclude(
        version__survey__kind__in=ANONYMOUS  # a caller would know who said what
    )
    return rows.filter(actor.within(Right.WORK_CASES).rows("unit", account="account"))


def open_calls(actor: Actor, now: datetime) -> QuerySet[Invitation]:
    """Those who have not answered, may be called and have a number, the most urgent first."""
    require(actor, Right.WORK_CASES)
    left = OptOut.objects.filter(customer=OuterRef("customer")).filter(
        Q(programme=None) | Q(programme=OuterRef("programme"))
    )
    never = Suppression.objects.filter(address=OuterRef("number"))
    return (
        visible_to(actor)
        .filter(
            expires_at__gt=now,
            answered_at=None,
            declined_at=None,
            bounced_at=None,
            wave__paused_at=None,
            programme__paused_at=None,
            programme__ended_at=None,
        )
        .exclude(customer__phone="")
        .alias(number=Lower("customer__phone"))
        .exclude(Exists(left))
        .exclude(Exists(never))
        .order_by("expires_at", "id")
    )


def due(actor: Actor, now: datetime) -> QuerySet[Invitation]:
    """Those nobody has on the phone, whose time has come."""
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - HOLD)
    return open_calls(actor, now).filter(free, Q(call_after=None) | Q(call_after__lte=now))


def waiting(actor: Actor, now: datetime) -> Waiting:
    rows = open_calls(actor, now)
    later = rows.filter(call_after__gt=now).order_by("call_after")
    return Waiting(
        now=due(actor, now).count(),
        later=later.count(),
        next_at=later.values_list("call_after", flat=True).first(),
    )


def mine(actor: Actor, now: datetime) -> Invitation | None:
    """Whom this caller has now."""
    rows = visible_to(actor).filter(claimed_by=actor.user_id, claimed_at__gt=now - HOLD)
    return rows.order_by("claimed_at").first()


def call_by_ref(actor: Actor, ref: str) -> Invitation:
    """A customer this caller has taken; anybody else's is as good as unknown."""
    require(actor, Right.WORK_CASES)
    found = (
        visible_to(actor)
        .filter(ref=ref, claimed_by=actor.user_id or 0)
        .select_related("customer", "account", "unit", "programme", "wave")
        .first()
    )
    if found is None:
        raise NotFound(_("This customer is not yours to call: take the next one."))
    return found


def clock_of(invitation: Invitation, now: datetime) -> Clock:
    """Nothing is quiet where no hours are set."""
    zone = zones_of([invitation]).get(invitation.pk, ZoneInfo(settings.TIME_ZONE))
    limit = ContactLimit.objects.order_by("id").first()
    free = next_allowed(now, zone, limit) if limit else now
    return Clock(now.astimezone(zone), free.astimezone(zone) if free > now else None)


def earlier_calls(invitation: Invitation) -> list[CallAttempt]:
    rows = CallAttempt.objects.filter(invitation=invitation).select_related("by")
    return list(rows.order_by("-id")[:10])


def day_of(actor: Actor, since: datetime) -> Day:
    """What this caller did since their midnight."""
    counted: dict[str, int] = dict(
        CallAttempt.objects.filter(by=actor.user_id or 0, at__gte=since)
        .order_by()
        .values_list("outcome")
        .annotate(number=Count("pk"))
    )
    return Day(
        calls=sum(counted.values()),
        answers=counted.get(CallOutcome.ANSWERED, 0),
        refusals=counted.get(CallOutcome.REFUSED, 0),
    )
