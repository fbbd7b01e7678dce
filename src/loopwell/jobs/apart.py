"""How is a job done in a process of its own, which ends with whoever started it?"""

import os
import subprocess
import sys
import threading

from django.db import connection
from django.utils import timezone

from loopwell.jobs.models import Job
from loopwell.jobs.running import failed, perform

ROOMY = """
    PRAGMA cache_size = -262144;
    PRAGMA wal_autocheckpoint = 50000;
    PRAGMA synchronous = NORMAL;
"""
"""For the one process that writes a million rows into SQLite: 256 MiB of cache, pages that change
again and again written seldom, and no wait for the disk at each commit. A power cut may take the
last commits, never half of one: the job goes on from where the database stands."""

COMMAND = [sys.executable, "-m", "loopwell", "job"]


def run_apart(job: Job) -> None:
    """Starts `loopwell job` for a claimed job and waits for its end."""
    with subprocess.Popen([*COMMAND, job.ref], stdin=subprocess.PIPE) as process:  # noqa: S603 our own
        connection.close()  # it may take an hour
        code = process.wait()
    job.refresh_from_db()
    if job.finished_at is None and job.failed_at is None and job.leased_until is not None:
        failed(job, RuntimeError(f"its process ended with {code}"))


def do(ref: str) -> bool:
    """In that process: does the job; False where nobody claimed one of this name."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    job = Job.objects.filter(ref=ref, finished_at=None, failed_at=None).first()
    if job is None or job.leased_until is None:
        return False
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.connection.executescript(ROOMY)
    perform(job, timezone.now())
    return True


def _end_with_parent() -> None:
    """Whoever started us holds the other end of our input until it dies."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)
