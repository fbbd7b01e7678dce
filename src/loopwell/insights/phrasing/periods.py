"""Which days does a word such as "90d" or "last_quarter" mean today?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

Stretch = tuple[date | None, date | None]
PERIODS = (
    "7d", "30d", "90d", "12m", "month", "last_month", "quarter", "last_quarter", "year",
    "last_year", "all",
)  # fmt: skip
DEFAULT_PERIOD = "90d"
_DAYS = {"7d": 7, "30d": 30, "90d": 90, "12m": 365}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def stretch(period: str, now: datetime) -> Stretch:
    """First day and the day after the last; the present month, quarter or year ends today."""
    day = today(now)
    after = day + timedelta(days=1)
    if period in _DAYS:
        return after - timedelta(days=_DAYS[period]), after
    months = _MONTHS.get(period.removeprefix("last_"))
    if months is None:
        return None, None
    begin = _first(day, months)
    return (
        (_first(begin - timedelta(days=1), months), begin) if "last_" in period else (begin, after)
    )


def _first(day: date, months: int) -> date:
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def bucket_end(day: date, grain: str) -> date:
    """The day after the last of the bucket that begins on `day`."""
    if grain in ("day", "week"):
        return day + timedelta(days=1 if grain == "day" else 7)
    months = _MONTHS[grain]
    place = day.month - 1 + months
    return date(day.year + place // 12, place % 12 + 1, 1)
