"""Staff pages: what can be done with an issue?"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.issues.raising import about
from loopwell.console.issues.views import form_for, issue_page
from loopwell.huddles.operations import answering, issues
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.huddles.queries.issues import issue_by_ref
from loopwell.kit.errors import Conflict, Invalid, NotFound

SAYING: dict[str, Callable[..., Any]] = {
    "answer": answering.answer_issue,
    "ask": answering.ask_back,
    "reply": answering.reply,
    "reopen": answering.reopen,
}


@require_POST
@staff(Right.READ_ANSWERS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Where it does not fit any more, the page says why."""
    actor, now = request.actor, timezone.now()
    found = issue_by_ref(actor, ref)
    if verb == "support":
        shown = about(actor, request.POST).shown
        return _try(request, ref, lambda: issues.support_issue(
            actor=actor, now=now, issue=found, shown=shown
        ), _("You will be told when there is an answer."))  # fmt: skip
    if verb == "leave":
        return _try(request, ref, lambda: issues.stop_supporting(
            actor=actor, now=now, issue=found
        ), _("You no longer support this issue."), leaves=True)  # fmt: skip
    if verb not in ("accept", "join", *SAYING):
        raise NotFound(_("There is no such page."))
    form = form_for(actor, found, verb, request.POST)
    if not form.is_valid():
        return issue_page(request, ref, forms={verb: form}, status=422)
    try:
        _do(actor, now, found, verb, form.cleaned_data)
    except Invalid as error:
        blame(form, error)
        return issue_page(request, ref, forms={verb: form}, status=error.status)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _done(verb))
    return redirect("issues:issue", ref)


def _do(actor: Actor, now: Any, found: Any, verb: str, said: dict[str, Any]) -> None:
    if verb == "accept":
        owner = can_take_work(actor).filter(ref=said["owner"]).first() if said["owner"] else None
        work = answering.Work(said["work"], owner, said["due_on"])
        answering.accept_issue(actor=actor, now=now, issue=found, work=work)
    elif verb == "join":
        first = issue_by_ref(actor, said["first"])
        answering.join_issue(actor=actor, now=now, issue=found, first=first)
    else:
        SAYING[verb](actor=actor, now=now, issue=found, text=said["text"])


def _done(verb: str) -> str:
    return {
        "accept": _("In work. Those who raised it are told."),
        "answer": _("Answered. Those who raised it are told."),
        "ask": _("Asked. Those who raised it are told."),
        "join": _("Joined: what shows it and who has it went to the first."),
        "reply": _("Your reply is on its way to the office."),
        "reopen": _("Opened again. The office is told."),
    }[verb]


def _try(
    request: StaffRequest, ref: str, do: Callable[[], Any], done: str, leaves: bool = False
) -> HttpResponse:
    """Whoever leaves an issue may not see it any more."""
    try:
        do()
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
        if leaves:
            return redirect("issues:list")
    return redirect("issues:issue", ref)
