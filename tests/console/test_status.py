"""The status page: who is behind, what was put aside, and trying again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from loopwell.access.rules import SYSTEM
from loopwell.jobs.models import Job
from loopwell.journal.models import Cursor, Entry, ParkedEntry
from loopwell.journal.operations import append
from loopwell.journal.rules import CONSUMERS, Consumer, Event, Record
from tests.conftest import Company


class Flaky:
    """A reader that fails until it is mended."""

    def __init__(self) -> None:
        self.broken = True
        self.seen: list[int] = []

    def __call__(self, records: list[Record], now: datetime) -> None:
        if self.broken:
            raise ValueError("odd payload")
        self.seen += [record.id for record in records]


@pytest.fixture
def flaky() -> Iterator[Flaky]:
    reader = Flaky()
    CONSUMERS["flaky"] = Consumer("flaky", frozenset({"test.happened"}), reader)  # type: ignore[arg-type]  # a list is a Sequence
    yield reader
    del CONSUMERS["flaky"]


def parked(now: datetime) -> ParkedEntry:
    append(actor=SYSTEM, now=now, events=[Event("test.happened", "test", 1)])
    return ParkedEntry.objects.create(consumer="flaky", entry=Entry.objects.get(), error="odd")


def test_a_parked_entry_is_tried_again(
    company: Company, client: Client, now: datetime, flaky: Flaky
) -> None:
    client.force_login(company.alice)
    row = parked(now)
    assert "test.happened" in client.get("/status/").content.decode()

    failed = client.post("/status/parked/", {"parked": row.pk}, follow=True)
    assert "odd payload" in failed.content.decode()
    row.refresh_from_db()
    assert (row.resolved_at, row.error) == (None, "ValueError: odd payload")
    flaky.broken = False
    client.post("/status/parked/", {"parked": row.pk})

    row.refresh_from_db()
    assert row.resolved_at is not None
    assert flaky.seen == [row.entry_id]
    assert "test.happened" not in client.get("/status/").content.decode()
    assert client.post("/status/parked/", {"parked": row.pk}).status_code == 404
    assert client.post("/status/parked/", {"parked": "x"}).status_code == 404


def test_a_job_given_up_runs_again(company: Company, client: Client, now: datetime) -> None:
    client.force_login(company.alice)
    job = Job.objects.create(kind="people.import", attempts=5, failed_at=now, error="file gone")
    assert "file gone" in client.get("/status/").content.decode()

    client.post(f"/status/jobs/{job.ref}/")

    job.refresh_from_db()
    assert (job.failed_at, job.attempts, job.error) == (None, 0, "")
    assert client.post(f"/status/jobs/{job.ref}/").status_code == 409


def test_who_is_behind_and_why(
    company: Company, client: Client, now: datetime, flaky: Flaky
) -> None:
    client.force_login(company.alice)
    long_ago = now - timedelta(hours=1)
    append(actor=SYSTEM, now=long_ago, events=[Event("test.happened", "test", 1)] * 3)
    Cursor.objects.create(consumer="flaky", failures=2, error="ValueError: odd payload")

    page = client.get("/status/")

    (row,) = [reader for reader in page.context["readers"] if reader.name == "flaky"]
    assert (row.waiting, row.error, row.is_late) == (3, "ValueError: odd payload", True)
    assert row.seconds > 3600
    assert page.context["is_well"] is False
    assert 'hx-trigger="every 5s"' in page.content.decode()


def test_no_password_is_shown(company: Company, client: Client, settings: object) -> None:
    client.force_login(company.alice)
    settings.WAREHOUSE_URL = "postgresql://me:hunter2@db.example/loopwell"  # type: ignore[attr-defined]  # pytest-django's

    text = client.get("/status/").content.decode()

    assert "hunter2" not in text
    assert "PostgreSQL" in text
