"""What do we note when a mail system tells what became of a message: delivered, opened, clicked,
bounced, complained?

News may come twice, late and in any order: the earliest time of each kind stands, and what must
have happened before is noted with it.
"""

from datetime import datetime
from enum import Enum

from django.db import transaction
from django.db.models import Q

from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import Reason, State
from loopwell.delivery.ledger import finish
from loopwell.delivery.models import Message
from loopwell.delivery.operations import find_message, record_bounce, suppress
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.sampling.models import Invitation, OptOut
from loopwell.surveys.enums import ANONYMOUS


class Happening(Enum):
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


IMPLIED = {
    Happening.DELIVERED: ("delivered_at",),
    Happening.OPENED: ("opened_at", "delivered_at"),
    Happening.CLICKED: ("clicked_at", "opened_at", "delivered_at"),
    Happening.COMPLAINED: ("complained_at", "delivered_at"),
}

WATCHED = (Happening.OPENED, Happening.CLICKED)
"""Of anonymous surveys these are not noted: their times would tell whose an answer is."""


@transaction.atomic
def record_event(
    *,
    kind: Happening,
    at: datetime,
    now: datetime,
    message_ref: str = "",
    message_id: str = "",
    address: str = "",
    permanent: bool = True,
    detail: str = "",
) -> Message:
    """Raises NotFound when no message of ours fits; `at` in the future counts as now."""
    at = min(at, now)
    if kind is Happening.BOUNCED:
        return record_bounce(
            message_ref=message_ref,
            message_id=message_id,
            address=address,
            permanent=permanent,
            detail=detail,
            now=now,
        )
    message = find_message(message_ref, message_id, address)
    if kind in WATCHED and _is_anonymous(message):
        return message
    for moment in IMPLIED[kind]:
        _earliest(message, moment, at)
    _has_left(message, at)
    if kind is Happening.COMPLAINED:
        _complained(message, at)
    message.refresh_from_db()
    return message


def _is_anonymous(message: Message) -> bool:
    found = Invitation.objects.filter(pk=message.invitation_id, is_test=False)
    return found.filter(version__survey__kind__in=ANONYMOUS).exists()


def _earliest(message: Message, moment: str, at: datetime) -> None:
    later = Q(**{moment: None}) | Q(**{f"{moment}__gt": at})
    Message.objects.filter(later, pk=message.pk).update(**{moment: at})
    if moment != "clicked_at" and not message.invitation.is_test:
        Invitation.objects.filter(later, pk=message.invitation_id).update(**{moment: at})


def _has_left(message: Message, at: datetime) -> None:
    """One of which nobody knew whether it left: it did."""
    rows = Message.objects.filter(pk=message.pk, state=State.UNSURE)
    if rows.update(state=State.SENT, sent_at=at, claimed_at=at, error=""):
        finish([message.pk])


def _complained(message: Message, at: datetime) -> None:
    """Reported as spam: never again, to this address or this customer."""
    asked = message.invitation
    if asked.is_test:
        return
    suppress(address=message.to, reason=Reason.COMPLAINED, now=at)
    OptOut.objects.get_or_create(customer_id=asked.customer_id, programme=None, defaults={"at": at})
    if Invitation.objects.filter(pk=asked.pk, declined_at=None).update(declined_at=at):
        event = Event("invitation.declined", "invitation", asked.pk, {"complained": True})
        append(actor=SYSTEM, now=at, events=[event])
