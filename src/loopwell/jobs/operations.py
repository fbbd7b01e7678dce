"""How is work handed over for later?"""

from datetime import datetime
from typing import Any

from loopwell.access.rules import Actor
from loopwell.jobs.models import Job


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
