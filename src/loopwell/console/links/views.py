"""Staff pages: which ways in are there, how is a new one made, and what can one be told?"""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.access.queries import visible_users
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.links.choices import Row, for_forms, languages
from loopwell.console.links.forms import LinkForm, NewLinkForm
from loopwell.kit.errors import Invalid
from loopwell.responses.open_counts import LinkCount, counts_of_links
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking import operations, queries
from loopwell.sampling.linking.settings import LinkSettings
from loopwell.surveys.queries import survey_by_ref

PER_PAGE = 100


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    listed = queries.links_listed(request.actor)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    counts = counts_of_links(link.pk for link in page)
    rows = [Row(link, counts.get(link.pk, LinkCount())) for link in page]
    groups = [
        (programme, list(of)) for programme, of in groupby(rows, key=lambda row: row.link.programme)
    ]
    return render(request, "console/links/list.html", {"groups": groups, "page": page})


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest) -> HttpResponse:
    choices = for_forms(request.actor)
    initial = {name: request.GET[name] for name in ("kind", "survey") if name in request.GET}
    form = NewLinkForm(request.POST or None, **choices, initial=initial)
    context = {"form": form, "nothing_to_ask": not choices["surveys"]}
    if request.method != "POST":
        return render(request, "console/links/new.html", context)
    if form.is_valid():
        try:
            return _made(request, form)
        except Invalid as error:
            blame(form, error)
    return render(request, "console/links/new.html", context, status=422)


def _made(request: StaffRequest, form: NewLinkForm) -> HttpResponse:
    """Makes one link or many and goes where they can be used."""
    given, actor, now = form.cleaned_data, request.actor, timezone.now()
    unit = queries.unit_to_choose(actor, given["unit"]) if given["unit"] else None
    employee = _employee(request, given["employee"])
    programme = operations.create_link_programme(
        actor=actor, survey=survey_by_ref(actor, given["survey"]), now=now
    )
    kind = LinkKind(given["kind"])
    common: dict[str, Any] = {
        "actor": actor,
        "programme": programme,
        "kind": kind,
        "now": now,
        "language": given["language"],
        "settings": form.settings,
    }
    if given["each"] == "one":
        place = unit or (employee.unit if employee else None)
        link = operations.add_link(name=given["name"], unit=place, employee=employee, **common)
        return redirect("links:link", link.ref)
    if given["each"] == "units":
        made = operations.add_links_for_units(units=queries.units_at_work(actor, unit), **common)
    else:
        made = operations.add_links_for_people(people=queries.people_at_work(actor, unit), **common)
    number = len(made)
    text = ngettext("%(number)d was made.", "%(number)d were made.", number) % {"number": number}
    messages.success(request, text if number else _("Everybody there has one already."))
    return redirect("links:list")


def _employee(request: StaffRequest, address: str) -> Any:
    if not address:
        return None
    found = visible_users(request.actor).filter(email=address.lower(), is_active=True).first()
    if found is None:
        message = _("Nobody who works here has this address.")
        raise Invalid(message, fields={"employee": [message]})
    return found


@staff(Right.RUN_SURVEYS)
def link(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.link_by_ref(request.actor, ref)
    kind = LinkKind(found.kind)
    before = LinkSettings.from_json(found.settings)
    initial = LinkForm.initial_of(kind, before)
    initial |= {"name": found.name, "language": found.language}
    form = LinkForm(request.POST or None, kind=kind, languages=languages(), initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(request, found, form, before):
            messages.success(request, _("Saved."))
            return redirect("links:link", ref)
    row = Row(found, counts_of_links([found.pk]).get(found.pk, LinkCount()))
    return render(
        request,
        "console/links/link.html",
        {"row": row, "link": found, "form": form, "settings": before},
        status=status,
    )


def _saved(request: StaffRequest, found: Any, form: LinkForm, before: LinkSettings) -> bool:
    given = form.cleaned_data
    try:
        operations.change_link(
            actor=request.actor,
            link=found,
            now=timezone.now(),
            name=given["name"],
            language=given["language"],
            settings=form.changed(before),
        )
    except Invalid as error:
        blame(form, error)
        return False
    return True
