"""How is work handed over for later?"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.jobs.models import Job
from loopwell.kit.errors import Conflict


def enqueue(
    *,
    kind: str,
    args: dict[str, Any],
    actor: Actor,
    now: datetime,
    run_at: datetime | None = None,
    dedupe_key: str | None = None,
    max_attempts: int = 5,
) -> Job:
    """A job that runs soon after the caller's transaction commits.

    With `dedupe_key`, a job of that key that exists already is returned instead.
    """
    values = {
        "kind": kind,
        "args": args,
        "actor": actor.label,
        "run_at": run_at or now,
        "max_attempts": max_attempts,
        "created_at": now,
    }
    if dedupe_key is None:
        return Job.objects.create(**values)
    return Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)[0]


def retry_job(*, actor: Actor, now: datetime, ref: str) -> None:
    """Runs a job that was given up once more, with all its tries."""
    require(actor, Right.READ_STATUS)
    given_up = Job.objects.filter(ref=ref, finished_at=None).exclude(failed_at=None)
    if not given_up.update(failed_at=None, attempts=0, run_at=now, leased_until=None, error=""):
        raise Conflict(_("This job is not waiting for another try."))
