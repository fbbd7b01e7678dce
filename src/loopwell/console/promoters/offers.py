"""Staff page: what is offered to promoters, and where they may review us."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.promoters.forms import OffersForm, PlaceForm, initial_of
from loopwell.console.promoters.views import tabs
from loopwell.kit.errors import Invalid
from loopwell.promoters import operations, queries
from loopwell.surveys.queries import surveys_listed


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    form = OffersForm(request.POST or None, initial=initial_of(queries.offers_made()))
    if request.method == "POST":
        if form.is_valid():
            try:
                operations.save_offers(
                    actor=request.actor, now=timezone.now(), change=form.change()
                )
            except Invalid as error:
                blame(form, error)
            else:
                messages.success(request, _("Saved. Promoters see it from now on."))
                return redirect("promoters:offers")
        return _page(request, form, _place_form(request), status=422)
    return _page(request, form, _place_form(request))


@require_POST
@staff(Right.RUN_SURVEYS)
def add_place(request: StaffRequest) -> HttpResponse:
    form = _place_form(request, bound=True)
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.add_place(
                actor=request.actor,
                now=timezone.now(),
                change=operations.PlaceChange(
                    name=given["name"],
                    url=given["url"],
                    survey=surveys_listed(request.actor).filter(ref=given["survey"]).first(),
                    unit=visible_units(request.actor).filter(ref=given["unit"]).first(),
                ),
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Promoters are offered this page from now on."))
            return redirect("promoters:offers")
    offers = OffersForm(initial=initial_of(queries.offers_made()))
    return _page(request, offers, form, status=422)


@require_POST
@staff(Right.RUN_SURVEYS)
def retire_place(request: StaffRequest, ref: str) -> HttpResponse:
    operations.retire_place(
        actor=request.actor, now=timezone.now(), place=queries.place_by_ref(ref)
    )
    messages.success(request, _("This page is offered no more. What was counted stays."))
    return redirect("promoters:offers")


def _place_form(request: StaffRequest, *, bound: bool = False) -> PlaceForm:
    return PlaceForm(
        request.POST if bound else None,
        surveys=[(each.ref, each.name) for each in surveys_listed(request.actor)],
        units=[(each.ref, each.name) for each in visible_units(request.actor)],
    )


def _page(
    request: StaffRequest, form: OffersForm, place: PlaceForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "place_form": place,
        "places": queries.places(),
        **tabs(request, "offers"),
    }
    return render(request, "console/promoters/offers.html", context, status=status)
