"""Consumers read every entry once and in commit order, and survive poisoned ones."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from loopwell.access.rules import SYSTEM
from loopwell.journal.models import Cursor, Entry, ParkedEntry
from loopwell.journal.operations import append
from loopwell.journal.queries import behind, horizon, newest, unread
from loopwell.journal.reading import consume, consume_all
from loopwell.journal.rules import (
    ATTEMPTS_BEFORE_PARKING,
    CONSUMERS,
    Consumer,
    Event,
    Place,
    Record,
)
from tests.conftest import NOW

postgresql_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="the trap exists on PostgreSQL alone"
)


@pytest.fixture
def alone() -> Iterator[None]:
    """Only the consumers of the test itself are registered."""
    kept = dict(CONSUMERS)
    CONSUMERS.clear()
    yield
    CONSUMERS.clear()
    CONSUMERS.update(kept)


def write(*subject_ids: int) -> None:
    append(actor=SYSTEM, now=NOW, events=[Event("thing.done", "thing", n) for n in subject_ids])


def reader(handle: Callable[[Sequence[Record], datetime], None], **options: bool) -> Consumer:
    each = Consumer("reader", frozenset({"thing.done"}), handle, **options)
    CONSUMERS[each.name] = each
    return each


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("outside", [False, True])
def test_every_entry_is_read_once_and_in_order(outside: bool) -> None:
    seen: list[int] = []
    each = reader(lambda records, now: seen.extend(r.subject_id for r in records), outside=outside)
    write(*range(1, 1201))

    consume_all(now=NOW)

    assert seen == list(range(1, 1201))
    assert consume(each, now=NOW) == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_other_types_move_the_cursor_without_being_handled() -> None:
    calls: list[int] = []
    reader(lambda records, now: calls.append(len(records)))
    append(actor=SYSTEM, now=NOW, events=[Event("other.done", "thing", 1)])

    assert consume_all(now=NOW) == 1
    assert calls == []


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_an_entry_of_thousands_comes_alone() -> None:
    batches: list[list[int]] = []
    each = reader(lambda records, now: batches.append([n for r in records for n in r.ids]))
    many = [*range(100, 700), *range(900, 1000)]
    write(1, 2)
    append(actor=SYSTEM, now=NOW, events=[Event.of_many("thing.done", "thing", many)])
    write(3)

    while consume(each, now=NOW):
        pass

    assert batches == [[1, 2], many, [3]]
    kept = Entry.objects.get(payload__has_key="stretches")
    assert kept.payload == {"stretches": [[100, 699], [900, 999]]}
    assert kept.subject_id == 100


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_a_consumer_stands_for_a_while_before_what_is_not_for_it() -> None:
    each = reader(lambda records, now: None)
    write(1)
    idle = timedelta(seconds=3)
    assert consume(each, now=NOW, idle=idle) == 1
    append(actor=SYSTEM, now=NOW, events=[Event("other.done", "thing", 1)])

    assert consume(each, now=NOW + timedelta(seconds=2), idle=idle) == 0
    write(2)
    assert consume(each, now=NOW + timedelta(seconds=2), idle=idle) == 1
    append(actor=SYSTEM, now=NOW, events=[Event("other.done", "thing", 1)])
    assert consume(each, now=NOW + timedelta(seconds=5), idle=idle) == 1
    assert consume(each, now=NOW + timedelta(seconds=5), idle=idle) == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_a_poisoned_entry_is_parked_and_the_others_are_handled() -> None:
    seen: list[int] = []

    def handle(records: Sequence[Record], now: datetime) -> None:
        for record in records:
            if record.subject_id == 2:
                raise ValueError("poison")
        seen.extend(r.subject_id for r in records)

    each = reader(handle)
    write(1, 2, 3)
    now = NOW
    for _attempt in range(ATTEMPTS_BEFORE_PARKING + 2):
        consume(each, now=now)
        now += timedelta(minutes=5)

    assert sorted(seen) == [1, 3]
    parked = ParkedEntry.objects.get()
    assert (parked.entry.subject_id, parked.error) == (2, "ValueError: poison")


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_a_failing_consumer_waits_before_it_tries_again() -> None:
    def handle(records: Sequence[Record], now: datetime) -> None:
        raise ValueError("not yet")

    each = reader(handle)
    write(1)
    consume(each, now=NOW)

    cursor = Cursor.objects.get(consumer="reader")
    assert cursor.failures == 1
    assert cursor.retry_at == NOW + timedelta(seconds=2)
    assert cursor.error == "ValueError: not yet"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("alone")
def test_what_a_handler_wrote_vanishes_when_it_fails() -> None:
    def handle(records: Sequence[Record], now: datetime) -> None:
        append(actor=SYSTEM, now=now, events=[Event("half.done", "thing", 9)])
        raise ValueError("after writing")

    each = reader(handle)
    write(1)
    consume(each, now=NOW)

    assert Entry.objects.filter(type="half.done").count() == 0


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("alone")
def test_an_entry_with_a_lower_id_that_commits_later_is_not_lost() -> None:
    """Two real transactions: the first takes its id first and commits last."""
    seen: list[int] = []
    each = reader(lambda records, now: seen.extend(r.subject_id for r in records))
    has_id, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                write(1)
                has_id.set()
                may_commit.wait(10)
        finally:
            connection.close()

    slow = threading.Thread(target=slow_writer)
    slow.start()
    assert has_id.wait(10)
    write(2)  # commits at once, with a higher id
    assert Entry.objects.get(subject_id=2).pk > 1

    consume(each, now=NOW)
    before_commit = list(seen)
    may_commit.set()
    slow.join(10)
    consume_all(now=NOW)

    assert before_commit == []
    assert seen == [1, 2]


@postgresql_only
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("alone")
def test_eight_writers_lose_nothing() -> None:
    seen: list[int] = []
    each = reader(lambda records, now: seen.extend(r.subject_id for r in records))
    done = threading.Event()

    def writer(first: int) -> None:
        try:
            for number in range(first, first + 100):
                with transaction.atomic():
                    write(number)
        finally:
            connection.close()

    def follow() -> None:
        try:
            while not done.is_set():
                consume(each, now=NOW)
        finally:
            connection.close()

    follower = threading.Thread(target=follow)
    follower.start()
    writers = [threading.Thread(target=writer, args=(n * 100,)) for n in range(8)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    follower.join(10)
    consume_all(now=NOW)

    assert sorted(seen) == list(range(800))
    assert len(seen) == 800


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("alone")
def test_nothing_is_behind_when_a_lower_id_committed_last() -> None:
    """The cursor then stands at an id that is not the highest."""
    reader(lambda records, now: None)
    has_begun, may_write = threading.Event(), threading.Event()

    def first_in_time() -> None:
        try:
            with transaction.atomic():
                write(1)
                has_begun.set()
                may_write.wait(10)
                write(3)
        finally:
            connection.close()

    slow = threading.Thread(target=first_in_time)
    slow.start()
    assert has_begun.wait(10)
    write(2)
    may_write.set()
    slow.join(10)

    assert behind(NOW)["reader"][0] == 3
    consume_all(now=NOW)
    assert behind(NOW)["reader"] == (0, 0.0)


@postgresql_only
@pytest.mark.django_db
def test_entries_are_read_along_the_index() -> None:
    """A word that means the selected text instead of the column would sort all there is."""
    write(*range(1, 50))
    with CaptureQueriesContext(connection) as caught:
        upto = horizon() or newest()
        assert upto is not None
        unread(Place(0, 0), upto, frozenset({"thing.done"}), 10)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        for each in caught.captured_queries:
            cursor.execute("EXPLAIN " + each["sql"])
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "journal_entry_commit_order" in plan, plan
            assert "Sort" not in plan, plan
