"""Which work on sources runs later: each run, and the clock that starts them."""

from datetime import datetime, timedelta
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.integrations.sql.models import Source
from loopwell.integrations.sql.operations import enqueue_due, run_source
from loopwell.jobs.rules import PermanentFailure, Running, job, recurring


@job("sources.run")
def run_one(running: Running, now: datetime) -> dict[str, Any]:
    source = Source.objects.filter(ref=running.args["source"]).first()
    if source is None:
        raise PermanentFailure("the source is gone")
    return {"counts": run_source(source=source, now=now, progress=running.progress)}


@recurring("sources.start", every=timedelta(seconds=30))
def start_due(now: datetime) -> object:
    return enqueue_due(now, SYSTEM)
