"""How does a caller take the next customer, keep them and say how the call ended?

Taking is one conditional update: of two callers only one gets the customer.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.delivery.calls import HOLD, call_by_ref, clock_of, due, mine
from loopwell.delivery.enums import CallOutcome, Reason
from loopwell.delivery.models import CallAttempt
from loopwell.delivery.operations import suppress
from loopwell.delivery.quiet import next_allowed
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid
from loopwell.sampling.models import ContactLimit, Invitation

TRIED_AT_ONCE = 20
MORNING, EVENING = time(10, 30), time(17, 30)


def next_call(*, actor: Actor, now: datetime) -> Invitation | None:
    """Whom to call next, kept for this caller; who has somebody already goes on with them."""
    require(actor, Right.WORK_CASES)
    if actor.user_id is None:
        raise Invalid(_("Calls are made by people: log in first."))
    if (current := mine(actor, now)) is not None:
        return current
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - HOLD)
    while found := list(due(actor, now).values_list("pk", flat=True)[:TRIED_AT_ONCE]):
        for pk in found:
            rows = Invitation.objects.filter(
                free, pk=pk, answered_at=None, declined_at=None, bounced_at=None
            )
            if rows.update(claimed_by=actor.user_id, claimed_at=now):
                return Invitation.objects.get(pk=pk)
    return None


def keep_call(*, actor: Actor, ref: str, now: datetime) -> Invitation:
    """Still talking: the customer stays this caller's for a while longer; Conflict when somebody
    else has them by now."""
    call = call_by_ref(actor, ref)
    rows = Invitation.objects.filter(pk=call.pk, claimed_by=actor.user_id)
    if not rows.update(claimed_at=now):
        raise Conflict(_("Somebody else has taken this customer meanwhile."))
    return call


def release_call(*, actor: Actor, ref: str, now: datetime) -> None:
    """Not called after all: the next caller may take them."""
    call = keep_call(actor=actor, ref=ref, now=now)
    Invitation.objects.filter(pk=call.pk, claimed_by=actor.user_id).update(
        claimed_by=None, claimed_at=None
    )


@transaction.atomic
def finish_call(
    *,
    actor: Actor,
    ref: str,
    outcome: CallOutcome,
    now: datetime,
    again_at: datetime | None = None,
) -> CallAttempt:
    """How the call ended. `again_at` is when to call back; not reached means tomorrow at another
    hour. Raises Invalid where the time to call back does not fit."""
    call = keep_call(actor=actor, ref=ref, now=now)
    changes: dict[str, datetime | None] = {}
    match outcome:
        case CallOutcome.NOT_REACHED:
            changes["call_after"] = another_hour(call, now)
        case CallOutcome.CALL_BACK:
            changes["call_after"] = _fitting(again_at, call, now)
        case CallOutcome.REFUSED:
            changes["declined_at"] = now
        case CallOutcome.WRONG_NUMBER:
            changes["bounced_at"] = now
            suppress(address=call.customer.phone, reason=Reason.BOUNCED, now=now)
        case CallOutcome.ANSWERED:
            if call.answered_at is None:
                raise Invalid(_("Choose the score the customer gave first."))
    if call.sent_at is None:
        changes["sent_at"] = now
    rows = Invitation.objects.filter(pk=call.pk, claimed_by=actor.user_id)
    rows.update(claimed_by=None, claimed_at=None, **changes)
    happened = {"sent_at": "sent", "declined_at": "declined", "bounced_at": "bounced"}
    append(
        actor=actor,
        now=now,
        events=[
            Event(f"invitation.{happened[name]}", "invitation", call.pk)
            for name in changes
            if name in happened
        ],
    )
    return CallAttempt.objects.create(invitation=call, by_id=actor.user_id, at=now, outcome=outcome)


def another_hour(call: Invitation, now: datetime) -> datetime:
    """Tomorrow: in the evening who was called by day, in the morning who was called late."""
    local = clock_of(call, now).now
    zone = local.tzinfo
    hour = EVENING if local.hour < 14 else MORNING
    moment = datetime.combine(local.date() + timedelta(days=1), hour, tzinfo=zone)
    limit = ContactLimit.objects.order_by("id").first()
    if limit is None or not isinstance(zone, ZoneInfo):
        return moment
    return next_allowed(moment, zone, limit)


def _fitting(again_at: datetime | None, call: Invitation, now: datetime) -> datetime:
    if again_at is None:
        message = _("Choose when to call back.")
    elif again_at <= now:
        message = _("This time is already over: choose a later one.")
    elif again_at >= call.expires_at:
        message = _("The survey will be over by then: choose an earlier time.")
    else:
        return again_at
    raise Invalid(message, fields={"again_at": [message]})
