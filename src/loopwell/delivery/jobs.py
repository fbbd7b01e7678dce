"""When do messages leave, and when are customers reminded?"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from loopwell.access.rules import SYSTEM
from loopwell.delivery.ledger import give_up_lost
from loopwell.delivery.reminding import remind_due
from loopwell.delivery.sending import send_waiting
from loopwell.delivery.waiting import waiting
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.jobs.queries import unfinished
from loopwell.jobs.rules import LEASE, Running, job, recurring

RUN_SECONDS = 20
SIGN_OF_LIFE_SECONDS = 3
SILENCE = timedelta(seconds=15)


@recurring("delivery.send", every=timedelta(seconds=2))
def start_sending(now: datetime) -> None:
    """Hands the sending to workers, so that a slow mail server never holds up the clock; several
    work side by side, since each message is claimed by one."""
    give_up_lost(now)
    if not waiting(now).exists():
        return
    for _missing in range(settings.SENDERS - _alive(now).count()):
        enqueue(kind="delivery.send", args={}, actor=SYSTEM, now=now, max_attempts=1)


def _alive(now: datetime) -> QuerySet[Job]:
    """Senders that wait for a worker or gave a sign of life lately; a killed one is not waited
    for."""
    alive = Q(leased_until=None) | Q(leased_until__gt=now + LEASE - SILENCE)
    return unfinished().filter(alive, kind="delivery.send")


class Watch:
    """Tells one sender the time, whether to keep on, and how many share the allowed speed."""

    def __init__(self, running: Running, now: datetime) -> None:
        self._running, self._now = running, now
        self._began = self._told = time.monotonic()
        self._senders = max(_alive(now).count(), 1)

    def clock(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._began)

    def keep_on(self) -> bool:
        """For some seconds, then other work gets its turn; the clock starts it again."""
        if time.monotonic() - self._told > SIGN_OF_LIFE_SECONDS:
            self._told = time.monotonic()
            self._running.progress(0, 0)
            self._senders = max(_alive(self.clock()).count(), 1)
        return time.monotonic() - self._began < RUN_SECONDS

    def senders(self) -> int:
        return self._senders


@job("delivery.send")
def send(running: Running, now: datetime) -> dict[str, Any]:
    watch = Watch(running, now)
    tally = send_waiting(now, keep_on=watch.keep_on, clock=watch.clock, senders=watch.senders)
    return {"sent": tally.sent, "failed": tally.failed, "later": tally.later}


@recurring("delivery.remind", every=timedelta(minutes=1))
def remind(now: datetime) -> int:
    """Queues the reminders that are due, of sendings and programmes."""
    return remind_due(now)
