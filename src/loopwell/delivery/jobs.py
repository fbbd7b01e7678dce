"""When do messages leave, and when are customers reminded?"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.delivery.sending import give_up_lost, send_waiting, waiting
from loopwell.jobs.operations import enqueue
from loopwell.jobs.queries import unfinished
from loopwell.jobs.rules import LEASE, Running, job, recurring
from loopwell.sampling.models import Invitation, Wave

RUN_SECONDS = 20
SIGN_OF_LIFE_SECONDS = 3
SILENCE = timedelta(seconds=15)
REMINDERS_AT_ONCE = 1000


@recurring("delivery.send", every=timedelta(seconds=2))
def start_sending(now: datetime) -> None:
    """Hands the sending to a worker, so that a slow mail server never holds up the clock."""
    give_up_lost(now)
    if waiting(now).exists() and not _somebody_sends(now):
        enqueue(kind="delivery.send", args={}, actor=SYSTEM, now=now, max_attempts=1)


def _somebody_sends(now: datetime) -> bool:
    """Whether a sender waits or gave a sign of life lately; a killed one is not waited for.
    Two at a time would be harmless: each message is claimed by one."""
    alive = Q(leased_until=None) | Q(leased_until__gt=now + LEASE - SILENCE)
    return unfinished().filter(alive, kind="delivery.send").exists()


@job("delivery.send")
def send(running: Running, now: datetime) -> dict[str, Any]:
    """Sends for some seconds, then makes room for other work; the clock starts it again."""
    until = time.monotonic() + RUN_SECONDS
    told = time.monotonic()

    def keep_on() -> bool:
        nonlocal told
        if time.monotonic() - told > SIGN_OF_LIFE_SECONDS:
            told = time.monotonic()
            running.progress(0, 0)
        return time.monotonic() < until

    tally = send_waiting(now, keep_on=keep_on)
    return {"sent": tally.sent, "failed": tally.failed, "later": tally.later}


@recurring("delivery.remind", every=timedelta(minutes=1))
def remind(now: datetime) -> int:
    """Queues each sending's one reminder for customers who have not answered."""
    made = 0
    waves = Wave.objects.filter(paused_at=None).exclude(reminders=[])
    for wave in waves.exclude(launched_at=None).only("pk", "reminders"):
        made += _remind(wave, now)
    return made


def _remind(wave: Wave, now: datetime) -> int:
    rows = (
        Invitation.objects.filter(
            wave=wave,
            sent_at__lte=now - timedelta(days=wave.reminders[0]),
            answered_at=None,
            reminded_at=None,
            declined_at=None,
            bounced_at=None,
            expires_at__gt=now,
            is_test=False,
        )
        .exclude(messages__purpose=Purpose.REMINDER)
        .exclude(customer__email=None)
        .order_by("pk")
        .values_list("pk", "customer__email")[:REMINDERS_AT_ONCE]
    )
    made = [
        Message(invitation_id=pk, purpose=Purpose.REMINDER, to=email, created_at=now)
        for pk, email in rows
        if email
    ]
    Message.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
