"""What happened to something, and what has a consumer not read yet?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from loopwell.journal.models import Cursor, Entry, ParkedEntry
from loopwell.journal.rules import BATCH, CONSUMERS, Record

_COLUMNS = "id, type, at, actor, subject, subject_id, payload"


def timeline(subject: str, subject_id: int | Sequence[int]) -> QuerySet[Entry]:
    ids = [subject_id] if isinstance(subject_id, int) else subject_id
    return Entry.objects.filter(subject=subject, subject_id__in=ids).order_by("id")


def of_types(subject: str, subject_id: int, types: Sequence[str]) -> list[Entry]:
    """What of these types happened to something, the oldest first."""
    return list(timeline(subject, subject_id).filter(type__in=types))


def unread(*, xid: int, entry_id: int, limit: int = BATCH) -> list[Record]:
    """The next records after a cursor, in an order no later commit can squeeze into.

    On PostgreSQL the position is the pair (xid, id), read only below the oldest running
    transaction; on SQLite writers queue, so ids are commit order.
    """
    if connection.vendor == "postgresql":
        rows = Entry.objects.raw(
            f"SELECT {_COLUMNS}, xid::text AS txid FROM journal_entry "  # noqa: S608 constant columns
            "WHERE (xid, id) > (%s::text::xid8, %s) "
            "AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, id LIMIT %s",
            [str(xid), entry_id, limit],
        )
        return [as_record(row, int(getattr(row, "txid"))) for row in rows]  # noqa: B009 annotation
    newer = Entry.objects.filter(id__gt=entry_id).order_by("id")[:limit]
    return [as_record(row, 0) for row in newer]


def as_record(row: Entry, xid: int) -> Record:
    return Record(
        id=row.id,
        xid=xid,
        type=row.type,
        at=row.at,
        actor=row.actor,
        subject=row.subject,
        subject_id=row.subject_id,
        payload=row.payload,
    )


def behind(now: datetime) -> dict[str, tuple[int, float]]:
    """For each consumer: entries not read yet and the age of the oldest of them in seconds."""
    found: dict[str, tuple[int, float]] = {}
    cursors = {c.consumer: c for c in Cursor.objects.all()}
    for name in CONSUMERS:
        waiting = _after(cursors.get(name, Cursor()))
        told = waiting.aggregate(count=Count("pk"), oldest=Min("at"))
        age = max((now - told["oldest"]).total_seconds(), 0.0) if told["oldest"] else 0.0
        found[name] = (told["count"], age)
    return found


def _after(cursor: Cursor) -> QuerySet[Entry]:
    """Entries behind a cursor, in the order of `unread`: an id alone says nothing there."""
    if connection.vendor != "postgresql":
        return Entry.objects.filter(id__gt=cursor.entry_id).order_by()
    behind_it = Entry.objects.extra(  # the column xid is no field of the model
        where=["(xid, id) > (%s::text::xid8, %s)"], params=[str(cursor.xid), cursor.entry_id]
    )
    return behind_it.order_by()


def parked() -> Sequence[ParkedEntry]:
    return list(ParkedEntry.objects.filter(resolved_at=None).select_related("entry"))


def cursors() -> Sequence[Cursor]:
    return list(Cursor.objects.order_by("consumer"))


def of_type(kind: str) -> QuerySet[Entry]:
    """Everything of one type, the newest first."""
    return Entry.objects.filter(type=kind).order_by("-id")


def touched_since(subject: str, moment: datetime) -> Exists:
    """A filter for rows of another table: something happened to them since then."""
    entries = Entry.objects.filter(subject=subject, subject_id=OuterRef("pk"), at__gte=moment)
    return Exists(entries)
