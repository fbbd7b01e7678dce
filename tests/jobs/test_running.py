"""Jobs run once, are tried again, taken over from dead workers, and given up visibly."""

import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.jobs import apart, running
from loopwell.jobs.models import Job, Schedule
from loopwell.jobs.operations import enqueue
from loopwell.jobs.rules import LEASE, RECURRING, WORK, PermanentFailure, Recurring, Running
from loopwell.jobs.running import claim, run_all, run_next, strike
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Iterator[list[dict[str, Any]]]:
    """A kind of job "note" that remembers its arguments."""
    seen: list[dict[str, Any]] = []

    def note(running: Running, now: datetime) -> dict[str, Any]:
        seen.append(running.args)
        running.progress(1, 1, "noted")
        return {"noted": True}

    WORK["note"] = note
    yield seen
    del WORK["note"]


@pytest.fixture
def broken() -> Iterator[list[Exception]]:
    """A kind of job "broken" that raises what the test puts into the list."""
    errors: list[Exception] = []

    def fail(running: Running, now: datetime) -> None:
        raise errors[0]

    WORK["broken"] = fail
    yield errors
    del WORK["broken"]


def test_a_job_runs_once(work: list[dict[str, Any]]) -> None:
    job = enqueue(kind="note", args={"n": 1}, actor=SYSTEM, now=NOW)

    assert run_all(NOW) == 1
    assert run_all(NOW) == 0
    job.refresh_from_db()
    assert work == [{"n": 1}]
    assert (job.result, job.done, job.total, job.note) == ({"noted": True}, 1, 1, "noted")


def test_a_job_waits_for_its_time(work: list[dict[str, Any]]) -> None:
    enqueue(kind="note", args={}, actor=SYSTEM, now=NOW, run_at=NOW + timedelta(hours=1))

    assert run_all(NOW) == 0
    assert run_all(NOW + timedelta(hours=1)) == 1


def test_a_job_of_a_dead_worker_is_taken_up_again(work: list[dict[str, Any]]) -> None:
    enqueue(kind="note", args={}, actor=SYSTEM, now=NOW)
    assert claim(NOW) is not None  # and the worker dies here

    assert run_next(NOW + LEASE - timedelta(seconds=1)) is False
    assert run_next(NOW + LEASE) is True
    assert len(work) == 1


def test_what_belongs_into_a_process_of_its_own_is_handed_on(
    work: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[Job] = []
    enqueue(kind="note", args={}, actor=SYSTEM, now=NOW)
    monkeypatch.setattr(running, "APART", {"note"})

    assert run_next(NOW, handed.append) is True

    assert [each.kind for each in handed] == ["note"]
    assert work == []
    assert run_next(NOW + LEASE) is True  # where there is no such place, it is done here
    assert len(work) == 1


@pytest.mark.parametrize("ends", ["sys.exit(3)", "import os, signal; os.kill(os.getpid(), 9)"])
def test_a_process_that_dies_is_a_failed_attempt(
    work: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    job = enqueue(kind="note", args={}, actor=SYSTEM, now=NOW)
    claimed = claim(NOW)
    assert claimed is not None
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-c", f"import sys; {ends}"])
    monkeypatch.setattr(apart, "connection", SimpleNamespace(close=lambda: None))

    apart.run_apart(claimed)

    job.refresh_from_db()
    assert job.leased_until is None
    assert job.error in ("its process ended with 3", "its process ended with -9")
    assert job.failed_at is None


def test_a_failing_job_is_tried_again_and_then_given_up(broken: list[Exception]) -> None:
    broken.append(ValueError("no disk"))
    job = enqueue(kind="broken", args={}, actor=SYSTEM, now=NOW, max_attempts=2)

    run_next(NOW)
    job.refresh_from_db()
    assert (job.failed_at, job.error, job.attempts) == (None, "no disk", 1)
    run_next(job.run_at)
    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.attempts == 2


def test_a_permanent_failure_is_not_tried_again(broken: list[Exception]) -> None:
    broken.append(PermanentFailure("the file is gone"))
    job = enqueue(kind="broken", args={}, actor=SYSTEM, now=NOW)

    run_next(NOW)

    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.error == "the file is gone"


def test_the_same_key_is_one_job(work: list[dict[str, Any]]) -> None:
    first = enqueue(kind="note", args={}, actor=SYSTEM, now=NOW, dedupe_key="a")
    second = enqueue(kind="note", args={}, actor=SYSTEM, now=NOW, dedupe_key="a")

    assert first.pk == second.pk
    assert Job.objects.count() == 1


def test_the_clock_strikes_when_it_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    struck: list[datetime] = []
    monkeypatch.setitem(RECURRING, "t", Recurring("t", timedelta(minutes=1), struck.append))
    for name in list(RECURRING):
        if name != "t":
            monkeypatch.delitem(RECURRING, name)

    for minutes in (0, 0.5, 1, 1.5, 2):
        strike(NOW + timedelta(minutes=minutes))

    assert struck == [NOW, NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)]


def test_a_failing_strike_is_shown_and_forgotten_when_it_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    errors: list[Exception] = [ValueError("down")]

    def tick(now: datetime) -> None:
        if errors:
            raise errors.pop()

    monkeypatch.setitem(RECURRING, "t", Recurring("t", timedelta(minutes=1), tick))

    strike(NOW)
    assert Schedule.objects.get(name="t").error == "ValueError: down"
    strike(NOW + timedelta(minutes=1))
    assert Schedule.objects.get(name="t").error == ""


@pytest.mark.django_db(transaction=True)
def test_a_job_that_takes_long_keeps_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopwell.jobs.running.HEARTBEAT", timedelta(milliseconds=20))
    leases: list[datetime | None] = []

    def slow(running: Running, now: datetime) -> None:
        for _look in range(40):
            time.sleep(0.05)
            leases.append(Job.objects.get(ref=running.ref).leased_until)
            if leases[-1] != leases[0]:
                return

    monkeypatch.setitem(WORK, "slow", slow)
    enqueue(kind="slow", args={}, actor=SYSTEM, now=NOW)

    run_next(NOW)

    assert leases[0] is not None
    assert leases[-1] is not None
    assert leases[-1] > NOW + LEASE
