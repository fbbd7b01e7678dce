"""What does delivery do when an invitation is planned? It queues the message."""

from collections.abc import Sequence
from datetime import datetime

from loopwell.delivery.channels import CHANNELS
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.journal.rules import Record, consumer
from loopwell.sampling.models import Invitation


@consumer("delivery", types={"invitation.planned"})
def queue_messages(records: Sequence[Record], now: datetime) -> None:
    """One message an invitation, however often the entry is read, to the address its channel
    needs; invitations to call get none."""
    planned = Invitation.objects.filter(
        pk__in=[record.subject_id for record in records], sent_at=None
    )
    for channel in CHANNELS.values():
        rows = planned.filter(channel=channel.name).values_list(
            "pk", f"customer__{channel.address}"
        )
        Message.objects.bulk_create(
            [
                Message(
                    invitation_id=pk,
                    purpose=Purpose.INVITATION,
                    channel=channel.name,
                    to=address,
                    created_at=now,
                )
                for pk, address in rows
                if address
            ],
            ignore_conflicts=True,
        )
