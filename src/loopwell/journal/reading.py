"""How does a consumer move on: read, handle, remember, and what if handling fails?"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from loopwell.journal.models import Cursor, ParkedEntry
from loopwell.journal.queries import horizon, unread
from loopwell.journal.rules import (
    ATTEMPTS_BEFORE_PARKING,
    CONSUMERS,
    LEASE,
    Consumer,
    Place,
    Record,
    Unavailable,
    back_off,
    place_of,
)

log = logging.getLogger("loopwell.journal")


def consume(consumer: Consumer, *, now: datetime, idle: timedelta = timedelta()) -> int:
    """Handles one batch; returns how many records it held, 1 where the cursor only passed over
    what others read (0: nothing to do). It passes over such only after standing for `idle`: a
    dozen consumers that write where they stand after every entry hold up whoever writes much.

    A failing batch is tried again record by record, so that one poisoned entry holds up
    nobody else for long: it is retried with back-off, then parked where people see it.
    """
    Cursor.objects.get_or_create(consumer=consumer.name)
    start = _position(consumer)
    if start is None or (start.retry_at is not None and start.retry_at > now):
        return 0
    upto = horizon()
    if upto is None or upto <= (start.xid, start.entry_id):
        return 0
    after = Place(start.xid, start.entry_id)
    found = unread(after, upto, consumer.types, consumer.batch)
    records = _at_once(found, consumer.batch)
    if not records and start.moved_at is not None and now - start.moved_at < idle:
        return 0
    if start.failures and records:
        return _one_by_one(consumer, start, records, now)
    if len(found) == consumer.batch or len(records) < len(found):
        upto = place_of(records[-1])
    try:
        return _handle(consumer, start, records, upto, now)
    except Exception as error:  # noqa: BLE001 whatever a handler raises: logged, retried, parked
        _failed(consumer, start, error, now)
        return 0


def consume_all(*, now: datetime, rounds: int = 10_000) -> int:
    """Every consumer until none has anything left; for tests, imports and commands."""
    total = 0
    for _round in range(rounds):
        moved = sum(consume(each, now=now) for each in list(CONSUMERS.values()))
        if not moved:
            return total
        total += moved
    return total


def _at_once(records: Sequence[Record], limit: int) -> Sequence[Record]:
    """The first ones, as long as they do not tell of more subjects than that; at least one."""
    told = 0
    for number, record in enumerate(records):
        told += len(record.ids)
        if told > limit and number:
            return records[:number]
    return records


def _position(consumer: Consumer) -> Cursor | None:
    return Cursor.objects.filter(consumer=consumer.name).first()


def _handle(
    consumer: Consumer, start: Cursor, records: Sequence[Record], upto: Place, now: datetime
) -> int:
    """All of this consumer's records up to a place, to which the cursor moves."""
    moved = max(len(records), 1)
    if consumer.outside:
        if not _lease(start, now):
            return 0
        if records:
            consumer.handle(records, now)
        return moved if _advance(start, upto, now) else 0
    with transaction.atomic():
        if not _lock(start):
            return 0
        if records:
            consumer.handle(records, now)
        _advance(start, upto, now)
    return moved


def _one_by_one(consumer: Consumer, start: Cursor, records: Sequence[Record], now: datetime) -> int:
    moved = 0
    for record in records:
        try:
            if not _handle(consumer, start, [record], place_of(record), now):
                return moved
        except Exception as error:  # noqa: BLE001 as above
            innocent = isinstance(error, Unavailable)
            if start.failures + 1 >= ATTEMPTS_BEFORE_PARKING and not innocent:
                _park(consumer, start, record, error, now)
                return moved + 1
            _failed(consumer, start, error, now)
            return moved
        moved += 1
        start = Cursor.objects.get(pk=start.pk)
    return moved


def _lock(start: Cursor) -> bool:
    """On PostgreSQL another process may hold the cursor or have moved it: then not us."""
    rows = Cursor.objects.filter(pk=start.pk, xid=start.xid, entry_id=start.entry_id)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True)
    return rows.exists() if connection.vendor != "postgresql" else bool(list(rows))


def _lease(start: Cursor, now: datetime) -> bool:
    """Claims the cursor for a handler that writes outside this database."""
    free = Cursor.objects.filter(pk=start.pk, xid=start.xid, entry_id=start.entry_id)
    expired = free.filter(leased_until=None) | free.filter(leased_until__lte=now)
    return bool(expired.update(leased_until=now + LEASE))


def _advance(start: Cursor, to: Place, now: datetime) -> bool:
    return bool(
        Cursor.objects.filter(pk=start.pk, xid=start.xid, entry_id=start.entry_id).update(
            xid=to.xid,
            entry_id=to.entry_id,
            failures=0,
            retry_at=None,
            error="",
            leased_until=None,
            moved_at=now,
        )
    )


def _failed(consumer: Consumer, start: Cursor, error: Exception, now: datetime) -> None:
    failures = start.failures + 1
    log.error("consumer %s failed (%d): %s", consumer.name, failures, error, exc_info=error)
    Cursor.objects.filter(pk=start.pk).update(
        failures=failures,
        retry_at=now + back_off(failures),
        leased_until=None,
        error=f"{type(error).__name__}: {error}",
    )


def _park(
    consumer: Consumer, start: Cursor, record: Record, error: Exception, now: datetime
) -> None:
    log.error("consumer %s parked entry %d: %s", consumer.name, record.id, error)
    with transaction.atomic():
        ParkedEntry.objects.update_or_create(
            consumer=consumer.name,
            entry_id=record.id,
            defaults={"error": f"{type(error).__name__}: {error}", "parked_at": now},
        )
        _advance(start, place_of(record), now)
