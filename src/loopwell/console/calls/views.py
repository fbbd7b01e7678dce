"""Staff pages: whom to call for a survey, what to say, and how did the call end?"""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loopwell.access.enums import Right
from loopwell.console.calls.forms import call_back_at
from loopwell.console.calls.script import script_of
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery import calling, calls
from loopwell.delivery.enums import CallOutcome
from loopwell.kit.errors import Conflict, ExpectedError, Invalid
from loopwell.responses.enums import Source
from loopwell.responses.fields import hidden_values
from loopwell.responses.invited import Invited, invited
from loopwell.responses.operations import record_response
from loopwell.responses.reading import answers_from
from loopwell.responses.rules import Answer, Effect

SCORES = range(11)
DONE = "done"


@require_safe
@staff(Right.WORK_CASES)
def index(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "waiting": calls.waiting(request.actor, now),
        "mine": calls.mine(request.actor, now),
        "day": calls.day_of(request.actor, midnight),
        "may_ask": request.actor.may(Right.RUN_SURVEYS),
        "now": now,
    }
    return render(request, "console/calls/index.html", context)


@require_POST
@staff(Right.WORK_CASES)
def take(request: StaffRequest) -> HttpResponse:
    found = calling.next_call(actor=request.actor, now=timezone.now())
    if found is None:
        messages.info(request, _("Nobody is left to call right now."))
        return redirect("calls:index")
    return redirect("calls:call", ref=found.ref)


@require_safe
@staff(Right.WORK_CASES)
def call(request: StaffRequest, ref: str) -> HttpResponse:
    calls.call_by_ref(request.actor, ref)
    return _page(request, ref)


@require_POST
@staff(Right.WORK_CASES)
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Every press keeps what is said so far; “done” also ends the call."""
    now = timezone.now()
    try:
        calling.keep_call(actor=request.actor, ref=ref, now=now)
        _record(request, ref, now)
    except Invalid as error:
        return _page(request, ref, typed=request.POST, error=error)
    if DONE not in request.POST:
        return redirect(f"{reverse('calls:call', args=[ref])}#further")
    return _finished(request, ref, CallOutcome.ANSWERED, now)


def _record(request: StaffRequest, ref: str, now: datetime) -> None:
    asked = invited(ref, now=now)
    with translation.override(asked.language or None):
        said = answers_from(request.POST, asked.questions, asked.texts, earlier=asked.answers)
    hidden = hidden_values(asked.questions, asked.properties)
    given = Answer(
        said.score, said.comment, said.contact_consent, {**(said.answers or {}), **hidden} or None
    )
    effect = record_response(
        actor=request.actor, invitation_ref=ref, answer=given, now=now, source=Source.PHONE
    )
    if effect is Effect.REFUSED:
        raise Conflict(_("The survey takes no answer from this customer any more."))


@require_POST
@staff(Right.WORK_CASES)
def outcome(request: StaffRequest, ref: str) -> HttpResponse:
    chosen = request.POST.get("outcome", "")
    if chosen == "release":
        calling.release_call(actor=request.actor, ref=ref, now=timezone.now())
        return redirect("calls:index")
    if chosen not in CallOutcome.values or chosen == CallOutcome.ANSWERED:
        return _page(request, ref, error=Invalid(_("Choose how the call ended.")))
    return _finished(request, ref, CallOutcome(chosen), timezone.now())


def _finished(request: StaffRequest, ref: str, ended: CallOutcome, now: datetime) -> HttpResponse:
    try:
        zone = calls.clock_of(calls.call_by_ref(request.actor, ref), now).now.tzinfo
        at = call_back_at(request.POST.get("again_at", ""), zone)
        calling.finish_call(actor=request.actor, ref=ref, outcome=ended, now=now, again_at=at)
    except Invalid as error:
        return _page(request, ref, typed=request.POST, error=error)
    messages.success(request, _("Noted: %(outcome)s.") % {"outcome": ended.label})
    return redirect("calls:index")


def _page(
    request: StaffRequest,
    ref: str,
    *,
    typed: QueryDict | None = None,
    error: ExpectedError | None = None,
) -> HttpResponse:
    """The customer and the script; what was typed and not taken stands there again."""
    now = timezone.now()
    found = calls.call_by_ref(request.actor, ref)
    asked: Invited = invited(ref, now=now)
    clock = calls.clock_of(found, now)
    fields = error.fields if isinstance(error, Invalid) else {}
    told = {key: texts[0] for key, texts in fields.items() if texts}
    context = {
        "call": found,
        "customer": found.customer,
        "local_now": _as_read(clock.now),
        "quiet_until": _as_read(clock.quiet_until),
        "earlier": calls.earlier_calls(found),
        "script": script_of(asked, name=found.customer.name, typed=typed, errors=told),
        "scores": SCORES,
        "error": str(error) if error else "",
        "again_error": told.get("again_at", ""),
        "again_at": typed.get("again_at", "") if typed else "",
        "outcomes": CallOutcome,
        "now": now,
    }
    status = error.status if error else 200
    return render(request, "console/calls/call.html", context, status=status)


def _as_read(moment: datetime | None) -> datetime | None:
    """The customer's clock, which templates would turn into ours."""
    return moment.replace(tzinfo=None) if moment is not None else None
