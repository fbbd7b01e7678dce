"""Staff pages: a unit's month, on the screen, on paper and as a workbook."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.reports.book import as_workbook
from loopwell.console.reports.showing import against_words, change_words
from loopwell.console.targets import lists
from loopwell.huddles.queries import teams
from loopwell.huddles.queries.report import months_with_answers
from loopwell.huddles.queries.report import report as report_of
from loopwell.huddles.rules.months import (
    month_after,
    month_before,
    month_of,
    month_text,
    read_month,
)
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import NotFound
from loopwell.targets.enums import Period
from loopwell.targets.queries import running_aim, standings
from loopwell.targets.rules import stretch_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """Whoever works in a unit is taken to its months; others choose."""
    own = teams.own_team(request.actor)
    if own is not None and "choose" not in request.GET:
        return redirect("reports:unit", own.ref)
    return render(request, "console/reports/units.html", {"teams": teams.teams(request.actor)})


@staff(Right.READ_ANSWERS)
def unit(request: StaffRequest, unit: str) -> HttpResponse:
    team = teams.team_by_ref(request.actor, unit)
    months = months_with_answers(request.actor, team, timezone.localdate())
    context = {
        "team": team,
        "months": [(month_text(month), date_format(month, "F Y")) for month in months],
        "this": month_text(month_of(timezone.localdate())),
    }
    return render(request, "console/reports/months.html", context)


@staff(Right.READ_ANSWERS)
def report(request: StaffRequest, unit: str, month: str) -> HttpResponse:
    actor = request.actor
    team, first = _unit_and_month(request, unit, month)
    today = timezone.localdate()
    later = month_after(first)
    context: dict[str, Any] = {
        "team": team,
        "month": month,
        "title": date_format(first, "F Y"),
        "is_running": first == month_of(today),
        "before": month_text(month_before(first)),
        "after": month_text(later) if later <= today else "",
        "today": today,
        "sees_cases": actor.may(Right.READ_CASES),
    }
    try:
        found = report_of(actor, team, first)
    except WarehouseUnavailable as error:
        context["trouble"] = str(error)
    else:
        context |= {
            "report": found,
            "has_voices": any(voices.n for voices in found.voices),
            "change_words": change_words(found.change),
            "against_words": against_words(found.against) if found.company else "",
            "aim": _aim(request, team, first),
        }
    return render(request, "console/reports/report.html", context)


@staff(Right.READ_ANSWERS)
def workbook(request: StaffRequest, unit: str, month: str) -> HttpResponse:
    team, first = _unit_and_month(request, unit, month)
    try:
        found = report_of(request.actor, team, first)
    except WarehouseUnavailable as error:
        messages.error(request, str(error))
        return redirect("reports:report", unit, month)
    response = HttpResponse(
        as_workbook(team.name, found, _aim(request, team, first)), content_type=XLSX
    )
    response["Content-Disposition"] = f'attachment; filename="report-{month}.xlsx"'
    return response


def _aim(request: StaffRequest, team: Any, first: date) -> lists.Line | None:
    """The unit's own target in the stretch that holds the month, as it stood at the month's end."""
    target = running_aim(request.actor, team.path, first)
    if target is None:
        return None
    end, today = stretch_of(Period.MONTH, first).end, timezone.localdate()
    over = end <= today
    day = end if over else today
    return lists.line(standings(request.actor, [target], day, as_then=over)[0])


def _unit_and_month(request: StaffRequest, unit: str, month: str) -> tuple[Any, date]:
    first = read_month(month)
    if first is None or first > timezone.localdate():
        raise NotFound(_("There is no such month."))
    return teams.team_by_ref(request.actor, unit), first
