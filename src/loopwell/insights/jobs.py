"""Which work on the warehouse runs in the background?"""

from datetime import datetime
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.insights.operations import rebuild
from loopwell.insights.queries import check
from loopwell.jobs.rules import Running, job


@job("insights.rebuild")
def rebuild_facts(running: Running, now: datetime) -> dict[str, Any]:
    return {"facts": rebuild(actor=SYSTEM, now=now, progress=running.progress)}


@job("insights.check")
def check_facts(running: Running, now: datetime) -> dict[str, Any]:
    """Whoever started it was asked for the right then."""
    return {"figures": [[c.figure, c.truth, c.warehouse] for c in check(SYSTEM)]}
