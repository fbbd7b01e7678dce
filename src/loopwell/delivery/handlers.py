"""What does delivery do when an invitation is planned? It queues the message."""

from collections.abc import Sequence
from datetime import datetime

from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.journal.rules import Record, consumer
from loopwell.sampling.models import Invitation


@consumer("delivery", types={"invitation.planned"})
def queue_messages(records: Sequence[Record], now: datetime) -> None:
    """One message an invitation, however often the entry is read."""
    rows = (
        Invitation.objects.filter(pk__in=[record.subject_id for record in records], sent_at=None)
        .exclude(customer__email=None)
        .values_list("pk", "customer__email")
    )
    Message.objects.bulk_create(
        [
            Message(invitation_id=pk, purpose=Purpose.INVITATION, to=email, created_at=now)
            for pk, email in rows
            if email
        ],
        ignore_conflicts=True,
    )
