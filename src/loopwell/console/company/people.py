"""Staff pages: the people of the company, their roles, and their leaving."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access import operations
from loopwell.access.enums import Right, Role
from loopwell.access.operations import Grant, may_invite
from loopwell.access.queries import (
    keys,
    manages,
    memberships_of,
    people,
    person_by_ref,
    unit_by_ref,
)
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.console.blame import blame
from loopwell.console.company.choices import unit_choices
from loopwell.console.company.forms import (
    DetailsForm,
    NewPersonForm,
    PersonForm,
    RoleForm,
    roles_for,
)
from loopwell.console.company.invitations import invite
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    wanted = {name: request.GET.get(name, "") for name in ("search", "unit", "role", "gone")}
    unit = unit_by_ref(request.actor, wanted["unit"]) if wanted["unit"] else None
    rows = people(
        request.actor,
        search=wanted["search"].replace("\x00", ""),
        unit=unit,
        role=wanted["role"],
        gone=bool(wanted["gone"]),
    )
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "wanted": wanted,
        "units": unit_choices(request.actor),
        "roles": Role.choices,
    }
    return render(request, "console/company/people.html", context)


@staff(Right.MANAGE_ACCESS)
def add(request: StaffRequest) -> HttpResponse:
    first = {"unit": request.GET.get("unit", "")}
    form = NewPersonForm(request.POST or None, actor=request.actor, initial=first)
    if request.method == "POST" and form.is_valid():
        unit = unit_by_ref(request.actor, form.cleaned_data["unit"])
        try:
            added = operations.add_person(
                actor=request.actor,
                now=timezone.now(),
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                unit=unit,
                grants=[Grant(Role(role), unit) for role in form.cleaned_data["roles"]],
            )
        except Invalid as error:
            blame(form, error)
        else:
            _invite(request, added)
            return redirect("company:person", added.ref)
    status = 422 if form.errors else 200
    return render(request, "console/company/add_person.html", {"form": form}, status=status)


@staff(Right.MANAGE_ACCESS)
def person(request: StaffRequest, ref: str) -> HttpResponse:
    known = person_by_ref(request.actor, ref)
    first = _details(known)
    form = DetailsForm(request.POST or None, actor=request.actor, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_person(
                actor=request.actor,
                now=timezone.now(),
                person=known,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                unit=unit_by_ref(request.actor, form.cleaned_data["unit"]),
                manager=form.cleaned_data["manager"],
                languages=form.spoken(),
                skills=form.skills_list(),
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("company:person", ref)
    own = {"unit": first["unit"]}
    return _shown(request, known, form, RoleForm(actor=request.actor, initial=own))


def _shown(
    request: StaffRequest, known: Any, form: PersonForm, role_form: RoleForm
) -> HttpResponse:
    grantable = dict(roles_for(request.actor))
    rows = [
        {
            "membership": row,
            "can_remove": manages(request.actor, row.unit.path) and row.role in grantable,
        }
        for row in memberships_of(known)
    ]
    context = {
        "person": known,
        "form": form,
        "role_form": role_form,
        "rows": rows,
        "has_password": known.has_usable_password(),
    }
    status = 422 if form.errors or role_form.errors else 200
    return render(request, "console/company/person.html", context, status=status)


@staff(Right.MANAGE_ACCESS)
@require_POST
def add_role(request: StaffRequest, ref: str) -> HttpResponse:
    known = person_by_ref(request.actor, ref)
    form = RoleForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _shown(
            request, known, DetailsForm(actor=request.actor, initial=_details(known)), form
        )
    unit = unit_by_ref(request.actor, form.cleaned_data["unit"])
    grants = [*_grants(known), Grant(Role(form.cleaned_data["role"]), unit)]
    operations.set_roles(actor=request.actor, now=timezone.now(), person=known, grants=grants)
    messages.success(request, _("%(name)s has the role now.") % {"name": known.name})
    return redirect("company:person", ref)


@staff(Right.MANAGE_ACCESS)
@require_POST
def remove_role(request: StaffRequest, ref: str) -> HttpResponse:
    known = person_by_ref(request.actor, ref)
    gone = (request.POST.get("role", ""), request.POST.get("unit", ""))
    grants = [grant for grant in _grants(known) if (grant.role.value, grant.unit.ref) != gone]
    operations.set_roles(actor=request.actor, now=timezone.now(), person=known, grants=grants)
    messages.success(request, _("%(name)s no longer has the role.") % {"name": known.name})
    return redirect("company:person", ref)


@staff(Right.MANAGE_ACCESS)
@require_POST
def invite_again(request: StaffRequest, ref: str) -> HttpResponse:
    known = person_by_ref(request.actor, ref)
    may_invite(actor=request.actor, person=known)
    _invite(request, known)
    return redirect("company:person", ref)


@staff(Right.MANAGE_ACCESS)
def deactivate(request: StaffRequest, ref: str) -> HttpResponse:
    """Asks once, and says what would stay behind."""
    known = person_by_ref(request.actor, ref)
    if request.method == "POST":
        operations.deactivate_person(actor=request.actor, now=timezone.now(), person=known)
        messages.success(request, _("%(name)s cannot log in any more.") % {"name": known.name})
        return redirect("company:people")
    open_cases = visible_cases(request.actor).filter(owner_id=known.pk, closed_at=None).count()
    working = keys(request.actor).filter(created_by_id=known.pk, revoked_at=None).count()
    context = {"person": known, "open_cases": open_cases, "keys": working}
    return render(request, "console/company/deactivate.html", context)


@staff(Right.MANAGE_ACCESS)
@require_POST
def reactivate(request: StaffRequest, ref: str) -> HttpResponse:
    known = person_by_ref(request.actor, ref)
    operations.reactivate_person(actor=request.actor, now=timezone.now(), person=known)
    messages.success(request, _("%(name)s can log in again.") % {"name": known.name})
    return redirect("company:person", ref)


def _details(known: Any) -> dict[str, Any]:
    unit = known.unit.ref if known.unit else ""
    manager = known.manager.email if known.manager else ""
    offered = dict(settings.LANGUAGES)
    return {
        "name": known.name,
        "email": known.email,
        "unit": unit,
        "manager": manager,
        "languages": [code for code in known.languages if code in offered],
        "more_languages": ", ".join(code for code in known.languages if code not in offered),
        "skills": ", ".join(known.skills),
    }


def _grants(known: Any) -> Any:
    return [Grant(Role(row.role), row.unit) for row in memberships_of(known)]


def _invite(request: StaffRequest, known: Any) -> None:
    facts = {"name": known.name, "email": known.email}
    if invite(known, by=request.actor.name):
        words = _("%(name)s gets a mail at %(email)s with a link to set a password.")
        messages.success(request, words % facts)
    else:
        words = _(
            "The mail to %(email)s could not be sent. Check the mail server on the page Status, "
            "then send it again here."
        )
        messages.error(request, words % facts)
