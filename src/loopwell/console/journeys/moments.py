"""Staff pages: one moment of a journey, added, changed, moved and removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import visible_users
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.journeys.forms import MomentForm, initial_of
from loopwell.kit.errors import Invalid
from loopwell.people import operations
from loopwell.people.queries import (
    journey_by_ref,
    moment_by_ref,
    touchpoints_in_use,
    visible_accounts,
)
from loopwell.responses.queries import touchpoints as touchpoints_answered

SUGGESTED = 300


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest, ref: str) -> HttpResponse:
    return _form(request, journey_by_ref(request.actor, ref), None)


@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, ref: str, moment: str) -> HttpResponse:
    found = journey_by_ref(request.actor, ref)
    return _form(request, found, moment_by_ref(found, moment))


def _form(request: StaffRequest, journey: Any, moment: Any) -> HttpResponse:
    form = MomentForm(request.POST or None, initial=initial_of(moment) if moment else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_moment(
                actor=request.actor,
                now=timezone.now(),
                journey=journey,
                change=form.change(),
                moment=moment,
            )
        except Invalid as error:
            blame(form, error)
        else:
            return redirect("journeys:journey", journey.ref)
    known = {*touchpoints_in_use(request.actor), *touchpoints_answered(request.actor)}
    people = visible_users(request.actor).filter(is_active=True).order_by("name")
    context = {
        "form": form,
        "journey": journey,
        "moment": moment,
        "touchpoints": sorted(known)[:SUGGESTED],
        "people": people[:SUGGESTED],
        "accounts": visible_accounts(request.actor).order_by("name")[:SUGGESTED],
    }
    status = 422 if form.errors else 200
    return render(request, "console/journeys/moment.html", context, status=status)


@staff(Right.RUN_SURVEYS)
@require_POST
def move(request: StaffRequest, ref: str, moment: str) -> HttpResponse:
    found = moment_by_ref(journey_by_ref(request.actor, ref), moment)
    operations.move_moment(
        actor=request.actor,
        now=timezone.now(),
        moment=found,
        earlier=request.POST.get("way") == "earlier",
    )
    return redirect("journeys:journey", ref)


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, ref: str, moment: str) -> HttpResponse:
    journey = journey_by_ref(request.actor, ref)
    found = moment_by_ref(journey, moment)
    if request.method == "POST":
        operations.remove_moment(actor=request.actor, now=timezone.now(), moment=found)
        messages.success(request, _("The moment is gone. Its answers stay."))
        return redirect("journeys:journey", ref)
    context = {"journey": journey, "moment": found}
    return render(request, "console/journeys/remove.html", context)
