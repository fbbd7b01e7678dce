"""Staff pages: which key figures do our units have, and do they go together with the score?"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import today
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.key_figures import showing, templates
from loopwell.console.key_figures.forms import FigureForm
from loopwell.insights.asking import Filters
from loopwell.kit.errors import Invalid
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.targets.enums import Better
from loopwell.targets.operations.figures import declare_figure, remove_figure, rename_figure
from loopwell.targets.queries.beside import beside
from loopwell.targets.queries.figures import described, figure_by_ref, values_of

MONTHS = ("12", "24", "all")


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """Each figure with what it has, and whether it goes together with the score."""
    start = _start("24", today(timezone.now()))
    lines = []
    for figure in described(request.actor):
        found = beside(request.actor, figure, start)
        pairs = showing.pairs_of(found.units)
        lines.append((figure, showing.said(figure, found.over_units, pairs, "units"), found))
    context = {"lines": lines, **_rights(request)}
    return render(request, "console/key_figures/index.html", context)


@staff(Right.READ_ANSWERS)
def figure(request: StaffRequest, ref: str) -> HttpResponse:
    """One figure beside the score: by unit, by month, and what they have in common."""
    found = figure_by_ref(request.actor, ref)
    months = request.GET.get("months", "")
    months = months if months in MONTHS else MONTHS[0]
    kinds = {kind.value: str(kind.label) for kind in OUR_CUSTOMERS}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    start = _start(months, today(timezone.now()))
    both = beside(request.actor, found, start, None, Filters(kind=kind))
    context: dict[str, Any] = {
        "figure": found,
        "has_values": values_of(request.actor, found).exists(),
        "units": showing.unit_lines(found, both),
        "months": showing.month_lines(found, both),
        "over_units": showing.said(found, both.over_units, showing.pairs_of(both.units), "units"),
        "over_months": showing.said(
            found, both.over_months, showing.pairs_of(both.months), "months"
        ),
        "units_numbers": showing.numbers_of(both.over_units),
        "months_numbers": showing.numbers_of(both.over_months),
        "dots": showing.dots(found, both),
        "choices": {
            "months": [
                Choice("12", _("Last 12 months"), months == "12"),
                Choice("24", _("Last 24 months"), months == "24"),
                Choice("all", _("All time"), months == "all"),
            ],
            "kind": [
                Choice("", _("Customers’ surveys"), not kind),
                *(Choice(value, label, value == kind) for value, label in kinds.items()),
            ],
        },
        **_rights(request),
    }
    return render(request, "console/key_figures/figure.html", context)


def _start(months: str, day: date) -> date | None:
    """The first of the month so many months back, this month included."""
    if months == "all":
        return None
    count = day.year * 12 + day.month - int(months)
    return date(count // 12, count % 12 + 1, 1)


def _rights(request: StaffRequest) -> dict[str, bool]:
    actor = request.actor
    return {
        "may_set": actor.may(Right.SET_TARGETS),
        "may_import": actor.may(Right.SET_TARGETS) and actor.may(Right.IMPORT_DATA),
        "may_remove": actor.within(Right.SET_TARGETS).everything,
    }


@staff(Right.SET_TARGETS)
def new(request: StaffRequest) -> HttpResponse:
    return _edited(request, None)


@staff(Right.SET_TARGETS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    return _edited(request, figure_by_ref(request.actor, ref))


def _edited(request: StaffRequest, found: Any) -> HttpResponse:
    names = ("name", "measured_in", "better")
    initial = {name: getattr(found, name) for name in names} if found else {}
    form = FigureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _kept(request, found, form)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("key_figures:figure", kept.ref)
    status = 422 if form.errors else 200
    context = {"figure": found, "form": form}
    return render(request, "console/key_figures/edit.html", context, status=status)


def _kept(request: StaffRequest, found: Any, form: FigureForm) -> Any:
    told = form.cleaned_data
    better = Better(told["better"]) if told["better"] else None
    now = timezone.now()
    if found is not None and told["name"] != found.name:
        rename_figure(actor=request.actor, now=now, figure=found, name=told["name"])
    return declare_figure(
        actor=request.actor,
        now=now,
        name=told["name"],
        measured_in=told["measured_in"],
        better=better,
    )


@require_POST
@staff(Right.SET_TARGETS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    found = figure_by_ref(request.actor, ref)
    name = found.name
    remove_figure(actor=request.actor, now=timezone.now(), figure=found)
    messages.success(request, _("“%(figure)s” is gone, with all its values.") % {"figure": name})
    return redirect("key_figures:index")


@staff(Right.SET_TARGETS)
def template(request: StaffRequest) -> HttpResponse:
    """A file to fill in: own units down, months, a column for each figure."""
    day = today(timezone.now())
    return templates.to_fill(request.actor, day, request.GET.get("as", ""))
