"""Staff pages: one case: redress, promises, a corrected number, coaching."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.cases.enums import RedressState
from loopwell.cases.queries.redress import redress_by_ref, waiting_redress
from loopwell.console.cases.helped import owners_of_actions
from loopwell.console.cases.helping_forms import (
    ActionForm,
    CoachingForm,
    NumberForm,
    RedressForm,
)
from loopwell.console.cases.page import act_on_case
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, NotFound
from loopwell.people.operations import save_customer
from loopwell.people.rules.drafts import CustomerDraft


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def redress(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = RedressForm(request.POST)

    def act() -> str:
        facts = form.cleaned_data
        row = operations.give_redress(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=facts["version"],
            gift=operations.Gift(
                facts["redress_what"], facts["redress_amount"], facts["redress_currency"]
            ),
        )
        if row.state == RedressState.GIVEN:
            return _("Noted: they get it.")
        return _("This is above your limit. Those who may approve it are told.")

    return act_on_case(request, ref, form=form, name="redress", act=act, place="solve")


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def action(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    people = {user.ref: user for user in queries.people_who_see(found)}
    form = ActionForm(request.POST, owners=owners_of_actions(request, found))

    def act() -> str:
        facts = form.cleaned_data
        row = operations.give_action(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=facts["version"],
            promise=operations.Promise(facts["what"], people[facts["owner"]], facts["due_on"]),
        )
        return _("Promised. It is on the list of %(name)s.") % {"name": row.owner}

    return act_on_case(request, ref, form=form, name="action", act=act, place="solve")


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def number(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = NumberForm(request.POST)

    def act() -> str:
        save_customer(
            actor=request.actor,
            now=timezone.now(),
            draft=CustomerDraft(phone=form.cleaned_data["phone"]),
            customer=found.customer,
        )
        return _("The number is corrected. Try again.")

    return act_on_case(request, ref, form=form, name="number", act=act)


@require_POST
@staff(Right.READ_CASES, Right.COACH)
def coaching(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = CoachingForm(request.POST)
    answer = found.response
    if answer is None:
        raise NotFound(_("There is no such answer."))

    def act() -> str:
        note = operations.write_coaching(
            actor=request.actor,
            now=timezone.now(),
            answer=answer,
            text=form.cleaned_data["text"],
        )
        return _("%(name)s is told of your note.") % {"name": note.employee}

    return act_on_case(request, ref, form=form, name="coaching", act=act, place="coaching")


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def decide(request: StaffRequest, redress: str) -> HttpResponse:
    """From the page of the case or the list of what waits; back to where it was pressed."""
    row = redress_by_ref(request.actor, redress)
    try:
        operations.decide_redress(
            actor=request.actor,
            now=timezone.now(),
            redress=row,
            approve=request.POST.get("decision") == "approve",
            reason=request.POST.get("reason", ""),
        )
    except ExpectedError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("Decided. %(name)s is told.") % {"name": row.by or "Loopwell"})
    if "from_list" in request.POST and waiting_redress(request.actor).exists():
        return redirect("cases:approvals")
    return redirect("cases:case", ref=row.case.ref)
