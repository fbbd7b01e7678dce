"""Staff pages: one case, and everything that can be done on its page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.cases.enums import Outcome
from loopwell.cases.rules import TRIES_BEFORE_GIVING_UP, is_late, stage_of
from loopwell.console.answers.further import further_answers
from loopwell.console.blame import blame
from loopwell.console.cases.forms import (
    DRAFT_FIELDS,
    AttemptForm,
    CallbackForm,
    InterviewForm,
    OwnerForm,
    ReopenForm,
)
from loopwell.console.cases.letters import letters_context
from loopwell.console.cases.presence import presence_context
from loopwell.console.cases.talk import talk_context
from loopwell.console.cases.wording import change_words, moment, tell
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.working_time import next_working_day
from loopwell.notify.queries import alarms_of_case
from loopwell.responses.call_times import KEY, when_words
from loopwell.themes.queries import causes_found, root_causes


@staff(Right.READ_CASES)
def case(request: StaffRequest, ref: str) -> HttpResponse:
    return _page(request, ref)


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
        if done.next_step_at > now:
            return _("Noted. Call again %(at)s.") % {"at": moment(done.next_step_at)}
        return _("Noted.")

    return _act(request, ref, form=form, name="attempt", act=act)


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def callback(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = CallbackForm(request.POST)

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

    return _act(request, ref, form=form, name="callback", act=act)


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

    return _act(request, ref, form=form, name="owner", act=act)


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
    form = InterviewForm(request.POST, causes=_causes())

    def act() -> str:
        operations.close_case(
            actor=request.actor,
            now=timezone.now(),
            case=found,
            version=form.cleaned_data["version"],
            interview=form.interview(),
        )
        return _("Closed. Thank you: what you learnt is in the numbers now.")

    response = _act(request, ref, form=form, name="interview", act=act)
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

    return _act(request, ref, form=form, name="reopen", act=act)


def _act(
    request: StaffRequest, ref: str, *, form: Form, name: str, act: Callable[[], str]
) -> HttpResponse:
    """Does it and goes back to the page; a mistake shows the page with what was typed."""
    if not form.is_valid():
        return _page(request, ref, forms={name: form}, status=422)
    try:
        done = act()
    except Invalid as error:
        blame(form, error)
        return _page(request, ref, forms={name: form}, status=error.status)
    except Conflict as error:
        return _page(request, ref, forms={name: form}, status=error.status, conflict=str(error))
    messages.success(request, done)
    return redirect("cases:case", ref=ref)


def _save_draft(request: StaffRequest, found: Any) -> Any:
    typed = {name: request.POST.get(name, "") for name in DRAFT_FIELDS}
    return operations.save_draft(actor=request.actor, now=timezone.now(), case=found, data=typed)


def _causes() -> list[tuple[str, str]]:
    return [(theme.slug, str(theme)) for theme in root_causes()]


def _page(
    request: StaffRequest,
    ref: str,
    *,
    forms: dict[str, Form] | None = None,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    found = queries.case_by_ref(actor, ref)
    story = queries.story(actor, found)
    lines = queries.timeline(found)
    tries = [
        line.record
        for line in lines
        if line.type == "case.attempted" and line.record and not line.of
    ]
    others = [item.what for item in story if item.kind.value == "case"]
    answer = found.response
    wish = (answer.answers.get(KEY) if answer else None) or {}
    context = {
        "case": found,
        "customer": found.customer,
        "stage": stage_of(found, now),
        "late": is_late(found, now),
        "now": now,
        "story": story,
        "others_open": [other for other in others if other.closed_at is None],
        "told": [said for line in reversed(lines) if (said := tell(line))],
        "tries": tries,
        "many_tries": len(tries) >= TRIES_BEFORE_GIVING_UP,
        "last_try": tries[-1] if tries else None,
        "changes": [change_words(n.change, n.details) for n in queries.answer_changes(found)],
        "alarms": alarms_of_case(actor, found.pk),
        "closure": found.closures.last() if found.closed_at else None,
        "causes": causes_found([answer.pk]).get(answer.pk, []) if answer else [],
        "outcomes": _outcomes(),
        "further": further_answers(answer) if answer else [],
        "call_when": when_words(wish),
        "call_number": str(wish.get("phone", "")),
        "may_work": actor.may(Right.WORK_CASES),
        "conflict": conflict,
        "language": dict(settings.LANGUAGES).get(found.customer.language, found.customer.language),
    }
    for part in (talk_context, letters_context, presence_context):
        context |= part(request, found)
    if context["may_work"]:
        context |= _forms(request, found, forms or {})
    return render(request, "console/cases/case.html", context, status=status)


def _outcomes() -> list[tuple[Outcome, str, bool]]:
    return [
        (Outcome.REACHED, "phone-call", True),
        (Outcome.NO_ANSWER, "phone-off", False),
        (Outcome.BUSY, "clock", False),
        (Outcome.WRONG_NUMBER, "ban", False),
        (Outcome.REFUSED, "hand-stop", False),
    ]


def _forms(request: StaffRequest, found: Any, given: dict[str, Form]) -> dict[str, Any]:
    """Every form of the page at the case's present version; given ones keep what was typed."""
    now, start = timezone.now(), {"version": found.version}
    kept = queries.draft_of(request.actor, found)
    again = next_working_day(now, queries.calendar_for(found.unit))
    people = [(u.ref, str(u)) for u in queries.possible_owners(found) if u.pk != found.owner_id]
    made: dict[str, Form] = {
        "attempt": AttemptForm(initial=start),
        "callback": CallbackForm(initial={**start, "call_at": again}, auto_id="id_call_%s"),
        "owner": OwnerForm(owners=people, initial=start, auto_id="id_owner_%s"),
        "reopen": ReopenForm(initial=start, auto_id="id_reopen_%s"),
        "interview": InterviewForm(
            causes=_causes(), initial={**(kept.data if kept else {}), **start}
        ),
    }
    for name, form in given.items():
        form.auto_id = made[name].auto_id
        # Sent again, it speaks of the case as it is shown now.
        form.data = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]  # a QueryDict
        made[name] = form
    return {"forms": made, "draft": kept}
