"""Staff pages: the tree of units, and who changed whose access."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access import operations
from loopwell.access.enums import Right, UnitKind
from loopwell.access.queries import manages, names_by_label, tree, unit_by_ref
from loopwell.access.rules import require
from loopwell.console.blame import blame
from loopwell.console.company.choices import unit_choices
from loopwell.console.company.forms import UnitForm
from loopwell.console.company.wording import what_changed
from loopwell.console.door import StaffRequest, staff
from loopwell.jobs.operations import enqueue
from loopwell.journal.queries import of_type
from loopwell.kit.errors import Forbidden, Invalid


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "console/company/index.html", {"rows": tree(request.actor)})


@staff(Right.MANAGE_ACCESS)
def add_unit(request: StaffRequest) -> HttpResponse:
    first = {"parent": request.GET.get("parent", "")}
    form = UnitForm(request.POST or None, actor=request.actor, initial=first)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {
            "parent": unit_by_ref(request.actor, form.cleaned_data["parent"]),
            "kind": UnitKind(form.cleaned_data["kind"]),
        }
        try:
            added = operations.add_unit(actor=request.actor, now=timezone.now(), **values)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("The unit “%(name)s” is there.") % {"name": added.name})
            return redirect("company:index")
    status = 422 if form.errors else 200
    return render(request, "console/company/unit.html", {"form": form}, status=status)


@staff(Right.MANAGE_ACCESS)
def unit(request: StaffRequest, ref: str) -> HttpResponse:
    """Name, kind and place of one unit."""
    known = unit_by_ref(request.actor, ref)
    if not manages(request.actor, known.path):
        raise Forbidden(_("This unit is not yours to manage."))
    first = {
        "name": known.name,
        "kind": known.kind,
        "parent": known.parent.ref if known.parent else "",
        "external_id": known.external_id or "",
        "time_zone": known.time_zone,
    }
    data = request.POST or None
    form = UnitForm(data, actor=request.actor, path=known.path, initial=first)
    if first["parent"] not in dict(unit_choices(request.actor)):
        form.without_place()
    if known.parent is None:
        del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            _save_unit(request, known, form.cleaned_data)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("company:index")
    status = 422 if form.errors else 200
    return render(
        request, "console/company/unit.html", {"form": form, "unit": known}, status=status
    )


@transaction.atomic
def _save_unit(request: StaffRequest, unit: Any, values: dict[str, Any]) -> None:
    actor, now = request.actor, timezone.now()
    before = (unit.path, unit.time_zone)
    operations.change_unit(
        actor=actor,
        now=now,
        unit=unit,
        name=values["name"],
        kind=UnitKind(values.get("kind") or unit.kind),
        external_id=values["external_id"],
        time_zone=values["time_zone"],
    )
    if values.get("parent"):
        parent = unit_by_ref(actor, values["parent"])
        operations.move_unit(actor=actor, now=now, unit=unit, parent=parent)
    if (unit.path, unit.time_zone) != before:  # the facts carry place and local time of units
        enqueue(kind="insights.rebuild", args={}, actor=actor, now=now)


@staff(Right.MANAGE_ACCESS)
def changes(request: StaffRequest) -> HttpResponse:
    """Who changed whose access; only for those who see the whole company."""
    require(request.actor, Right.MANAGE_ACCESS)
    if not request.actor.within(Right.MANAGE_ACCESS).everything:
        raise Forbidden(_("Only administrators of the whole company see this list."))
    page = Paginator(of_type("access.changed"), 50).get_page(request.GET.get("page"))
    names = names_by_label(entry.actor for entry in page)
    rows = [
        {
            "at": entry.at,
            "who": names.get(entry.actor, "Loopwell"),
            "what": what_changed(entry.payload),
        }
        for entry in page
    ]
    return render(request, "console/company/changes.html", {"page": page, "rows": rows})
