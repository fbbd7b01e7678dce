"""Which initiatives does somebody list, by state, owner, problem, and what is late?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.initiatives.enums import State
from loopwell.initiatives.models import Initiative, Milestone, RollOut, Task
from loopwell.initiatives.queries.seeing import visible_to
from loopwell.initiatives.rules.states import AT_WORK, OPEN
from loopwell.themes.models import Theme


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty is everything. `theme` is a slug, `owner` a reference."""

    states: tuple[State, ...] = ()
    owner: str = ""
    theme: str = ""
    late: bool = False


def listed(actor: Actor, wanted: Wanted, today: date) -> QuerySet[Initiative]:
    """With themes and units, and how many parts are late; what is due first comes first."""
    rows = visible_to(actor)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.owner:
        rows = rows.filter(owner__ref=wanted.owner)
    if wanted.theme:
        rows = rows.filter(themes__slug=wanted.theme)
    if wanted.late:
        rows = rows.filter(is_late(today))
    rows = rows.prefetch_related("themes", "units").annotate(
        late_milestones=Count("milestones", filter=late_part("milestones__", today), distinct=True),
        late_tasks=Count("tasks", filter=late_part("tasks__", today), distinct=True),
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "-pk")


def late_part(prefix: str, today: date) -> Q:
    return Q(**{f"{prefix}due_on__lt": today, f"{prefix}done_at": None})


def is_late(today: date) -> Q:
    """Being worked on, and it or a part of it should be done by now."""
    part = late_part("", today) & Q(initiative=OuterRef("pk"))
    own = Q(due_on__lt=today)
    parts = Exists(Milestone.objects.filter(part)) | Exists(Task.objects.filter(part))
    return Q(state__in=AT_WORK) & (own | parts)


def late_count(actor: Actor, today: date) -> int:
    return visible_to(actor).filter(is_late(today)).count()


def counts(actor: Actor) -> dict[str, int]:
    """By state."""
    rows = visible_to(actor).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def owners(actor: Actor) -> Sequence[User]:
    """Who owns one that the actor sees."""
    mine = visible_to(actor).order_by().values("owner")
    return list(User.objects.filter(pk__in=mine).order_by("name", "pk"))


def themes(actor: Actor) -> Sequence[Theme]:
    mine = visible_to(actor).values("pk")
    return list(Theme.objects.filter(initiatives__in=mine).distinct().order_by("position"))


def open_for(actor: Actor, theme_ids: Iterable[int]) -> Mapping[int, Sequence[Initiative]]:
    """By theme those not yet done or stopped, for the pain map; the first begun comes first."""
    rows = visible_to(actor).filter(state__in=OPEN, themes__in=list(theme_ids))
    found: dict[int, list[Initiative]] = {}
    for pk, row in ((each.theme_pk, each) for each in rows.annotate(theme_pk=F("themes"))
                    .order_by("state_at", "pk")):  # fmt: skip
        found.setdefault(pk, []).append(row)
    return found


@dataclass(frozen=True)
class Dates:
    """What stands on the timeline of one initiative."""

    milestones: Sequence[Milestone]
    roll_outs: Sequence[RollOut]


def dates_of(rows: Iterable[Initiative]) -> Mapping[int, Dates]:
    """By id; two queries, however many there are."""
    ids = [row.pk for row in rows]
    milestones: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.filter(initiative__in=ids):
        milestones.setdefault(milestone.initiative_id, []).append(milestone)
    outs: dict[int, list[RollOut]] = {}
    for out in RollOut.objects.filter(initiative__in=ids).select_related("unit"):
        outs.setdefault(out.initiative_id, []).append(out)
    return {pk: Dates(milestones.get(pk, []), outs.get(pk, [])) for pk in ids}
