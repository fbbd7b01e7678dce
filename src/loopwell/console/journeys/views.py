"""Staff pages: the journeys, and one journey drawn with its numbers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers.selection import PERIODS, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.journeys.forms import JourneyForm, NewJourneyForm
from loopwell.console.journeys.numbers import by_partner, judged
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people import operations
from loopwell.people.queries import journey_by_ref, journeys, moments_of
from loopwell.people.rules.ready_journeys import READY


@staff(Right.RUN_SURVEYS)
def list_journeys(request: StaffRequest) -> HttpResponse:
    context = {"journeys": list(journeys(request.actor)), "ready": READY}
    return render(request, "console/journeys/list.html", context)


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest) -> HttpResponse:
    form = NewJourneyForm(request.POST or None, initial={"ready": request.GET.get("ready", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_journey(
                actor=request.actor,
                now=timezone.now(),
                name=form.cleaned_data["name"],
                ready=form.cleaned_data["ready"],
            )
        except (Invalid, Conflict) as error:
            form.add_error("name", str(error))
        else:
            return redirect("journeys:journey", made.ref)
    context = {"form": form, "ready": READY, "chosen": form["ready"].value() or ""}
    status = 422 if form.errors else 200
    return render(request, "console/journeys/new.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def journey(request: StaffRequest, ref: str) -> HttpResponse:
    found = journey_by_ref(request.actor, ref)
    selection = read_selection(request.GET, request.actor, timezone.now())
    unavailable = ""
    moments = moments_of(found)
    try:
        rows = judged(moments, request.actor, selection)
    except WarehouseUnavailable as error:
        unavailable, rows = str(error), []
    context = {
        "journey": found,
        "selection": selection,
        "periods": [(period, selection.query(period=period)) for period in PERIODS],
        "moments": rows,
        "unmeasured": sum(not each.measured for each in rows),
        "partners": by_partner(rows),
        "unavailable": unavailable,
    }
    return render(request, "console/journeys/journey.html", context)


@staff(Right.RUN_SURVEYS)
def rename(request: StaffRequest, ref: str) -> HttpResponse:
    found = journey_by_ref(request.actor, ref)
    form = JourneyForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            operations.rename_journey(
                actor=request.actor,
                now=timezone.now(),
                journey=found,
                name=form.cleaned_data["name"],
            )
        except (Invalid, Conflict) as error:
            form.add_error("name", str(error))
        else:
            return redirect("journeys:journey", ref)
    status = 422 if form.errors else 200
    context = {"form": form, "journey": found}
    return render(request, "console/journeys/rename.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def delete(request: StaffRequest, ref: str) -> HttpResponse:
    found = journey_by_ref(request.actor, ref)
    if request.method == "POST":
        operations.delete_journey(actor=request.actor, now=timezone.now(), journey=found)
        messages.success(request, _("The journey is gone. Answers and programmes stay."))
        return redirect("journeys:list")
    return render(request, "console/journeys/delete.html", {"journey": found})
