"""Staff pages: where do we stand among our competitors?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.benchmarks import operations, queries
from loopwell.benchmarks.operations import PanelDraft
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import read_selection
from loopwell.console.benchmark import showing
from loopwell.console.benchmark.forms import BrandForm, PanelForm
from loopwell.console.benchmark.two_levels import both
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict, Invalid


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """The newest panel, or the one chosen: places, differences, time, aspects."""
    actor = request.actor
    known = queries.panels_with_answers(actor)
    ref = request.GET.get("panel", "")
    panel = next((each for each in known if each.ref == ref), known[0] if known else None)
    if panel is None:
        return render(request, "console/benchmark/index.html", {"may_bring": _may_bring(request)})
    segments = queries.segments(actor)
    segment = request.GET.get("segment", "")
    segment = segment if segment in segments else ""
    table = queries.standing(actor, panel, segment)
    tables = queries.through_time(actor, segment)
    rated = [each for row in table.rows if (each := queries.aspects(actor, row.brand, panel)).rated]
    context: dict[str, Any] = {
        "panel": panel,
        "table": table,
        "finding": showing.finding(table, queries.our_brand()),
        "ranked": showing.ranked(table),
        "rows": [(row, showing.place(row), row.sums.counts) for row in table.rows],
        "tables": tables if len(tables) > 1 else [],
        "over_time": showing.over_time(tables),
        "brands_over": (over := showing.brands_over(tables)),
        "by_panel": [
            (each.panel, [showing.of_brand(brand, [each])[0] for brand in over]) for each in tables
        ],
        "sources_mixed": len({table.panel.source for table in tables}) > 1,
        "pairs": _pairs(request, panel, table),
        "rated": rated,
        "aspect_rows": showing.aspect_rows(rated),
        "choices": {
            "panel": [Choice(p.ref, str(p), p == panel) for p in known],
            "segment": [
                Choice("", _("Everybody"), not segment),
                *(Choice(each, each, each == segment) for each in segments),
            ],
        },
        "has_segments": bool(segments),
        "may_bring": _may_bring(request),
    }
    return render(request, "console/benchmark/index.html", context)


def _pairs(request: StaffRequest, panel: Any, table: Any) -> list[showing.Paired]:
    """Those who rated us and another brand: their own comparison."""
    us = table.us
    if us is None:
        return []
    tables = {
        row.brand: queries.paired(request.actor, panel, us.brand, row.brand)
        for row in table.rows
        if row is not us
    }
    return [
        showing.pair(brand, counts) for brand, counts in tables.items() if any(map(sum, counts))
    ]


@staff(Right.READ_ANSWERS)
def two_views(request: StaffRequest) -> HttpResponse:
    """The relationship against what is said after contacts."""
    selection = read_selection(request.GET, request.actor, timezone.now())
    found = both(request.actor, selection)
    context = {
        "selection": selection,
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(request.actor, selection),
        },
        "found": found,
        "levels": [
            {"name": level.label, "found": level, "rate": found.rates[level.kind]}
            for level in (found.top, found.bottom)
        ],
        "quarters": showing.by_label(found.picture),
    }
    return render(request, "console/benchmark/two_views.html", context)


@staff(Right.READ_ANSWERS)
def list_panels(request: StaffRequest) -> HttpResponse:
    context = {
        "panels": queries.panels(request.actor),
        "brands": queries.brands(request.actor),
        "surveys": queries.own_surveys(request.actor),
        "may_bring": _may_bring(request),
    }
    return render(request, "console/benchmark/panels.html", context)


@staff(Right.SET_TARGETS)
def panel(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.panel_by_ref(request.actor, ref)
    names = ("name", "market", "provider", "fielded_from", "fielded_to", "double_blind")
    initial = {name: getattr(found, name) for name in names}
    form = PanelForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_panel(
                actor=request.actor,
                now=timezone.now(),
                panel=found,
                draft=PanelDraft(**form.cleaned_data),
            )
        except Invalid as error:
            blame(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("benchmark:panels")
    context = {"panel": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "console/benchmark/panel.html", context, status=status)


@require_POST
@staff(Right.SET_TARGETS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.panel_by_ref(request.actor, ref)
    operations.remove_panel(actor=request.actor, now=timezone.now(), panel=found)
    messages.success(request, _("“%(panel)s” is gone, with all its answers.") % {"panel": found})
    return redirect("benchmark:panels")


@staff(Right.SET_TARGETS)
def brand(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.brand_by_ref(request.actor, ref)
    form = BrandForm(request.POST or None, initial={"name": found.name, "is_us": found.is_us})
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, found, form)
        except (Invalid, Conflict) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("benchmark:panels")
    context = {"brand": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "console/benchmark/brand.html", context, status=status)


def _change(request: StaffRequest, brand: Any, form: BrandForm) -> None:
    now = timezone.now()
    kept = brand
    if form.cleaned_data["name"] != brand.name:
        kept = operations.rename_brand(
            actor=request.actor, now=now, brand=brand, name=form.cleaned_data["name"]
        )
    if form.cleaned_data["is_us"] and not kept.is_us:
        operations.say_who_we_are(actor=request.actor, now=now, brand=kept)
    elif brand.is_us and not form.cleaned_data["is_us"]:
        operations.say_we_are_not(actor=request.actor, now=now, brand=kept)


def _may_bring(request: StaffRequest) -> bool:
    return request.actor.within(Right.SET_TARGETS).everything and request.actor.may(
        Right.IMPORT_DATA
    )
