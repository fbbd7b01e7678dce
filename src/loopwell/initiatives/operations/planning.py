"""How are milestones and tasks planned, done and taken back?"""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.initiatives.models import Initiative, Milestone, Task
from loopwell.initiatives.operations.claiming import locked, locked_to_work, refuse, tell
from loopwell.initiatives.queries.seeing import may_work_on
from loopwell.kit.errors import Conflict, Forbidden, NotFound

Part = TypeVar("Part", Milestone, Task)


@transaction.atomic
def add_milestone(
    *, actor: Actor, now: datetime, initiative: Initiative, title: str, due_on: date
) -> Milestone:
    row = locked_to_work(actor, initiative)
    if not title.strip():
        refuse({"title": [_("Say what will be reached.")]})
    made = Milestone.objects.create(initiative=row, title=title.strip()[:200], due_on=due_on)
    tell(actor, now, row, "milestone_added", milestone=made.pk)
    return made


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    now: datetime,
    initiative: Initiative,
    what: str,
    function: str = "",
    owner: User | None = None,
    due_on: date | None = None,
) -> Task:
    """Its owner is told."""
    row = locked_to_work(actor, initiative)
    fields = {}
    if not what.strip():
        fields["what"] = [_("Say what is to be done.")]
    if owner is not None and not can_take_work(actor).filter(pk=owner.pk).exists():
        fields["owner"] = [_("Choose somebody who leads or works in a function here.")]
    if owner is None and not function.strip():
        fields["function"] = [_("Say which function or who does it.")]
    refuse(fields)
    made = Task.objects.create(
        initiative=row, what=what.strip()[:300], function=function.strip()[:100], owner=owner,
        due_on=due_on,
    )  # fmt: skip
    tell(actor, now, row, "task_given", [made.owner_id], task=made.what)
    return made


@transaction.atomic
def finish_milestone(*, actor: Actor, now: datetime, milestone: Milestone) -> Milestone:
    row = locked_to_work(actor, milestone.initiative)
    part = _part(Milestone, milestone)
    _finish(actor, now, part)
    tell(actor, now, row, "milestone_done", [row.owner_id], milestone=part.pk)
    return part


@transaction.atomic
def finish_task(*, actor: Actor, now: datetime, task: Task) -> Task:
    """Also by the one whose task it is."""
    row = locked(actor, task.initiative)
    part = _part(Task, task)
    _check_task(actor, row, part)
    _finish(actor, now, part)
    tell(actor, now, row, "task_done", [row.owner_id], task=part.what)
    return part


@transaction.atomic
def open_milestone(*, actor: Actor, now: datetime, milestone: Milestone) -> Milestone:
    """Not reached after all."""
    row = locked_to_work(actor, milestone.initiative)
    part = _part(Milestone, milestone)
    _open(part)
    tell(actor, now, row, "milestone_opened", milestone=part.pk)
    return part


@transaction.atomic
def open_task(*, actor: Actor, now: datetime, task: Task) -> Task:
    """Not done after all."""
    row = locked(actor, task.initiative)
    part = _part(Task, task)
    _check_task(actor, row, part)
    _open(part)
    tell(actor, now, row, "task_opened", task=part.what)
    return part


@transaction.atomic
def remove_milestone(*, actor: Actor, now: datetime, milestone: Milestone) -> None:
    row = locked_to_work(actor, milestone.initiative)
    part = _part(Milestone, milestone)
    tell(actor, now, row, "milestone_removed", was=part.title)
    part.delete()


@transaction.atomic
def remove_task(*, actor: Actor, now: datetime, task: Task) -> None:
    row = locked_to_work(actor, task.initiative)
    part = _part(Task, task)
    tell(actor, now, row, "task_removed", was=part.what)
    part.delete()


def _part(model: type[Part], part: Part) -> Part:
    """As it is now: its initiative is locked."""
    found = model._default_manager.filter(pk=part.pk).first()
    if found is None:
        raise NotFound(_("Somebody removed it meanwhile."))
    return found


def _check_task(actor: Actor, initiative: Initiative, task: Task) -> None:
    mine = task.owner_id is not None and task.owner_id == actor.user_id
    if not mine and not may_work_on(actor, initiative):
        raise Forbidden(_("This is somebody else's task."))


def _finish(actor: Actor, now: datetime, part: Milestone | Task) -> None:
    if part.done_at is not None:
        raise Conflict(_("That is done already."))
    part.done_at, part.done_by_id = now, actor.user_id
    part.save(update_fields=["done_at", "done_by"])


def _open(part: Milestone | Task) -> None:
    if part.done_at is None:
        raise Conflict(_("That is open already."))
    part.done_at, part.done_by = None, None
    part.save(update_fields=["done_at", "done_by"])
