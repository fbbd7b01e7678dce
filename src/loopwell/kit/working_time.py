"""When is it due, if only working hours count, and when do people work again?"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY_TO_FRIDAY = frozenset(range(5))
SEARCHED_DAYS = 3660  # a calendar without a working moment in ten years is a mistake


@dataclass(frozen=True)
class Calendar:
    """When a unit works: `days` are weekdays (Monday is 0), hours are local to `zone`.

    `holidays` are not worked; days in `worked` are, whatever their weekday and holiday.
    """

    zone: ZoneInfo
    days: frozenset[int] = MONDAY_TO_FRIDAY
    start: time = time(9)
    end: time = time(18)
    holidays: Container[date] = field(default_factory=frozenset)
    worked: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("a calendar needs working days from 0 (Monday) to 6 (Sunday)")
        if self.start >= self.end:
            raise ValueError("a working day must end after it starts")

    def works_on(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() in self.days and day not in self.holidays


@dataclass(frozen=True)
class _Shift:
    """One working day as two moments in UTC, so that lengths are true when clocks change."""

    day: date
    begin: datetime
    end: datetime


def _shifts(after: datetime, calendar: Calendar) -> Iterator[_Shift]:
    """Working days from the local day of `after` on, in order."""
    first = after.astimezone(calendar.zone).date()
    for offset in range(SEARCHED_DAYS):
        day = first + timedelta(days=offset)
        if not calendar.works_on(day):
            continue
        begin = datetime.combine(day, calendar.start, calendar.zone).astimezone(UTC)
        end = datetime.combine(day, calendar.end, calendar.zone).astimezone(UTC)
        if end > begin:
            yield _Shift(day, begin, end)
    raise ValueError("the calendar has no working day in ten years")


def next_working_moment(after: datetime, calendar: Calendar) -> datetime:
    """`after` itself during working hours, else the start of the next working day (in UTC)."""
    at = after.astimezone(UTC)
    return next(max(at, shift.begin) for shift in _shifts(after, calendar) if shift.end > at)


def add_working_hours(start: datetime, hours: float, calendar: Calendar) -> datetime:
    """The moment (in UTC) at which `hours` of working time have passed since `start`.

    A sum that ends exactly with a working day is due then, not the next morning.
    """
    if hours < 0:
        raise ValueError("working hours cannot be negative")
    at, left = start.astimezone(UTC), timedelta(hours=hours)
    if not left:
        return next_working_moment(start, calendar)
    for shift in _shifts(start, calendar):
        begin = max(at, shift.begin)
        if shift.end <= begin:
            continue
        if left <= shift.end - begin:
            return begin + left
        left -= shift.end - begin
    raise AssertionError("unreachable: _shifts raises when it ends")


def next_working_day(at: datetime, calendar: Calendar, *, other_hour: bool = True) -> datetime:
    """A moment (in UTC) on the working day after the local day of `at`.

    With `other_hour` in the other half of the working day: who did not answer in the
    morning is called in the afternoon. Otherwise at the same hour, kept within working hours.
    """
    local = at.astimezone(calendar.zone)
    shift = next(s for s in _shifts(at, calendar) if s.day > local.date())
    length = shift.end - shift.begin
    if other_hour:
        middle = datetime.combine(local.date(), calendar.start, calendar.zone) + length / 2
        morning = local.replace(tzinfo=None) < middle.replace(tzinfo=None)
        return shift.begin + (length * 3 / 4 if morning else length / 4)
    same = datetime.combine(shift.day, local.time(), calendar.zone).astimezone(UTC)
    return min(max(same, shift.begin), shift.end)
