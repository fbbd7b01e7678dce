"""How often was this customer tried in vain, and what happens after the next time?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from loopwell.cases.models import Case
from loopwell.cases.queries.calendars import calendar_for
from loopwell.cases.queries.policy import policy
from loopwell.cases.rules import TRY_AGAIN
from loopwell.kit.working_time import Calendar, next_working_day, next_working_moment


@dataclass(frozen=True)
class Misses:
    """Tries without success since the case opened (or opened again), and how many there may be."""

    at: Sequence[datetime]
    most: int

    @property
    def left(self) -> int:
        return max(self.most - len(self.at), 0)

    @property
    def is_last(self) -> bool:
        """Whether one more in vain ends the case."""
        return self.left <= 1


@dataclass(frozen=True)
class Preset:
    """A moment offered to call back at; `name` is "hour", "afternoon" or "tomorrow"."""

    name: str
    at: datetime


def misses(case: Case) -> Misses:
    since = case.reopenings.order_by("-id").values_list("at", flat=True).first()
    rows = case.attempts.filter(Q(at__gte=since) if since else Q(), outcome__in=TRY_AGAIN)
    return Misses(list(rows.order_by("at", "id").values_list("at", flat=True)), policy().most_tries)


def callback_presets(case: Case, now: datetime) -> list[Preset]:
    """In an hour, this afternoon, tomorrow morning: each only where the unit works then."""
    calendar = calendar_for(case.unit)
    found = []
    soon = now + timedelta(hours=1)
    if next_working_moment(soon, calendar) == soon:
        found.append(Preset("hour", soon))
    later = _at(now, time(15), calendar)
    if later > soon and next_working_moment(later, calendar) == later:
        found.append(Preset("afternoon", later))
    return [*found, Preset("tomorrow", _next_morning(now, calendar))]


def _at(now: datetime, hour: time, calendar: Calendar) -> datetime:
    day = now.astimezone(calendar.zone).date()
    return datetime.combine(day, hour, calendar.zone).astimezone(timezone.get_default_timezone())


def _next_morning(now: datetime, calendar: Calendar) -> datetime:
    day = next_working_day(now, calendar).astimezone(calendar.zone).date()
    begin = datetime.combine(day, calendar.start, calendar.zone)
    return begin + timedelta(minutes=30)
