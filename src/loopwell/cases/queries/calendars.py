"""When does each unit work, and what does it take from the units above?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import root_unit, units_within
from loopwell.access.rules import Actor, require
from loopwell.cases.models import DayOff, WorkingTime
from loopwell.kit.errors import NotFound
from loopwell.kit.public_holidays import DaysOff, holidays_in
from loopwell.kit.working_time import Calendar

CLOCK_RIGHTS = (Right.MANAGE_ACCESS, Right.RUN_SURVEYS)


@dataclass(frozen=True)
class ComingDay:
    """A day on which the unit does not work as usual; `own` is the entry that says so."""

    day: date
    name: str
    works: bool
    own: DayOff | None
    weekend: bool


@dataclass(frozen=True)
class Hours:
    """What holds for a unit, and from where: `week` of `week_of`, days of itself and above."""

    calendar: Calendar
    week: WorkingTime | None
    days: tuple[DayOff, ...]


@dataclass(frozen=True)
class _Known:
    """Everything that was set about working time, by unit id."""

    zones: Mapping[int, str]
    weeks: Mapping[int, WorkingTime]
    days: Mapping[int, Sequence[DayOff]]


def ids_above(path: str) -> list[int]:
    """The unit itself first, then what is above it, the company last."""
    return [int(part) for part in reversed(path.strip("/").split("/")) if part]


def calendars(units: Iterable[Unit]) -> dict[int, Calendar]:
    """The working hours of each unit by its id, in its own zone or the nearest above it; three
    queries for any number."""
    return {pk: found.calendar for pk, found in working_hours(units).items()}


def calendar_for(unit: Unit | None) -> Calendar:
    """The calendar of a unit; without one, of the company."""
    of = unit or root_unit()
    return calendars([of])[of.pk] if of else Calendar(zone=ZoneInfo(settings.TIME_ZONE))


def working_hours(units: Iterable[Unit]) -> dict[int, Hours]:
    wanted = list(units)
    above = {pk for unit in wanted for pk in ids_above(unit.path)}
    days: dict[int, list[DayOff]] = defaultdict(list)
    for day in DayOff.objects.filter(unit_id__in=above).select_related("unit"):
        days[day.unit_id].append(day)
    weeks = WorkingTime.objects.filter(unit_id__in=above).select_related("unit")
    known = _Known(
        zones=_zones(above),
        weeks={week.unit_id: week for week in weeks},
        days=days,
    )
    return {unit.pk: _hours(ids_above(unit.path), known) for unit in wanted}


def _hours(above: Sequence[int], known: _Known) -> Hours:
    zone = next((known.zones[pk] for pk in above if pk in known.zones), settings.TIME_ZONE)
    week = next((known.weeks[pk] for pk in above if pk in known.weeks), None)
    nearest: dict[date, DayOff] = {}
    for pk in above:
        for day in known.days.get(pk, ()):
            nearest.setdefault(day.day, day)
    return Hours(
        calendar=_calendar(ZoneInfo(zone), week, nearest.values()),
        week=week,
        days=tuple(nearest[day] for day in sorted(nearest)),
    )


def _calendar(zone: ZoneInfo, week: WorkingTime | None, days: Iterable[DayOff]) -> Calendar:
    special = list(days)
    off = frozenset(each.day for each in special if not each.works)
    worked = frozenset(each.day for each in special if each.works)
    if week is None:
        return Calendar(zone=zone, holidays=off, worked=worked)
    return Calendar(
        zone=zone,
        days=frozenset(week.days),
        start=week.start,
        end=week.end,
        holidays=DaysOff(week.holidays_of, off),
        worked=worked,
    )


def local_days(units: Iterable[Unit], now: datetime) -> dict[int, date]:
    """Which day it is in each unit; one query."""
    wanted = list(units)
    zones = _zones({pk for unit in wanted for pk in ids_above(unit.path)})
    found = {}
    for unit in wanted:
        name = next((zones[pk] for pk in ids_above(unit.path) if pk in zones), settings.TIME_ZONE)
        found[unit.pk] = now.astimezone(ZoneInfo(name)).date()
    return found


def _zones(units: set[int]) -> dict[int, str]:
    rows = Unit.objects.filter(pk__in=units).exclude(time_zone="")
    return dict(rows.values_list("pk", "time_zone"))


def keeps_clock_of(actor: Actor, path: str) -> bool:
    """Who administers the unit, and who runs the programme there."""
    return any(actor.within(right).covers(path) for right in CLOCK_RIGHTS)


def clock_units(actor: Actor) -> QuerySet[Unit]:
    """Units whose working time the actor may set; Forbidden for who may set none."""
    if not any(actor.may(right) for right in CLOCK_RIGHTS):
        require(actor, Right.MANAGE_ACCESS)
    found = Unit.objects.none()
    for right in CLOCK_RIGHTS:
        found |= units_within(actor.within(right))
    return found


def clock_unit(actor: Actor, ref: str) -> Unit:
    found = clock_units(actor).filter(ref=ref).select_related("parent").first()
    if found is None:
        raise NotFound(_("There is no such unit."))
    return found


def coming_days(
    hours: Hours, today: date, *, language: str = "", limit: int = 10
) -> list[ComingDay]:
    """The next days that are not as the week says, with their names; a year ahead at most."""
    special = {day.day: day for day in hours.days}
    place = hours.week.holidays_of if hours.week else ""
    named: dict[date, str] = {}
    for year in (today.year, today.year + 1) if place else ():
        named |= holidays_in(place, year, language)
    found: list[ComingDay] = []
    for day in sorted({*special, *named}):
        own = special.get(day)
        if not today <= day <= today + timedelta(days=366) or len(found) == limit:
            continue
        found.append(
            ComingDay(
                day=day,
                name=(own.name if own else "") or named.get(day, ""),
                works=bool(own and own.works),
                own=own,
                weekend=day.weekday() not in hours.calendar.days,
            )
        )
    return found
