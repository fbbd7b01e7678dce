"""Staff pages: what can be done on the page of one initiative?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import unit_by_ref
from loopwell.access.rules import Actor
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives.one import form_for, initiative_page
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.initiatives.enums import State
from loopwell.initiatives.operations import moving, planning, rolling_out, talking
from loopwell.initiatives.queries.seeing import initiative_by_ref
from loopwell.kit.errors import Conflict, Invalid, NotFound

Said = dict[str, Any]


@require_POST
@staff(Right.READ_ANSWERS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Where it does not fit any more, the page says why."""
    actor, now = request.actor, timezone.now()
    found = initiative_by_ref(actor, ref)
    if verb == "disagree":
        return _tried(
            request, ref, lambda: moving.withdraw_agreement(actor=actor, now=now, initiative=found)
        )
    if verb not in DOING:
        raise NotFound(_("There is no such page."))
    form = form_for(actor, found, verb, request.POST)
    if not form.is_valid():
        return initiative_page(request, ref, forms={verb: form}, status=422)
    typed = request.POST.get("version", "")
    said = {
        **form.cleaned_data,
        "version": int(typed) if typed.isdecimal() and len(typed) < 10 else 0,
        "state": request.POST.get("state", ""),
    }
    try:
        DOING[verb](actor, now, found, said)
    except Invalid as error:
        blame(form, error)
        return initiative_page(request, ref, forms={verb: form}, status=error.status)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("initiatives:initiative", ref)


def _tried(request: StaffRequest, ref: str, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("initiatives:initiative", ref)


def _move(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    if said["state"] not in State.values:
        raise Invalid(_("Choose what happens next."))
    moving.move_initiative(
        actor=actor, now=now, initiative=found, version=said["version"],
        state=State(said["state"]), note=said["note"],
    )  # fmt: skip


def _agree(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    moving.agree_money(
        actor=actor, now=now, initiative=found, version=said["version"], note=said["note"]
    )


def _milestone(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    planning.add_milestone(
        actor=actor, now=now, initiative=found, title=said["title"], due_on=said["due_on"]
    )


def _task(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    owner = can_take_work(actor).filter(ref=said["owner"]).first() if said["owner"] else None
    planning.add_task(
        actor=actor, now=now, initiative=found, what=said["what"], function=said["function"],
        owner=owner, due_on=said["due_on"],
    )  # fmt: skip


def _roll_out(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    unit = unit_by_ref(actor, said["unit"])
    rolling_out.roll_out(actor=actor, now=now, initiative=found, unit=unit, on=said["on"])


def _compare(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    units = [unit_by_ref(actor, ref) for ref in said["units"]]
    rolling_out.compare_with(actor=actor, now=now, initiative=found, units=units)


def _depend(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    others = [initiative_by_ref(actor, ref) for ref in said["others"]]
    rolling_out.depend_on(actor=actor, now=now, initiative=found, others=others)


def _comment(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    talking.write_comment(actor=actor, now=now, initiative=found, text=said["text"])


def _link(actor: Actor, now: datetime, found: Any, said: Said) -> None:
    talking.add_link(actor=actor, now=now, initiative=found, title=said["title"], url=said["url"])


DOING: dict[str, Callable[[Actor, datetime, Any, Said], None]] = {
    "move": _move,
    "agree": _agree,
    "milestone": _milestone,
    "task": _task,
    "roll_out": _roll_out,
    "compare": _compare,
    "depend": _depend,
    "comment": _comment,
    "link": _link,
}
