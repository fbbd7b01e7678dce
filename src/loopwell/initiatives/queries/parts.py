"""What belongs to one initiative, and where is it rolled out since when?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.initiatives.models import (
    Comment,
    Decision,
    Initiative,
    Link,
    Milestone,
    Raised,
    RollOut,
    StateChange,
    Task,
)
from loopwell.initiatives.queries.seeing import visible_to
from loopwell.initiatives.rules.spread import Place, Spread, spread
from loopwell.kit.errors import NotFound
from loopwell.themes.models import Theme

_Part = TypeVar("_Part", Milestone, Task, Link, Raised)


@dataclass(frozen=True)
class Whole:
    """One initiative with everything on its page."""

    initiative: Initiative
    themes: Sequence[Theme]
    units: Sequence[Unit]
    comparison: Sequence[Unit]
    milestones: Sequence[Milestone]
    tasks: Sequence[Task]
    roll_outs: Sequence[RollOut]
    comments: Sequence[Comment]
    links: Sequence[Link]
    changes: Sequence[StateChange]
    needs: Sequence[Initiative]
    needed_by: Sequence[Initiative]
    decisions: Sequence[Decision]


def whole(actor: Actor, initiative: Initiative) -> Whole:
    """Others that it needs are shown as far as the actor sees them."""
    seen = visible_to(actor)
    return Whole(
        initiative=initiative,
        themes=list(initiative.themes.select_related("parent")),
        units=list(initiative.units.select_related("parent")),
        comparison=list(initiative.comparison.select_related("parent")),
        milestones=list(initiative.milestones.select_related("done_by")),
        tasks=list(initiative.tasks.select_related("owner", "done_by")),
        roll_outs=list(initiative.roll_outs.select_related("unit__parent", "by")),
        comments=list(initiative.comments.select_related("by")),
        links=list(initiative.links.all()),
        changes=list(initiative.changes.select_related("by")),
        needs=list(seen.filter(needed_by=initiative)),
        needed_by=list(seen.filter(depends_on=initiative)),
        decisions=list(initiative.decisions.select_related("by")),
    )


def spread_of(initiative: Initiative) -> Spread:
    """By unit id: treated since when, and compared with; for measuring the effect."""
    places = [Place(pk, path) for pk, path in Unit.objects.values_list("pk", "path")]
    return spread(
        places,
        dict(initiative.roll_outs.values_list("unit_id", "on")),
        meant_for=list(initiative.units.values_list("path", flat=True)),
        compared_with=list(initiative.comparison.values_list("path", flat=True)),
    )


def milestone_by_ref(actor: Actor, ref: str) -> Milestone:
    return _found(_part(Milestone.objects.all(), actor, ref))


def task_by_ref(actor: Actor, ref: str) -> Task:
    return _found(_part(Task.objects.all(), actor, ref))


def link_by_ref(actor: Actor, ref: str) -> Link:
    return _found(_part(Link.objects.all(), actor, ref))


def raised_by_ref(actor: Actor, ref: str) -> Raised:
    return _found(_part(Raised.objects.all(), actor, ref))


def _part(rows: QuerySet[_Part], actor: Actor, ref: str) -> _Part | None:
    mine = visible_to(actor).values("pk")
    return rows.filter(ref=ref, initiative__in=mine).select_related("initiative").first()


def _found(part: _Part | None) -> _Part:
    if part is None:
        raise NotFound(_("There is no such part of an initiative."))
    return part
