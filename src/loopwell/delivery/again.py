"""How does a person send one message again of which nobody knows whether it left?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.delivery.enums import State
from loopwell.delivery.models import Message
from loopwell.delivery.queries import message_by_ref
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict


@transaction.atomic
def send_again(*, actor: Actor, ref: str, now: datetime) -> Message:
    """Only one that is UNSURE, knowingly: it may arrive twice. The journal keeps who wanted it."""
    require(actor, Right.RUN_SURVEYS)
    message = message_by_ref(actor, ref)
    rows = Message.objects.filter(pk=message.pk, state=State.UNSURE)
    if not rows.update(
        state=State.QUEUED, error="", claimed_at=None, handed_at=None, retry_at=None
    ):
        raise Conflict(_("We know what became of this message; it is not sent again."))
    event = Event("invitation.resent", "invitation", message.invitation_id, {"message": ref})
    append(actor=actor, now=now, events=[event])
    message.refresh_from_db()
    return message
