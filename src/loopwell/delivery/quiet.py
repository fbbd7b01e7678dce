"""When may a customer next be written to, if some hours and days are quiet where they live?"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from loopwell.access.models import Unit
from loopwell.sampling.models import ContactLimit, Invitation

SEARCHED_DAYS = 400
"""Quiet days in a row beyond this would be a mistake in the holidays' data."""


def next_allowed(at: datetime, zone: ZoneInfo, limit: ContactLimit) -> datetime:
    """`at` itself, or the end of the quiet hours, Sunday or holiday it falls into (in UTC)."""
    moment = at.astimezone(UTC)
    for _day in range(SEARCHED_DAYS):
        local = moment.astimezone(zone)
        if _is_quiet_day(local.date(), limit):
            moment = _at(local.date() + timedelta(days=1), time(0), zone, moment)
        elif (end := _end_of_quiet(local, limit)) is not None:
            moment = _at(*end, zone, moment)
        else:
            return at if moment == at else moment
    raise ValueError(f"{limit.holidays_of} has no day without quiet in {SEARCHED_DAYS} days")


def _is_quiet_day(day: date, limit: ContactLimit) -> bool:
    if limit.quiet_sundays and day.weekday() == 6:
        return True
    return bool(limit.holidays_of) and day in holidays_of(limit.holidays_of, day.year)


def _end_of_quiet(local: datetime, limit: ContactLimit) -> tuple[date, time] | None:
    """The local day and hour when the quiet hours end that `local` falls into."""
    begin, end, hour = limit.quiet_from, limit.quiet_to, local.time()
    if begin is None or end is None or begin == end:
        return None
    if begin < end:
        return (local.date(), end) if begin <= hour < end else None
    if hour >= begin:
        return local.date() + timedelta(days=1), end
    return (local.date(), end) if hour < end else None


def _at(day: date, hour: time, zone: ZoneInfo, after: datetime) -> datetime:
    """That local hour in UTC; where clocks go back and it comes twice, the one after `after`."""
    found = datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
    if found <= after:
        found = datetime.combine(day, hour.replace(fold=1), tzinfo=zone).astimezone(UTC)
    return found


@lru_cache(maxsize=256)
def holidays_of(code: str, year: int) -> frozenset[date]:
    """Public holidays of a country ("PL") or a part of it ("DE-BY"); raises ValueError for a
    code nobody knows."""
    import holidays  # it takes long to load and only some need it

    country, _dash, part = code.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError as error:
        raise ValueError(f"{code} is no country whose holidays are known") from error


def zones_of(invitations: Iterable[Invitation]) -> dict[int, ZoneInfo]:
    """By invitation id the customer's own zone, else the unit's or the nearest above it, else
    the company's."""
    rows = list(invitations)
    units = {row.unit_id for row in rows if row.unit_id and not row.customer.time_zone}
    paths = dict(Unit.objects.filter(pk__in=units).values_list("pk", "path"))
    named = dict(Unit.objects.exclude(time_zone="").values_list("pk", "time_zone"))
    found = {}
    for row in rows:
        above = reversed([int(part) for part in paths.get(row.unit_id or 0, "").split("/") if part])
        unit_zone = next((named[pk] for pk in above if pk in named), settings.TIME_ZONE)
        found[row.pk] = ZoneInfo(row.customer.time_zone or unit_zone)
    return found
