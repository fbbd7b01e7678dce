"""What happened to something, and what has a consumer not read yet?"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from loopwell.journal.models import Cursor, Entry, ParkedEntry
from loopwell.journal.rules import CONSUMERS, EVERY_TYPE, Place, Record

_COLUMNS = ("id", "type", "at", "actor", "subject", "subject_id", "payload")


def timeline(subject: str, subject_id: int | Sequence[int]) -> QuerySet[Entry]:
    ids = [subject_id] if isinstance(subject_id, int) else subject_id
    return Entry.objects.filter(subject=subject, subject_id__in=ids).order_by("id")


def of_types(subject: str, subject_id: int, types: Sequence[str]) -> list[Entry]:
    """What of these types happened to something, the oldest first."""
    return list(timeline(subject, subject_id).filter(type__in=types))


def horizon() -> Place | None:
    """The last entry that no later commit can squeeze in before; None where there is none.

    On PostgreSQL only what is below the oldest running transaction; on SQLite writers queue, so
    ids are commit order.
    """
    if connection.vendor == "postgresql":
        return newest("WHERE xid < pg_snapshot_xmin(pg_current_snapshot())")
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    return Place(0, last) if last else None


def newest(where: str = "") -> Place | None:
    """On PostgreSQL, the last in the order of the pair (xid, id)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT xid::text::bigint AS txid, id FROM journal_entry {where} "  # noqa: S608 our own words
            "ORDER BY xid DESC, id DESC LIMIT 1"
        )
        found = cursor.fetchone()
    return Place(*found) if found else None


def unread(after: Place, upto: Place, types: Iterable[str], limit: int) -> list[Record]:
    """The next records of these types, in order."""
    if connection.vendor == "postgresql":
        return _unread_pairs(after, upto, types, limit)
    rows = Entry.objects.filter(id__gt=after.entry_id, id__lte=upto.entry_id).order_by("id")
    if types is not EVERY_TYPE:
        rows = rows.filter(type__in=types)
    found = rows.values_list(*_COLUMNS)[:limit]
    return [Record(number, 0, *told) for number, *told in found]


def _unread_pairs(after: Place, upto: Place, types: Iterable[str], limit: int) -> list[Record]:
    """The column xid is no field of the model, so Django cannot put rows in order by it."""
    only = "" if types is EVERY_TYPE else "AND type = ANY(%s)"
    chosen = [] if types is EVERY_TYPE else [list(types)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT xid::text::bigint AS txid, {', '.join(_COLUMNS)} FROM journal_entry "  # noqa: S608 our own words
            "WHERE (xid, id) > (%s::text::xid8, %s) AND (xid, id) <= (%s::text::xid8, %s) "
            f"{only} ORDER BY xid, id LIMIT %s",
            [str(after.xid), after.entry_id, str(upto.xid), upto.entry_id, *chosen, limit],
        )
        rows = cursor.fetchall()
    return [
        Record(number, xid, kind, at, actor, subject, subject_id, json.loads(payload))
        for xid, number, kind, at, actor, subject, subject_id, payload in rows
    ]


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
