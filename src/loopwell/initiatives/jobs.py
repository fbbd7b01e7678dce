"""Who is told that something of theirs is late, and who that what they raised is solved?"""

from datetime import datetime, timedelta
from typing import Any

from loopwell.access.rules import SYSTEM
from loopwell.initiatives.models import Telling
from loopwell.initiatives.operations.posting import list_receivers, send_told, waiting
from loopwell.initiatives.operations.reminding import remind_of_late
from loopwell.initiatives.operations.telling import JOB
from loopwell.jobs.operations import enqueue
from loopwell.jobs.queries import unfinished
from loopwell.jobs.rules import Running, job, recurring


@recurring("initiatives.late", every=timedelta(hours=24))
def tell_of_late(now: datetime) -> int:
    """Asked each day, told once a week."""
    return remind_of_late(now)


@job(JOB)
def tell_those_who_raised_it(running: Running, now: datetime) -> dict[str, Any]:
    telling = Telling.objects.select_related("initiative__owner").get(pk=running.args["telling"])
    new = list_receivers(telling, now)
    rows = telling.told.filter(customer__isnull=False)
    total = rows.count()

    def after() -> None:
        running.progress(rows.exclude(sent_at=None).count(), total)

    sent = send_told(telling, now, after)
    return {"new": new, "sent": sent}


@recurring("initiatives.told_again", every=timedelta(minutes=1))
def try_again(now: datetime) -> int:
    """Hands what waits for another try to a worker."""
    open_jobs = unfinished().filter(kind=JOB)
    busy = {args.get("telling") for args in open_jobs.values_list("args", flat=True)}
    due = set(waiting(now).values_list("telling", flat=True).order_by().distinct()) - busy
    for telling in due:
        enqueue(kind=JOB, args={"telling": telling}, actor=SYSTEM, now=now)
    return len(due)
