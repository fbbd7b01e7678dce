"""When is the mailbox read? Every half a minute, less often while its server fails."""

from datetime import datetime
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.integrations.imap.operations import EVERY, read_if_due, start_reading
from loopwell.jobs.rules import Running, job, recurring


@job("imap.read")
def read_replies(running: Running, now: datetime) -> dict[str, Any]:
    done = read_if_due(now)
    return {"into_cases": done.into_cases, "strays": done.strays, "known": done.known}


@recurring("imap.start", every=EVERY)
def start(now: datetime) -> object:
    """As work of its own: a server that does not answer holds up no clock."""
    return start_reading(actor=SYSTEM, now=now)
