"""Which stretch of time came before, and where did each bucket of it begin?"""

from dataclasses import replace
from datetime import date, timedelta

from loopwell.insights.asking import Filters, Grain

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def earlier(filters: Filters) -> Filters | None:
    """The stretch of the same length just before: whole months before whole months. None where
    it has no beginning or no end."""
    start, end = filters.start, filters.end
    if start is None or end is None or end <= start:
        return None
    if start.day == end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        return replace(filters, start=moved(start, -months), end=start)
    return replace(filters, start=start - (end - start), end=start)


def year_before(filters: Filters) -> Filters | None:
    """The same days a year before; None where it has no beginning or no end."""
    if filters.start is None or filters.end is None:
        return None
    return replace(filters, start=moved(filters.start, -12), end=moved(filters.end, -12))


def bucket_before(day: date, grain: Grain) -> date:
    """Where the bucket before the one that begins on `day` begins."""
    if grain in _MONTHS:
        return moved(day, -_MONTHS[grain])
    return day - timedelta(days=7 if grain == "week" else 1)


def bucket_a_year_before(day: date, grain: Grain) -> date:
    """The same month or quarter of the year before, the same weekday 52 weeks before."""
    return moved(day, -12) if grain in _MONTHS else day - timedelta(weeks=52)


def bucket_after(day: date, grain: Grain) -> date:
    """The day after the last of the bucket that begins on `day`."""
    if grain in _MONTHS:
        return moved(day, _MONTHS[grain])
    return day + timedelta(days=7 if grain == "week" else 1)


def bucket_of(day: date, grain: Grain) -> date:
    """The first day of the bucket that a day is in."""
    if grain in _MONTHS:
        months = _MONTHS[grain]
        return day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return day - timedelta(days=day.weekday()) if grain == "week" else day


def moved(day: date, months: int) -> date:
    """The same day so many months on; the month's last where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    following = date((place + 1) // 12, (place + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
