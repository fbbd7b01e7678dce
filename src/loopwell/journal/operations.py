"""How is an entry written? Always in the transaction of what it tells."""

from collections.abc import Sequence
from datetime import datetime

from loopwell.access.rules import Actor
from loopwell.journal.models import Entry
from loopwell.journal.rules import Event


def append(*, actor: Actor, now: datetime, events: Sequence[Event]) -> None:
    """Adds the events in order; the caller's transaction decides whether they happened."""
    Entry.objects.bulk_create(
        [
            Entry(
                type=e.type,
                at=now,
                actor=actor.label,
                subject=e.subject,
                subject_id=e.subject_id,
                payload=e.payload,
            )
            for e in events
        ],
        batch_size=2000,
    )
