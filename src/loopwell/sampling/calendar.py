"""Which days are working days here, and when do a day, a week and a month begin?"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from loopwell.access.models import Unit
from loopwell.access.queries import root_unit
from loopwell.sampling.enums import QuotaPeriod

SATURDAY = 5


def company_zone() -> ZoneInfo:
    root = root_unit()
    return ZoneInfo((root.time_zone if root else "") or settings.TIME_ZONE)


def zone_of(unit: Unit | None) -> ZoneInfo:
    """The unit's zone, or that of the nearest unit above it that has one, else the company's."""
    if unit is None:
        return company_zone()
    ids = [int(part) for part in unit.path.split("/") if part]
    zones = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "time_zone"))
    found = next((zones[pk] for pk in reversed(ids) if zones.get(pk)), "")
    return ZoneInfo(found) if found else company_zone()


def local_day(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """When the local day of `now` began."""
    return day_begins(local_day(now, zone), zone)


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def period_begins(period: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The local start of the day, of the week (Monday) or of the month."""
    day = local_day(now, zone)
    if period == QuotaPeriod.WEEK:
        day -= timedelta(days=day.weekday())
    elif period == QuotaPeriod.MONTH:
        day = day.replace(day=1)
    return day_begins(day, zone)


def holiday_names(country: str, years: Collection[int]) -> dict[date, str]:
    """Public holidays by day; `country` is an ISO code, with a part of it after a hyphen
    ("DE", "DE-BY"), empty: none. Raises NotImplementedError for a country nobody knows."""
    if not country:
        return {}
    code, _, part = country.partition("-")
    found = holidays.country_holidays(code, subdiv=part or None, years=sorted(years))
    return {day: str(name) for day, name in found.items()}


def working_days(first: date, last: date, country: str) -> Iterator[date]:
    """Monday to Friday without public holidays, both ends included."""
    free = holiday_names(country, range(first.year, last.year + 1))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < SATURDAY and day not in free:
            yield day


def is_working_day(day: date, country: str) -> bool:
    return any(True for _ in working_days(day, day, country))
