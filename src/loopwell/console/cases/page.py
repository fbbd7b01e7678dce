"""What does the page of a case show, and how does it answer what is done on it?"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.cases import queries
from loopwell.cases.enums import Outcome
from loopwell.cases.rules import is_late, stage_of
from loopwell.console.answers.further import further_answers
from loopwell.console.blame import blame
from loopwell.console.cases.forms import AttemptForm, CallbackForm, OwnerForm, ReopenForm
from loopwell.console.cases.helped import helped_context, helping_forms
from loopwell.console.cases.interview_form import InterviewForm
from loopwell.console.cases.known import known_context
from loopwell.console.cases.letters import letters_context
from loopwell.console.cases.presence import presence_context
from loopwell.console.cases.talk import talk_context
from loopwell.console.cases.telling import told_context
from loopwell.console.cases.wording import change_words
from loopwell.console.door import StaffRequest
from loopwell.initiatives.queries.seeing import about, may_propose
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.working_time import next_working_day
from loopwell.notify.queries import alarms_of_case
from loopwell.responses.call_times import KEY, when_words
from loopwell.themes.queries import causes_found, root_causes

OUTCOMES = [
    (Outcome.REACHED, "phone-call", True),
    (Outcome.NO_ANSWER, "phone-off", False),
    (Outcome.BUSY, "clock", False),
    (Outcome.WRONG_NUMBER, "ban", False),
    (Outcome.REFUSED, "hand-stop", False),
]


def act_on_case(
    request: StaffRequest,
    ref: str,
    *,
    form: Form,
    name: str,
    act: Callable[[], str],
    place: str = "",
) -> HttpResponse:
    """Does it and goes back to the page; a mistake shows the page with what was typed."""
    if not form.is_valid():
        return show_case(request, ref, forms={name: form}, status=422)
    try:
        done = act()
    except Invalid as error:
        blame(form, error)
        return show_case(request, ref, forms={name: form}, status=error.status)
    except Conflict as error:
        return show_case(request, ref, forms={name: form}, status=error.status, conflict=str(error))
    messages.success(request, done)
    back = redirect("cases:case", ref=ref)
    if place:
        back.headers["Location"] += f"#{place}"
    return back


def show_case(
    request: StaffRequest,
    ref: str,
    *,
    forms: dict[str, Form] | None = None,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    found = queries.case_by_ref(actor, ref)
    context = {
        "case": found,
        "customer": found.customer,
        "stage": stage_of(found, now),
        "late": is_late(found, now),
        "now": now,
        "alarms": alarms_of_case(actor, found.pk),
        "outcomes": OUTCOMES,
        "may_work": actor.may(Right.WORK_CASES),
        "conflict": conflict,
        "language": dict(settings.LANGUAGES).get(found.customer.language, found.customer.language),
        **_answer(found),
        **_past(request, found),
    }
    if context["closure"] and context["causes"]:
        context |= {"initiatives": about(actor, case=found), "may_propose": may_propose(actor)}
    for part in (
        known_context, helped_context, talk_context, letters_context, presence_context,
    ):  # fmt: skip
        context |= part(request, found)
    if context["may_work"]:
        context |= _forms(request, found, forms or {}, context["presets"])
    return render(request, "console/cases/case.html", context, status=status)


def _answer(found: Any) -> dict[str, Any]:
    answer = found.response
    wish = (answer.answers.get(KEY) if answer else None) or {}
    return {
        "changes": [change_words(n.change, n.details) for n in queries.answer_changes(found)],
        "closure": found.closures.select_related("by").last() if found.closed_at else None,
        "causes": causes_found([answer.pk]).get(answer.pk, []) if answer else [],
        "further": further_answers(answer) if answer else [],
        "call_when": when_words(wish),
        "call_number": str(wish.get("phone", "")),
    }


def _past(request: StaffRequest, found: Any) -> dict[str, Any]:
    story = queries.story(request.actor, found)
    tries = list(found.attempts.all())
    others = [item.what for item in story if item.kind.value == "case"]
    return {
        "story": story,
        "others_open": [other for other in others if other.closed_at is None],
        **told_context(found),
        "tries": tries,
        "last_try": tries[-1] if tries else None,
    }


def cause_choices() -> list[tuple[str, str]]:
    return [(theme.slug, str(theme)) for theme in root_causes()]


def _forms(
    request: StaffRequest, found: Any, given: dict[str, Form], presets: Any
) -> dict[str, Any]:
    """Every form of the page at the case's present version; given ones keep what was typed."""
    now, start = timezone.now(), {"version": found.version}
    kept = queries.draft_of(request.actor, found)
    again = presets[-1].at if presets else next_working_day(now, queries.calendar_for(found.unit))
    people = [(u.ref, str(u)) for u in queries.possible_owners(found) if u.pk != found.owner_id]
    made: dict[str, Form] = {
        "attempt": AttemptForm(initial=start),
        "callback": CallbackForm(initial={**start, "call_at": again}, auto_id="id_call_%s"),
        "owner": OwnerForm(owners=people, initial=start, auto_id="id_owner_%s"),
        "reopen": ReopenForm(initial=start, auto_id="id_reopen_%s"),
        "interview": InterviewForm(
            causes=cause_choices(), initial={**(kept.data if kept else {}), **start}
        ),
        **helping_forms(request, found),
    }
    for name, form in given.items():
        form.auto_id = made[name].auto_id
        # Sent again, it speaks of the case as it is shown now.
        form.data = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]  # a QueryDict
        made[name] = form
    return {"forms": made, "draft": kept}
