"""Which days does a word such as "90d" or "last_quarter" mean today?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from loopwell.insights.asking import Grain
from loopwell.insights.stretches import bucket_after, bucket_before, bucket_of

Stretch = tuple[date | None, date | None]
PERIODS = (
    "7d", "30d", "90d", "12m", "month", "last_month", "quarter", "last_quarter", "year",
    "last_year", "all",
)  # fmt: skip
DEFAULT_PERIOD = "90d"
_DAYS = {"7d": 7, "30d": 30, "90d": 90, "12m": 365}
_GRAINS: dict[str, Grain] = {"month": "month", "quarter": "quarter", "year": "year"}


def today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def whole(period: str, now: datetime) -> Stretch:
    """As `stretch`, the present month, quarter or year to its end: for looking ahead."""
    grain = _GRAINS.get(period)
    if grain is None:
        return stretch(period, now)
    begin = bucket_of(today(now), grain)
    return begin, bucket_after(begin, grain)


def stretch(period: str, now: datetime) -> Stretch:
    """First day and the day after the last; the present month, quarter or year ends today."""
    day = today(now)
    after = day + timedelta(days=1)
    if period in _DAYS:
        return after - timedelta(days=_DAYS[period]), after
    grain = _GRAINS.get(period.removeprefix("last_"))
    if grain is None:
        return None, None
    begin = bucket_of(day, grain)
    return (bucket_before(begin, grain), begin) if "last_" in period else (begin, after)
