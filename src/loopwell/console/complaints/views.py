"""Staff pages: how often is each theme reported by other ways than answers, month by month?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import today
from loopwell.console.door import StaffRequest, staff
from loopwell.console.targets.sheets import as_file
from loopwell.themes.enums import ReportWay, ThemeKind
from loopwell.themes.queries.reporting import Told, told_by_theme, units_to_report_for
from loopwell.themes.queries.taxonomy import offered

MONTHS = 12
TO_FILL = 2
"""Rows of units in the file to fill in: an example, since not every theme is complained of."""


@dataclass(frozen=True)
class Line:
    """A theme by one way: its count in each of the months shown."""

    told: Told
    counts: list[int | None]
    url: str


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    months = months_before(today(timezone.now()))
    found = told_by_theme(request.actor, months[0])
    context = {
        "months": months,
        "groups": _groups(found, months),
        "may_import": request.actor.may(Right.IMPORT_DATA),
    }
    return render(request, "console/complaints/index.html", context)


def months_before(day: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    count = day.year * 12 + day.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(count - MONTHS + 1, count + 1)]


def _groups(found: Sequence[Told], months: list[date]) -> list[tuple[str, list[Line]]]:
    """By way; a month before the first count or after the last is not known, others are nought."""
    told = [(way, [each for each in found if each.way == way]) for way in ReportWay.values]
    return [
        (str(ReportWay(way).label), [_line(each, months) for each in rows])
        for way, rows in told if rows
    ]  # fmt: skip


def _line(told: Told, months: list[date]) -> Line:
    first, last = told.first.replace(day=1), told.last.replace(day=1)
    counts = [told.months.get(each, 0) if first <= each <= last else None for each in months]
    return Line(told, counts, reverse("pains:problem", args=[told.theme.slug]))


@staff(Right.IMPORT_DATA)
def template(request: StaffRequest) -> HttpResponse:
    """A file to fill in: the problems of the taxonomy for the last month, in two units."""
    day = today(timezone.now())
    return as_file(_rows(request.actor, day), "complaints", request.GET.get("as", ""))


def _rows(actor: Actor, day: date) -> Iterator[Sequence[object]]:
    yield (_("Theme"), _("Unit"), _("Month"), _("How many"))
    month = months_before(day)[-2]
    problems = [theme for theme in offered() if theme.kind != ThemeKind.DELIGHT]
    units = units_to_report_for(actor).filter(children=None).order_by("name")[:TO_FILL]
    for unit in units:
        for theme in problems:
            yield (str(theme), unit.external_id or unit.name, f"{month:%Y-%m}", "")
