"""Which teams hold huddles, who may lead them, and what did they agree on?"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.queries import in_order, unit_by_ref, visible_units
from loopwell.access.rules import Actor
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment, Huddle
from loopwell.kit.errors import NotFound


def teams(actor: Actor) -> list[tuple[Unit, int]]:
    """The units the actor sees, in order of the tree with their depth."""
    if not actor.may(Right.READ_ANSWERS):
        return []
    return in_order(visible_units(actor))


def team_by_ref(actor: Actor, ref: str) -> Unit:
    found = unit_by_ref(actor, ref)
    if not actor.within(Right.READ_ANSWERS).covers(found.path):
        raise NotFound(_("There is no such unit."))
    return found


def own_team(actor: Actor) -> Unit | None:
    """The unit somebody works in, if they see it."""
    return visible_units(actor).filter(employees=actor.user_id or 0).first()


def may_lead(actor: Actor, unit: Unit) -> bool:
    return actor.within(Right.COACH).covers(unit.path)


def huddle_of(unit: Unit, week: date) -> Huddle | None:
    return Huddle.objects.filter(unit=unit, week=week).select_related("held_by").first()


def held(unit: Unit, limit: int = 12) -> Sequence[Huddle]:
    rows = Huddle.objects.filter(unit=unit, held_at__isnull=False).select_related("held_by")
    return list(rows[:limit])


def members(unit: Unit) -> Sequence[User]:
    """Who can take a commitment: everybody of the team and of the teams below."""
    rows = User.objects.filter(unit__path__startswith=unit.path, is_active=True)
    return list(rows.order_by("name"))


def commitments(actor: Actor) -> QuerySet[Commitment]:
    """Of the units the actor sees, and their own."""
    if not actor.may(Right.READ_ANSWERS):
        return Commitment.objects.none()
    scope = actor.within(Right.READ_ANSWERS)
    rows = Commitment.objects.select_related("unit", "owner", "by")
    if scope.everything:
        return rows
    return rows.filter(scope.rows()) | rows.filter(owner_id=actor.user_id or 0)


def commitment_by_ref(actor: Actor, ref: str) -> Commitment:
    found = commitments(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such commitment."))
    return found


def open_commitments(actor: Actor) -> QuerySet[Commitment]:
    """The actor's own, due first; for the home page."""
    rows = Commitment.objects.filter(owner_id=actor.user_id or 0, state=CommitmentState.OPEN)
    return rows.select_related("unit")


def team_commitments(unit: Unit, week: date) -> tuple[Sequence[Commitment], Sequence[Commitment]]:
    """Those open now, oldest first, and those made or ended in this week that are not open."""
    rows = Commitment.objects.filter(unit=unit).select_related("owner")
    still = list(rows.filter(state=CommitmentState.OPEN, week__lte=week).order_by("week", "id"))
    ended = rows.exclude(state=CommitmentState.OPEN).filter(
        week__lte=week, ended_at__date__gte=week
    )
    return still, list(ended.order_by("ended_at"))


def weeks_carried(commitment: Commitment, week: date) -> int:
    """How many weeks ago it was made."""
    return max((week - commitment.week).days // 7, 0)
