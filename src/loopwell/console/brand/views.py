"""Staff pages: choose our look, and see a real message and a customer's page in it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.brand.forms import BrandForm
from loopwell.console.brand.showing import Sample, note_on, sample_for
from loopwell.console.door import StaffRequest, staff
from loopwell.console.outbox.frames import framed
from loopwell.kit.errors import Invalid
from loopwell.surveys.brand import Look, brand, look_of
from loopwell.surveys.brand_operations import change_brand, may_change, wished

TYPED = ("colour", "sender_name", "reply_to", "postal_address")


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    look = brand()
    stored = {name: getattr(look, name) for name in TYPED}
    form = BrandForm(request.POST or None, request.FILES or None, initial=stored)
    saves = request.method == "POST" and "look" not in request.POST
    if saves and form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved. Messages and pages follow within seconds."))
        return redirect("brand:index")
    typed = request.POST if form.is_bound else stored
    context = {
        "form": form,
        "has_logo": bool(look.logo),
        "may_change": may_change(request.actor),
        **_previewed(typed),
    }
    return render(request, "console/brand/index.html", context, status=422 if form.errors else 200)


def _saved(request: StaffRequest, form: BrandForm) -> bool:
    given = dict(form.cleaned_data)
    file = given.pop("logo")
    try:
        change_brand(
            actor=request.actor, now=timezone.now(), logo=file.read() if file else None, **given
        )
    except Invalid as error:
        blame(form, error)
        return False
    return True


@require_POST
@staff(Right.RUN_SURVEYS)
def preview(request: StaffRequest) -> HttpResponse:
    """The two pictures beside the form, as it is being typed; stores nothing."""
    return render(request, "console/brand/_preview.html", _previewed(request.POST))


def _previewed(typed: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: str(typed.get(name, "")) for name in TYPED}
    look, problem = _look(values)
    query = urlencode({**values, "without_logo": "1" if typed.get("without_logo") else ""})
    return {"query": query, "note": problem or note_on(look), "look": look}


def _look(values: Mapping[str, Any]) -> tuple[Look, str]:
    """The look as typed; where something is wrong, the stored one and what is wrong."""
    try:
        row = wished(**{name: str(values.get(name, "")) for name in TYPED})
    except Invalid as error:
        return brand(), str(error)
    if values.get("without_logo"):
        row.logo = None
    return look_of(row), ""


@xframe_options_sameorigin
@staff(Right.RUN_SURVEYS)
def message(request: StaffRequest) -> HttpResponse:
    """A real message in the look of the address, in its own sandbox."""
    return framed(_sample(request).letter.html, links=False)


@xframe_options_sameorigin
@staff(Right.RUN_SURVEYS)
def page(request: StaffRequest) -> HttpResponse:
    """The page a customer comes to, in the look of the address."""
    sample = _sample(request)
    return framed(render_to_string("console/brand/page.html", {"sample": sample}), links=False)


def _sample(request: StaffRequest) -> Sample:
    look, _problem = _look(request.GET.dict())
    return sample_for(request.actor, look, language=(get_language() or "en")[:2])
