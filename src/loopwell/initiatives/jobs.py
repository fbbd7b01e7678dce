"""Who is told that something of theirs is late? Asked each day, told once a week."""

from datetime import datetime, timedelta

from loopwell.initiatives.operations.reminding import remind_of_late
from loopwell.jobs.rules import recurring


@recurring("initiatives.late", every=timedelta(hours=24))
def tell_of_late(now: datetime) -> int:
    return remind_of_late(now)
