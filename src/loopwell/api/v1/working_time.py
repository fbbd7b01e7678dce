"""Working time and absences: when each unit works, and who stands in for whom."""

from datetime import date, time
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.operations import Leave, cancel_absence, enter_absence
from loopwell.access.queries import absence_by_ref, absences, deputies_for, led_people
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import Day, ErrorOut, PersonOut, Text, UnitOut
from loopwell.cases.operations import Week, set_week
from loopwell.cases.queries import working_hours
from loopwell.cases.queries.calendars import clock_unit, clock_units

router = Router(tags=["Working time"])
leaves = Router(tags=["Absences"])
Email = Annotated[Text, Field(max_length=254)]


class HoursOut(Schema):
    """What holds for a unit; `own` says whether it is set here or taken from above."""

    unit: UnitOut
    own: bool
    days: list[int] = Field(description="Weekdays; Monday is 0.")
    start: time
    end: time
    holidays_of: str = Field(description="A country or region, such as PL or DE-BY.")
    time_zone: str


class HoursIn(Schema):
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)]
    start: time
    end: time
    holidays_of: Annotated[Text, Field(max_length=10)] = ""


class AbsenceOut(Schema):
    ref: str
    user: PersonOut
    starts_on: date
    ends_on: date
    deputy: PersonOut | None
    note: str


class AbsenceIn(Schema):
    """Both days are included; without a deputy work goes to whoever is next in line."""

    person: Email = Field(description="E-mail of who is away.")
    starts_on: Day
    ends_on: Day
    deputy: Email = Field("", description="E-mail of who stands in.")
    note: Annotated[Text, Field(max_length=200)] = ""


@router.get(
    "",
    response={200: Page[HoursOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="When each unit works",
    operation_id="list_working_time",
)
def index(request: HttpRequest, wanted: Query[Paging]) -> Any:
    units = clock_units(caller(request))
    page = page_of(units, wanted, among=units)
    return {**page, "items": _hours(page["items"])}


@router.put(
    "/{ref}",
    response={200: HoursOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="Set when a unit works",
    operation_id="set_working_time",
)
def set_hours(request: HttpRequest, ref: str, body: HoursIn) -> Any:
    """By the unit's reference; deadlines that were set already stay."""
    actor = caller(request)
    unit = clock_unit(actor, plain(ref))
    week = Week(frozenset(body.days), body.start, body.end, body.holidays_of)
    set_week(actor=actor, now=timezone.now(), unit=unit, week=week)
    return _hours([unit])[0]


@leaves.get(
    "",
    response={200: Page[AbsenceOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.COACH),
    summary="Who is away, now or later",
    operation_id="list_absences",
)
def away(request: HttpRequest, wanted: Query[Paging]) -> Any:
    rows = absences(caller(request), timezone.now())
    return page_of(rows, wanted, among=rows)


@leaves.post(
    "",
    response={201: AbsenceOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.COACH),
    summary="Enter an absence",
    operation_id="enter_absence",
)
def enter(request: HttpRequest, body: AbsenceIn) -> Any:
    actor = caller(request)
    person = _person(actor, body.person)
    deputy = None
    if body.deputy:
        deputy = deputies_for(person).filter(email=body.deputy.strip().lower()).first()
        if deputy is None:
            raise wrong("body.deputy", _("Nobody with this e-mail works on cases near them."))
    leave = Leave(body.starts_on, body.ends_on, deputy, body.note)
    entered = enter_absence(actor=actor, now=timezone.now(), person=person, leave=leave)
    return Status(201, entered)


@leaves.delete(
    "/{ref}",
    response={204: None, ERRORS: ErrorOut},
    auth=ApiKey(Right.COACH),
    summary="Cancel an absence",
    operation_id="cancel_absence",
)
def cancel(request: HttpRequest, ref: str) -> Any:
    """What went to others meanwhile stays with them."""
    actor = caller(request)
    known = absence_by_ref(actor, plain(ref))
    cancel_absence(actor=actor, now=timezone.now(), absence=known)
    return Status(204, None)


def _person(actor: Actor, email: str) -> Any:
    found = led_people(actor).filter(email=email.strip().lower()).first()
    if found is None:
        raise wrong("body.person", _("Nobody with this e-mail works in a unit of yours."))
    return found


def _hours(units: list[Any]) -> list[dict[str, Any]]:
    found = working_hours(units)
    return [
        {
            "unit": unit,
            "own": hours.week is not None and hours.week.unit_id == unit.pk,
            "days": sorted(hours.calendar.days),
            "start": hours.calendar.start,
            "end": hours.calendar.end,
            "holidays_of": hours.week.holidays_of if hours.week else "",
            "time_zone": hours.calendar.zone.key,
        }
        for unit in units
        for hours in (found[unit.pk],)
    ]
