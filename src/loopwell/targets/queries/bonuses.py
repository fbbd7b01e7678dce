"""What does a plan pay to whom, and by which numbers?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.rules import Actor, require
from loopwell.insights.asking import Filters, Row
from loopwell.insights.metrics import metric_by_slug
from loopwell.kit.errors import NotFound
from loopwell.targets.enums import Period, WithinMargin
from loopwell.targets.models import BonusPlan, Target
from loopwell.targets.queries.aims import company_unit, nearest_targets, units_to_aim_for
from loopwell.targets.queries.past import Aimed, aimed_on
from loopwell.targets.queries.standing import rows_by_place
from loopwell.targets.rules import (
    Outcome,
    Step,
    Stretch,
    before,
    counted,
    outcome,
    paid,
    stretch_of,
)


@dataclass(frozen=True)
class Effect:
    """One unit under one plan: `pays` percent of the part that depends on it, which is `share`
    percent of pay; None where there is no target or no number. `aimed` is what the target was when
    the stretch ended; `people` are whom it concerns.
    """

    unit: Unit
    target: Target | None
    aimed: Aimed | None
    row: Row | None
    outcome: Outcome
    counted: float | None
    pays: float | None
    people: tuple[User, ...]


def bonus_plans(actor: Actor) -> QuerySet[BonusPlan]:
    """Only those who set targets see what hangs on them."""
    require(actor, Right.SET_TARGETS)
    return BonusPlan.objects.filter(retired_at=None)


def plan_by_ref(actor: Actor, ref: str) -> BonusPlan:
    found = bonus_plans(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such plan."))
    return found


def steps_of(plan: BonusPlan) -> list[Step]:
    return [Step(float(against), float(pays)) for against, pays in plan.steps]


def effects(actor: Actor, plan: BonusPlan, stretch: Stretch) -> list[Effect]:
    """For each unit of the actor's with people the plan concerns, by name of the unit.

    The target is the unit's own, else the nearest above; the number is that of the unit with
    all below it.
    """
    people = _people(actor, plan)
    units = sorted((unit for unit in people), key=lambda unit: unit.name.casefold())
    targets = Target.objects.filter(
        metric=plan.metric, start=stretch.start, end=stretch.end, kind="", channel="", touchpoint=""
    ).select_related("unit")
    aimed = aimed_on(targets, stretch.end)
    nearest = nearest_targets(targets, units, company_unit())
    rows = rows_by_place(actor, plan.metric, Filters(start=stretch.start, end=stretch.end))
    return [
        _effect(plan, unit, nearest.get(unit.pk), aimed, rows.get(unit.path), people[unit])
        for unit in units
    ]


def _effect(
    plan: BonusPlan,
    unit: Unit,
    target: Target | None,
    known: Mapping[int, Aimed],
    row: Row | None,
    people: Sequence[User],
) -> Effect:
    aimed = known[target.pk] if target else None
    if aimed is None or row is None or row.value is None:
        return Effect(unit, target, aimed, row, Outcome.UNKNOWN, None, None, tuple(people))
    higher = metric_by_slug(plan.metric).higher_is_better
    found = outcome(row.value, row.low, row.high, aimed.value, higher_is_better=higher)
    distance = row.value - aimed.value if higher else aimed.value - row.value
    judged = counted(distance, found, WithinMargin(plan.within_margin))
    pays = paid(judged, steps_of(plan))
    return Effect(unit, target, aimed, row, found, judged, pays, tuple(people))


def _people(actor: Actor, plan: BonusPlan) -> dict[Unit, list[User]]:
    """By the unit in which they have the plan's role; everybody who works there without one."""
    mine = {unit.pk: unit for unit in units_to_aim_for(actor)}
    found: dict[Unit, list[User]] = {}
    if plan.role:
        rows = Membership.objects.filter(
            role=Role(plan.role), user__is_active=True, unit_id__in=mine
        )
        for membership in rows.select_related("user").order_by("user__name", "pk"):
            found.setdefault(mine[membership.unit_id], []).append(membership.user)
        return found
    for user in User.objects.filter(is_active=True, unit_id__in=mine).order_by("name", "pk"):
        if user.unit_id is not None:
            found.setdefault(mine[user.unit_id], []).append(user)
    return found


def last_stretch(plan: BonusPlan, today: date) -> Stretch:
    """The last one of the plan's period that is over."""
    period = Period(plan.period)
    return before(period, stretch_of(period, today))
