"""When do digests leave? The clock plans them, a job sends what is planned."""

from datetime import date, datetime, timedelta
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.digests.operations import plan_digests, send_digests, waiting_digests
from loopwell.digests.operations.subscribing import due_subscriptions, send_subscriptions
from loopwell.digests.queries import Readings
from loopwell.jobs.operations import enqueue
from loopwell.jobs.rules import Running, job, recurring


@recurring("digests.plan", every=timedelta(minutes=2))
def plan(now: datetime) -> None:
    plan_digests(now)
    if waiting_digests(now):
        key = f"digests-{now:%Y%m%d%H%M}"
        enqueue(kind="digests.send", args={}, actor=SYSTEM, now=now, dedupe_key=key)


@job("digests.send")
def send(running: Running, now: datetime) -> dict[str, Any]:
    """Numbers are read once for everybody; a digest claimed by a dead worker is not repeated."""
    readings: dict[date, Readings] = {}
    done = 0
    while settled := send_digests(now, readings):
        done += settled
        running.progress(done, done)
    return {"digests": done}


@recurring("questions.plan", every=timedelta(minutes=5))
def plan_questions(now: datetime) -> None:
    """Answers to kept questions leave in the morning."""
    if due_subscriptions(now):
        key = f"questions-{now:%Y%m%d%H%M}"
        enqueue(kind="questions.send", args={}, actor=SYSTEM, now=now, dedupe_key=key)


@job("questions.send")
def send_questions(running: Running, now: datetime) -> dict[str, Any]:
    return {"questions": send_subscriptions(now)}
