"""How does a customer get left alone, a bounce get recorded, and a test get sent?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.delivery.enums import Purpose, Reason, State
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.queries import suppression_by_id, suppressions
from loopwell.delivery.suppressing import normal_address
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid, NotFound
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, OptOut, Wave
from loopwell.sampling.snapshots import invitation_for

TEST_LIFE = timedelta(days=7)


def suppress(*, address: str, reason: Reason, now: datetime, detail: str = "") -> None:
    """Never write to this address again; the first reason stays."""
    Suppression.objects.get_or_create(
        address=address.strip().lower(),
        defaults={"reason": reason, "detail": detail[:1000], "at": now},
    )


def add_suppression(*, actor: Actor, address: str, now: datetime) -> Suppression:
    """Somebody asked by phone, say, never to get mail; raises Invalid when it is no address."""
    suppressions(actor)  # refuses those who may not
    wanted = normal_address(address)
    if wanted is None:
        message = _("This is neither an e-mail address nor a phone number.")
        raise Invalid(message, fields={"address": [message]})
    suppress(address=wanted, reason=Reason.MANUAL, now=now, detail=actor.name)
    return Suppression.objects.get(address=wanted)


def lift_suppression(*, actor: Actor, number: int) -> Suppression:
    """Allows the address again; what was unsubscribed stays noted at its invitations."""
    found = suppression_by_id(actor, number)
    Suppression.objects.filter(pk=found.pk).delete()
    return found


@transaction.atomic
def unsubscribe(
    *, invitation_ref: str, now: datetime, actor: Actor = SYSTEM, everything: bool = True
) -> None:
    """The customer wants no more messages of ours, or (not `everything`) none of this programme;
    repeating it changes nothing.

    The signed link is the permission. A test invitation declines itself and suppresses nobody:
    it was read by one of us.
    """
    invitation = _invitation(invitation_ref)
    everything = everything or invitation.programme_id is None
    if not invitation.is_test:
        programme = None if everything else invitation.programme
        OptOut.objects.get_or_create(
            customer=invitation.customer, programme=programme, defaults={"at": now}
        )
        for address in _addresses(invitation) if everything else ():
            suppress(address=address, reason=Reason.UNSUBSCRIBED, now=now)
    rows = Invitation.objects.filter(pk=invitation.pk, declined_at=None)
    if rows.update(declined_at=now) and not invitation.is_test:
        append(
            actor=actor,
            now=now,
            events=[Event("invitation.declined", "invitation", invitation.pk)],
        )


@transaction.atomic
def resubscribe(*, invitation_ref: str, now: datetime, actor: Actor = SYSTEM) -> None:
    """The customer may be asked again: undoes what `unsubscribe` did through this invitation.
    Addresses that bounced, or that somebody else put on the list, stay there."""
    invitation = _invitation(invitation_ref)
    wanted = Q(programme=None) | Q(programme=invitation.programme_id)
    OptOut.objects.filter(wanted, customer=invitation.customer_id).delete()
    Suppression.objects.filter(
        address__in=_addresses(invitation), reason=Reason.UNSUBSCRIBED
    ).delete()
    rows = Invitation.objects.filter(pk=invitation.pk).exclude(declined_at=None)
    if rows.update(declined_at=None) and not invitation.is_test:
        # Whoever counts declined invitations looks at this one again.
        event = Event("invitation.declined", "invitation", invitation.pk, {"undone": True})
        append(actor=actor, now=now, events=[event])


def _invitation(ref: str) -> Invitation:
    found = Invitation.objects.select_related("customer").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("We do not know this link."))
    return found


def _addresses(invitation: Invitation) -> set[str]:
    """In lower case, as they stand on the list."""
    sent_to = invitation.messages.values_list("to", flat=True)
    found = {*sent_to, invitation.customer.email or ""}
    return {address.strip().lower() for address in found} - {""}


@transaction.atomic
def record_bounce(
    *,
    permanent: bool,
    detail: str,
    now: datetime,
    message_ref: str = "",
    message_id: str = "",
    address: str = "",
) -> Message:
    """What a mail system tells us about a message that did not arrive; idempotent.

    The message is found by its ref, its Message-ID or as the newest to the address. A
    temporary problem is only noted: the mail system goes on trying by itself.
    """
    message = find_message(message_ref, message_id, address)
    if not permanent:
        Message.objects.filter(pk=message.pk, state=State.SENT).update(error=detail[:2000])
        return message
    undo = [State.SENT, State.UNSURE, State.SENDING]
    Message.objects.filter(pk=message.pk, state__in=undo).update(
        state=State.BOUNCED, error=detail[:2000]
    )
    mark_bounced(message=message, detail=detail, now=now)
    message.refresh_from_db()
    return message


def mark_bounced(*, message: Message, detail: str, now: datetime) -> None:
    """The address does not work: it is never used again and the invitation says why."""
    if message.invitation.is_test:
        return
    suppress(address=message.to, reason=Reason.BOUNCED, detail=detail, now=now)
    rows = Invitation.objects.filter(pk=message.invitation_id, bounced_at=None)
    if rows.update(bounced_at=now):
        event = Event("invitation.bounced", "invitation", message.invitation_id)
        append(actor=SYSTEM, now=now, events=[event])


def find_message(message_ref: str, message_id: str, address: str) -> Message:
    """By its ref, its Message-ID or as the newest sent to the address; raises NotFound."""
    rows = Message.objects.select_related("invitation").order_by("-id")
    found = None
    if message_ref:
        found = rows.filter(ref=message_ref).first()
    if found is None and message_id:
        found = rows.filter(message_id=message_id).first()
    if found is None and address and not message_ref and not message_id:
        found = rows.filter(to=address.strip().lower(), state=State.SENT).first()
    if found is None:
        raise NotFound(_("No message of ours fits this bounce."))
    return found


@transaction.atomic
def send_test(*, actor: Actor, wave: Wave, customer: Customer, now: datetime) -> Message:
    """The real message about this customer, to the actor's own address; its answer counts
    nowhere. The sending itself need not be started."""
    require(actor, Right.RUN_SURVEYS)
    me = User.objects.filter(pk=actor.user_id or 0).first()
    if me is None:
        raise Invalid(_("A test goes to a person: log in first."))
    invitation = invitation_for(
        customer, wave.version, now=now, expires_at=now + TEST_LIFE, is_test=True
    )
    invitation.save()
    return Message.objects.create(
        invitation=invitation, purpose=Purpose.INVITATION, to=me.email, created_at=now
    )
