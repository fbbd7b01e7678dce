"""Which work on the warehouse runs in the background?"""

from datetime import datetime, timedelta
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.insights.checking import check
from loopwell.insights.operations import follow_the_clock, heal, rebuild
from loopwell.jobs.rules import Running, job, recurring


@job("insights.rebuild")
def rebuild_facts(running: Running, now: datetime) -> dict[str, Any]:
    return {"facts": rebuild(actor=SYSTEM, now=now, progress=running.progress)}


@recurring("insights.heal", every=timedelta(minutes=1))
def heal_facts(now: datetime) -> None:
    if heal(now) is None:
        follow_the_clock(now)


@job("insights.check")
def check_facts(running: Running, now: datetime) -> dict[str, Any]:
    """Whoever started it was asked for the right then."""
    return {"tables": [c.as_json() for c in check(SYSTEM, progress=running.progress)]}
