"""Staff pages: when does each unit work, and which cases found nobody nearer?"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import in_order
from loopwell.cases import operations
from loopwell.cases.queries import (
    active_rules,
    found_nobody_nearer,
    working_hours,
)
from loopwell.cases.queries.calendars import Hours, clock_unit, clock_units, coming_days
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.worktime.forms import DayForm, WeekForm
from loopwell.console.worktime.wording import first_values, holidays_in_words, week_in_words
from loopwell.kit.errors import Invalid
from loopwell.kit.working_time import add_working_hours

SHOWN_AT_MOST = 20
USUAL_HOURS = 24


@staff()
def index(request: StaffRequest) -> HttpResponse:
    units = in_order(clock_units(request.actor))
    hours = working_hours(unit for unit, _depth in units)
    lost = found_nobody_nearer(request.actor) if request.actor.may(Right.READ_CASES) else None
    context = {
        "rows": [
            {
                "unit": unit,
                "steps": range(depth),
                "week": week_in_words(hours[unit.pk].calendar),
                "from_above": _from_above(unit, hours[unit.pk]),
                "holidays": holidays_in_words(hours[unit.pk]),
                "zone": hours[unit.pk].calendar.zone.key.replace("_", " "),
            }
            for unit, depth in units
        ],
        "lost": lost[:SHOWN_AT_MOST] if lost is not None else [],
        "lost_count": lost.count() if lost is not None else 0,
        "may_rule": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/worktime/index.html", context)


@staff()
def unit(request: StaffRequest, ref: str) -> HttpResponse:
    known = clock_unit(request.actor, ref)
    first = first_values(working_hours([known])[known.pk])
    form = WeekForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_week(
                actor=request.actor, now=timezone.now(), unit=known, week=form.week()
            )
        except Invalid as error:
            blame(form, error, {"holidays_of": "country"})
        else:
            messages.success(request, _("Saved. It counts for deadlines from now on."))
            return redirect("worktime:unit", ref)
    return _shown(request, known, form, DayForm())


@staff()
@require_POST
def as_above(request: StaffRequest, ref: str) -> HttpResponse:
    known = clock_unit(request.actor, ref)
    operations.set_week(actor=request.actor, now=timezone.now(), unit=known, week=None)
    messages.success(request, _("It works as the unit above now."))
    return redirect("worktime:unit", ref)


@staff()
@require_POST
def add_day(request: StaffRequest, ref: str) -> HttpResponse:
    known = clock_unit(request.actor, ref)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            operations.set_day(
                actor=request.actor,
                now=timezone.now(),
                unit=known,
                day=form.cleaned_data["day"],
                name=form.cleaned_data["name"],
                works=bool(form.cleaned_data["works"]),
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. It counts for deadlines from now on."))
            return redirect("worktime:unit", ref)
    week = WeekForm(initial=first_values(working_hours([known])[known.pk]))
    return _shown(request, known, week, form)


@staff()
@require_POST
def remove_day(request: StaffRequest, ref: str, day: str) -> HttpResponse:
    known = clock_unit(request.actor, ref)
    operations.remove_day(actor=request.actor, now=timezone.now(), unit=known, ref=day)
    messages.success(request, _("Removed."))
    return redirect("worktime:unit", ref)


def _from_above(unit: Any, hours: Hours) -> str:
    """The unit whose week this one works by, when it is not its own."""
    return hours.week.unit.name if hours.week and hours.week.unit_id != unit.pk else ""


def _shown(request: StaffRequest, known: Any, form: WeekForm, day_form: DayForm) -> HttpResponse:
    now = timezone.now()
    hours = working_hours([known])[known.pk]
    context = {
        "unit": known,
        "form": form,
        "day_form": day_form,
        "week": week_in_words(hours.calendar),
        "holidays": holidays_in_words(hours),
        "own": hours.week is not None and hours.week.unit_id == known.pk,
        "from_above": _from_above(known, hours),
        "zone": hours.calendar.zone.key.replace("_", " "),
        "days": coming_days(
            hours, now.astimezone(hours.calendar.zone).date(), language=get_language() or ""
        ),
        "preview": _preview(hours, now),
    }
    status = 422 if form.errors or day_form.errors else 200
    return render(request, "console/worktime/unit.html", context, status=status)


def _preview(hours: Hours, now: datetime) -> dict[str, Any]:
    """By when whoever answers now must have been called, by the first rule there is."""
    rule = next(iter(active_rules()), None)
    promised = rule.due_working_hours if rule else USUAL_HOURS
    due = add_working_hours(now, promised, hours.calendar)
    return {
        "rule": rule,
        "hours": promised,
        "due": timezone.make_naive(due, hours.calendar.zone),
        "now": timezone.make_naive(now, hours.calendar.zone),
    }
