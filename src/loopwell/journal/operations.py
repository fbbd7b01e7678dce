"""How is an entry written? Always in the transaction of what it tells."""

import logging
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.models import Cursor, Entry, ParkedEntry
from loopwell.journal.queries import as_record
from loopwell.journal.rules import CONSUMERS, Event
from loopwell.kit.bulk import insert
from loopwell.kit.errors import Conflict, NotFound

log = logging.getLogger("loopwell.journal")
MANY = 200
"""Entries from which on they are copied in."""


class StillFailing(Conflict):
    """A parked entry cannot be handled yet; its error says why."""


def append(*, actor: Actor, now: datetime, events: Sequence[Event]) -> None:
    """Adds the events in order; the caller's transaction decides whether they happened."""
    if len(events) >= MANY:
        insert(
            Entry,
            ("type", "at", "actor", "subject", "subject_id", "payload"),
            ((e.type, now, actor.label, e.subject, e.subject_id, e.payload) for e in events),
        )
        return
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


def position(consumer: str) -> tuple[int, int]:
    """Up to where a consumer has read, for `go_back`."""
    found = Cursor.objects.filter(consumer=consumer).first() or Cursor()
    return found.xid, found.entry_id


def go_back(consumer: str, to: tuple[int, int]) -> None:
    """What came since is read again: a consumer can take the same twice, but miss nothing."""
    Cursor.objects.filter(consumer=consumer).update(xid=to[0], entry_id=to[1])


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


def retry_parked(*, actor: Actor, now: datetime, parked_id: int) -> ParkedEntry:
    """Hands a parked entry to its consumer once more; raises StillFailing when it fails again.

    Handlers are idempotent, so an entry that was handled after all does no harm.
    """
    require(actor, Right.READ_STATUS)
    row = ParkedEntry.objects.select_related("entry").filter(pk=parked_id).first()
    if row is None or row.resolved_at is not None:
        raise NotFound(_("This entry is not parked any more."))
    consumer = CONSUMERS.get(row.consumer)
    if consumer is None:
        raise Conflict(_("Nothing reads as “%(name)s” any more.") % {"name": row.consumer})
    try:
        with nullcontext() if consumer.outside else transaction.atomic():
            consumer.handle([as_record(row.entry, 0)], now)
    except Exception as error:
        log.exception("consumer %s failed again on entry %d", consumer.name, row.entry_id)
        said = f"{type(error).__name__}: {error}"
        ParkedEntry.objects.filter(pk=row.pk).update(error=said, parked_at=now)
        raise StillFailing(_("It failed again: %(error)s") % {"error": said}) from error
    ParkedEntry.objects.filter(pk=row.pk).update(resolved_at=now)
    row.resolved_at = now
    return row
