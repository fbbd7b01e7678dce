"""When do things happen in the demo company, and what is that in UTC?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ZONE = "Europe/Warsaw"
MONTHS = 18
DAY = 86_400
HOUR = 3_600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def add_months(day: date, months: int) -> date:
    """The same day of the month, at most the 28th, `months` later (or earlier)."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def to_moments(seconds: Ints) -> list[datetime]:
    """Aware UTC datetimes from seconds since the epoch."""
    return [EPOCH + timedelta(seconds=second) for second in seconds.tolist()]


@dataclass(frozen=True)
class Clock:
    """The eighteen months up to `now`; local seconds count from local midnight of the start."""

    now: datetime
    starts_on: date
    days: int
    offsets: Ints
    weekdays: Ints
    months: Ints
    days_of_month: Ints

    @classmethod
    def ending(cls, now: datetime) -> "Clock":
        today = now.astimezone(ZoneInfo(ZONE)).date()
        start = add_months(today, -MONTHS)
        days = (today - start).days + 1
        dates = [start + timedelta(days=number) for number in range(days)]
        zone = ZoneInfo(ZONE)
        noons = [datetime.combine(day, time(12), zone).utcoffset() for day in dates]
        return cls(
            now=now,
            starts_on=start,
            days=days,
            offsets=np.array([int(noon.total_seconds()) if noon else 0 for noon in noons]),
            weekdays=np.array([day.weekday() for day in dates]),
            months=np.array([day.month for day in dates]),
            days_of_month=np.array([day.day for day in dates]),
        )

    @property
    def now_seconds(self) -> int:
        return int(self.now.timestamp())

    @property
    def start_seconds(self) -> int:
        """Local midnight of the first day, as if local time were UTC."""
        return int(datetime.combine(self.starts_on, time(), UTC).timestamp())

    def to_utc(self, local: Ints) -> Ints:
        """Seconds since the epoch from seconds since the local start."""
        return self.start_seconds + local - self.offsets[self._day(local)]

    def to_local(self, utc: Ints) -> Ints:
        """Seconds since the local start from seconds since the epoch."""
        rough = utc - self.start_seconds
        return rough + self.offsets[self._day(rough)]

    def day_of(self, utc: Ints) -> Ints:
        """Number of the local day, 0 for the first one."""
        return self._day(self.to_local(utc))

    def day_number(self, day: date) -> int:
        return (day - self.starts_on).days

    def _day(self, local: Ints) -> Ints:
        return np.clip(local // DAY, 0, self.days - 1)


def draw_local(
    rng: np.random.Generator, clock: Clock, count: int, day_weights: Floats, hours: Floats
) -> Ints:
    """`count` local moments: days by weight, hours by weight (24 numbers), minutes even."""
    days = rng.choice(clock.days, size=count, p=day_weights / day_weights.sum())
    hour = rng.choice(24, size=count, p=hours / hours.sum())
    return days * DAY + hour * HOUR + rng.integers(0, HOUR, count)
