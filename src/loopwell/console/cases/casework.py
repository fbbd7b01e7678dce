"""Staff pages: one case: calls, owner, closing, reopening."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.cases.enums import Outcome
from loopwell.cases.queries.tries import callback_presets
from loopwell.console.cases.forms import AttemptForm, CallbackForm, OwnerForm, ReopenForm
from loopwell.console.cases.interview_form import DRAFT_FIELDS, InterviewForm
from loopwell.console.cases.page import act_on_case, cause_choices, show_case
from loopwell.console.cases.wording import moment
from loopwell.console.door import StaffRequest, staff


@staff(Right.READ_CASES)
def case(request: StaffRequest, ref: str) -> HttpResponse:
    return show_case(request, ref)


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def attempt(request: StaffRequest, ref: str) -> HttpResponse:
    found, now = queries.case_by_ref(request.actor, ref), timezone.now()
    form = AttemptForm(request.POST)

    def act() -> str:
        done = operations.record_attempt(
            actor=request.actor,
            now=now,
            case=found,
            version=form.cleaned_data["version"],
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
        )
        if done.closed_at is not None:
            return _("That was the last try. The case is closed as “Not reached”.")
        if done.next_step_at > now:
            return _("Noted. Call again %(at)s.") % {"at": moment(done.next_step_at)}
        return _("Noted.")

    return act_on_case(request, ref, form=form, name="attempt", act=act)


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def callback(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = CallbackForm(_with_preset(request.POST, found))

    def act() -> str:
        facts = form.cleaned_data
        done = operations.schedule_callback(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=facts["version"],
            call_at=facts["call_at"],
            note=facts["note"],
        )
        return _("Noted. Call again %(at)s.") % {"at": moment(done.next_step_at)}

    return act_on_case(request, ref, form=form, name="callback", act=act)


def _with_preset(data: QueryDict, found: Any) -> QueryDict:
    """What was typed, with the moment of the button that was pressed instead."""
    chosen = {each.name: each.at for each in callback_presets(found, timezone.now())}
    at = chosen.get(data.get("preset", ""))
    if at is None:
        return data
    changed = data.copy()
    changed["call_at"] = date_format(timezone.localtime(at), r"Y-m-d\TH:i")
    return changed


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def owner(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    people = {user.ref: user for user in queries.possible_owners(found)}
    form = OwnerForm(request.POST, owners=[(key, str(user)) for key, user in people.items()])

    def act() -> str:
        chosen = people[form.cleaned_data["owner"]]
        operations.reassign_case(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=form.cleaned_data["version"],
            owner=chosen,
            reason=form.cleaned_data["reason"],
        )
        return _("%(name)s has the case now and will be told.") % {"name": chosen}

    return act_on_case(request, ref, form=form, name="owner", act=act)


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def draft(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    saved = _save_draft(request, found)
    if request.headers.get("HX-Request"):
        return render(request, "console/cases/_draft_state.html", {"draft": saved})
    return redirect("cases:case", ref=ref)


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def closure(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    if "keep" in request.POST:  # without JavaScript: keep what is typed, close nothing
        _save_draft(request, found)
        messages.success(request, _("Kept. Only you see it until you close the case."))
        return redirect("cases:case", ref=ref)
    form = InterviewForm(request.POST, causes=cause_choices())

    def act() -> str:
        operations.close_case(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=form.cleaned_data["version"],
            interview=form.interview(),
        )
        return _("Closed. Thank you: what you learnt is in the numbers now.")

    response = act_on_case(request, ref, form=form, name="interview", act=act)
    if response.status_code >= 400 and found.closed_at is None:
        _save_draft(request, found)
    return response


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def reopening(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = ReopenForm(request.POST)

    def act() -> str:
        operations.reopen_case(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )
        return _("The case is open again.")

    return act_on_case(request, ref, form=form, name="reopen", act=act)


def _save_draft(request: StaffRequest, found: Any) -> Any:
    typed = {name: request.POST.get(name, "") for name in DRAFT_FIELDS}
    return operations.save_draft(actor=request.actor, now=timezone.now(), case=found, data=typed)
