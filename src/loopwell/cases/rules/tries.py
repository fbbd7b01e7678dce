"""At which hour is somebody called again who did not answer?"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from loopwell.kit.working_time import Calendar, next_working_day

STEP = timedelta(minutes=30)


def next_try(tries: Sequence[datetime], *, calendar: Calendar) -> datetime:
    """On the working day after the last try, at the hour farthest from those of all tries.

    `tries` are the moments without success, oldest first, at least one.
    """
    usual = next_working_day(tries[-1], calendar)
    if len(tries) == 1:
        return usual
    day = usual.astimezone(calendar.zone).date()
    taken = [_minutes(at.astimezone(calendar.zone).time()) for at in tries]
    at = datetime.combine(day, calendar.start) + STEP
    end = datetime.combine(day, calendar.end)
    free: list[datetime] = []
    while at <= end - STEP:
        free.append(at)
        at += STEP
    if not free:  # a working day of less than an hour
        return usual
    best = max(free, key=lambda each: min(abs(_minutes(each.time()) - one) for one in taken))
    return best.replace(tzinfo=calendar.zone).astimezone(usual.tzinfo)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
