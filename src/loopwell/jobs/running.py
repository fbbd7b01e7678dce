"""How is the next job claimed, run, retried or given up, and how does the clock strike?"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from loopwell.jobs.models import Job, Schedule
from loopwell.jobs.rules import APART, HEARTBEAT, LEASE, RECURRING, WORK, PermanentFailure, back_off

log = logging.getLogger("loopwell.jobs")


class ClaimedJob:
    """The running job as its function sees it (see rules.Running)."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @property
    def ref(self) -> str:
        return self._job.ref

    @property
    def args(self) -> dict[str, Any]:
        return dict(self._job.args)

    @property
    def actor(self) -> str:
        return self._job.actor

    def progress(self, done: int, total: int, note: str = "") -> None:
        Job.objects.filter(pk=self._job.pk).update(done=done, total=total, note=note[:200])


def claim(now: datetime) -> Job | None:
    """The oldest due job nobody works on, leased to us; jobs of dead workers come again."""
    due = Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=now),
        run_at__lte=now,
        finished_at=None,
        failed_at=None,
    ).order_by("run_at", "id")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        claimed = Job.objects.filter(pk=job.pk, leased_until=job.leased_until).update(
            leased_until=now + LEASE, attempts=job.attempts + 1
        )
    if not claimed:
        return None
    job.refresh_from_db()
    return job


def run_next(now: datetime, elsewhere: Callable[[Job], None] | None = None) -> bool:
    """Runs one due job to its end; False when none was due. What belongs into a process of its
    own is handed `elsewhere`, where there is such a place."""
    if not Job.objects.filter(run_at__lte=now, finished_at=None, failed_at=None).exists():
        return False
    job = claim(now)
    if job is None:
        return False
    if elsewhere is not None and job.kind in APART:
        elsewhere(job)
    else:
        perform(job, now)
    return True


def perform(job: Job, now: datetime) -> None:
    """Does a claimed job and says how it ended."""
    try:
        if job.attempts > job.max_attempts:
            raise PermanentFailure(job.error or "its worker died each time")
        if job.kind not in WORK:
            raise PermanentFailure(f"no work is registered as {job.kind}")
        with _alive(job):
            result = WORK[job.kind](ClaimedJob(job), now) or {}
    except Exception as error:  # noqa: BLE001 whatever work raises: logged, retried, shown
        failed(job, error)
    else:
        Job.objects.filter(pk=job.pk).update(
            finished_at=timezone.now(), leased_until=None, error="", result=result
        )


@contextmanager
def _alive(job: Job) -> Iterator[None]:
    """Prolongs the lease from a thread until the work is done: only the dead lose a job."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(HEARTBEAT.total_seconds()):
            with suppress(DatabaseError):  # the next beat tries again, well before the lease ends
                Job.objects.filter(pk=job.pk, leased_until__isnull=False).update(
                    leased_until=timezone.now() + LEASE
                )
        connection.close()

    threading.Thread(target=beat, name=f"alive-{job.ref}", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def run_all(now: datetime, limit: int = 10_000) -> int:
    """Runs due jobs until none is left; for tests and commands."""
    done = 0
    while done < limit and run_next(now):
        done += 1
    return done


def failed(job: Job, error: Exception) -> None:
    """Tried again later, or given up where that would not help."""
    final = isinstance(error, PermanentFailure) or job.attempts >= job.max_attempts
    if isinstance(error, PermanentFailure):
        log.warning("job %s %s cannot be done: %s", job.kind, job.ref, error)
    else:
        log.error("job %s %s failed (%d)", job.kind, job.ref, job.attempts, exc_info=error)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        error=str(error) or type(error).__name__,
        leased_until=None,
        failed_at=now if final else None,
        run_at=now + back_off(job.attempts),
    )


def strike(now: datetime) -> int:
    """Runs every recurring piece of work that is due; of several clocks one wins each."""
    struck = 0
    for each in RECURRING.values():
        try:
            row, created = Schedule.objects.get_or_create(name=each.name, defaults={"next_at": now})
        except IntegrityError:
            continue
        if row.next_at > now and not created:
            continue
        mine = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
            next_at=now + each.every, last_at=now
        )
        if not mine:
            continue
        error = ""
        try:
            each.tick(now)
        except Exception as failure:
            log.exception("recurring %s failed", each.name)
            error = f"{type(failure).__name__}: {failure}"
        if error or row.error:
            Schedule.objects.filter(pk=row.pk).update(error=error)
        struck += 1
    return struck
