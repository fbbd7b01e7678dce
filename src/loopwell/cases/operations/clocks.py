"""How is it said when a unit works? What is due already keeps its deadline."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.changes import Change, record
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.cases.models import DayOff, WorkingTime
from loopwell.cases.queries.calendars import keeps_clock_of
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.kit.public_holidays import is_place


@dataclass(frozen=True)
class Week:
    """Weekdays (Monday is 0), the hours of each, and whose public holidays are kept."""

    days: frozenset[int]
    start: time
    end: time
    holidays_of: str = ""


@transaction.atomic
def set_week(*, actor: Actor, now: datetime, unit: Unit, week: Week | None) -> WorkingTime | None:
    """The unit's own week; None: it works as the unit above again."""
    _must_keep(actor, unit)
    if week is None:
        WorkingTime.objects.filter(unit=unit).delete()
        _tell(actor, now, unit)
        return None
    _check(week)
    values = {
        "days": sorted(week.days),
        "start": week.start,
        "end": week.end,
        "holidays_of": week.holidays_of,
    }
    found, _created = WorkingTime.objects.update_or_create(unit=unit, defaults=values)
    _tell(actor, now, unit)
    return found


@transaction.atomic
def set_day(
    *, actor: Actor, now: datetime, unit: Unit, day: date, name: str, works: bool = False
) -> DayOff:
    """A day off for the unit and those below, or a day worked though others are off."""
    _must_keep(actor, unit)
    if known := DayOff.objects.filter(unit=unit, day=day).first():
        words = _("%(day)s is in the list already: remove it first.")
        message = words % {"day": date_format(known.day)}
        raise Invalid(message, fields={"day": [message]})
    found = DayOff.objects.create(unit=unit, day=day, name=name.strip()[:100], works=works)
    _tell(actor, now, unit)
    return found


@transaction.atomic
def remove_day(*, actor: Actor, now: datetime, unit: Unit, ref: str) -> None:
    _must_keep(actor, unit)
    if not DayOff.objects.filter(unit=unit, ref=ref).delete()[0]:
        raise NotFound(_("There is no such day."))
    _tell(actor, now, unit)


def _must_keep(actor: Actor, unit: Unit) -> None:
    if not keeps_clock_of(actor, unit.path):
        raise Forbidden(_("The working time of this unit is not yours to set."))


def _check(week: Week) -> None:
    fields: dict[str, list[str]] = {}
    if not week.days or not week.days <= frozenset(range(7)):
        fields["days"] = [_("Choose at least one working day.")]
    if week.end <= week.start:
        fields["end"] = [_("The working day must end after it starts, on the same day.")]
    if week.holidays_of and not is_place(week.holidays_of):
        words = _("The holidays of “%(place)s” are not known.")
        fields["holidays_of"] = [words % {"place": week.holidays_of}]
    if fields:
        raise Invalid(" ".join(t for texts in fields.values() for t in texts), fields=fields)


def _tell(actor: Actor, now: datetime, unit: Unit) -> None:
    details = {"name": unit.name}
    record(actor=actor, now=now, change=Change("working_time.changed", "unit", unit.pk, details))
