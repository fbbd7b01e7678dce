"""Staff pages: milestones, tasks, links and roll-outs, each done, opened again or removed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import unit_by_ref
from loopwell.console.door import StaffRequest, staff
from loopwell.initiatives.operations import planning, raising, rolling_out, talking
from loopwell.initiatives.queries import parts
from loopwell.initiatives.queries.seeing import initiative_by_ref
from loopwell.kit.errors import Conflict, NotFound

MILESTONE: Mapping[str, Callable[..., object]] = {
    "done": planning.finish_milestone,
    "open": planning.open_milestone,
    "remove": planning.remove_milestone,
}
TASK: Mapping[str, Callable[..., object]] = {
    "done": planning.finish_task,
    "open": planning.open_task,
    "remove": planning.remove_task,
}


@require_POST
@staff(Right.READ_ANSWERS)
def milestone(request: StaffRequest, ref: str, part: str, verb: str) -> HttpResponse:
    found = parts.milestone_by_ref(request.actor, part)
    return _do(request, ref, _verb(MILESTONE, verb), milestone=found)


@require_POST
@staff(Right.READ_ANSWERS)
def task(request: StaffRequest, ref: str, part: str, verb: str) -> HttpResponse:
    found = parts.task_by_ref(request.actor, part)
    return _do(request, ref, _verb(TASK, verb), task=found)


@require_POST
@staff(Right.READ_ANSWERS)
def unlink(request: StaffRequest, ref: str, part: str) -> HttpResponse:
    found = parts.link_by_ref(request.actor, part)
    return _do(request, ref, talking.remove_link, link=found)


@require_POST
@staff(Right.READ_ANSWERS)
def take_out(request: StaffRequest, ref: str, part: str) -> HttpResponse:
    found = parts.raised_by_ref(request.actor, part)
    return _do(request, ref, raising.take_out, raised=found)


@require_POST
@staff(Right.READ_ANSWERS)
def stop_roll_out(request: StaffRequest, ref: str, part: str) -> HttpResponse:
    """`part` is the unit's reference."""
    found = initiative_by_ref(request.actor, ref)
    unit = unit_by_ref(request.actor, part)
    return _do(request, ref, rolling_out.stop_roll_out, initiative=found, unit=unit)


def _verb(known: Mapping[str, Callable[..., object]], verb: str) -> Callable[..., object]:
    if verb not in known:
        raise NotFound(_("There is no such page."))
    return known[verb]


def _do(
    request: StaffRequest, ref: str, operation: Callable[..., object], **about: Any
) -> HttpResponse:
    try:
        operation(actor=request.actor, now=timezone.now(), **about)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("initiatives:initiative", ref)
