"""Which target would each unit below get, if the one above is handed down?"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor
from loopwell.calc.shrinkage import shrunk
from loopwell.insights.asking import Row
from loopwell.insights.metrics import counts_of
from loopwell.kit.errors import Conflict
from loopwell.targets.enums import Period
from loopwell.targets.models import Target
from loopwell.targets.operations.aiming import check_place
from loopwell.targets.queries.aims import company_unit
from loopwell.targets.queries.standing import filters_of, rows_by_place
from loopwell.targets.rules import Stretch, before


class HandDown(StrEnum):
    """How a target is shared out."""

    SAME = "same"
    """Each unit gets the same value."""
    SAME_STEP = "same_step"
    """Each unit improves by as much as the whole has to."""


@dataclass(frozen=True)
class Proposal:
    """One unit's value; `last` is how it did in the stretch before, `start` the best guess of
    where it stands, drawn towards the mean where few answered. `weight` is its share of answers.
    """

    unit: Unit
    value: float
    last: Row | None
    start: float
    weight: float


@dataclass(frozen=True)
class Proposed:
    """All of them, and what they come to together, weighed by answers: the target above is met
    when each unit meets its own only where `together` reaches it."""

    target: Target
    rows: tuple[Proposal, ...]
    together: float | None


def propose(*, actor: Actor, target: Target, how: HandDown) -> Proposed:
    """For the units one level below the target's own, where the actor sets that too; nothing is
    saved."""
    check_place(actor, target.unit)
    units = _below(actor, target)
    if not units:
        raise Conflict(_("There is no unit below to hand this target down to."))
    stretch = before(Period(target.period), Stretch(target.start, target.end))
    rows = rows_by_place(actor, target.metric, filters_of(target, stretch))
    starts = _starts(target, units, rows)
    whole = rows.get(_place(target))
    step = target.value - whole.value if whole is not None and whole.value is not None else 0.0
    answers = sum(rows[u.path].n for u in units if u.path in rows)
    found = tuple(
        Proposal(
            unit,
            round(target.value if how is HandDown.SAME else start + step, 1),
            rows.get(unit.path),
            start,
            rows[unit.path].n / answers if answers and unit.path in rows else 0.0,
        )
        for unit, start in zip(units, starts, strict=True)
    )
    together = sum(row.weight * row.value for row in found) if answers else None
    return Proposed(target, found, together)


def _below(actor: Actor, target: Target) -> list[Unit]:
    above = target.unit or company_unit()
    mine = units_within(actor.within(Right.SET_TARGETS))
    return list(mine.filter(parent=above).order_by("name")) if above else []


def _starts(target: Target, units: list[Unit], rows: dict[str, Row]) -> list[float]:
    """Where each unit stands: shrunk scores for NPS, else the plain value or that of the whole."""
    if target.metric == "nps":
        empty = {"n": 0.0, "promoters": 0.0, "detractors": 0.0}
        return shrunk([counts_of(rows[u.path].stats if u.path in rows else empty) for u in units])
    whole = rows.get(_place(target))
    usual = whole.value if whole is not None and whole.value is not None else target.value
    values = (rows[u.path].value if u.path in rows else None for u in units)
    return [usual if value is None else value for value in values]


def _place(target: Target) -> str:
    return target.unit.path if target.unit and target.unit.parent_id else ""
