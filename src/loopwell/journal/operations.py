"""How is an entry written? Always in the transaction of what it tells."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from loopwell.access.rules import Actor
from loopwell.journal.models import Cursor, Entry
from loopwell.journal.rules import CONSUMERS, Event


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


def skip_to_end(*, now: datetime) -> None:
    """Lets every consumer begin after what is written so far (data loaded ready-made).

    Call it after the loading transaction has committed and while nothing else writes.
    """
    last = Entry.objects.order_by("-id").first()
    xid = 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(xid::text::bigint), 0) FROM journal_entry")
            xid = cursor.fetchone()[0]
    for name in CONSUMERS:
        Cursor.objects.update_or_create(
            consumer=name,
            defaults={"xid": xid, "entry_id": last.pk if last else 0, "moved_at": now},
        )
