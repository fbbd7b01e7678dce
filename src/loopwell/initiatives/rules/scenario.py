"""Which projects fit into a budget so that they give most together?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from loopwell.initiatives.rules.candidates import Candidate, Range
from loopwell.initiatives.rules.dependencies import with_needed
from loopwell.initiatives.rules.ranking import TAIL, draws

CENTS = 100


class Aim(StrEnum):
    """What shall become most?"""

    NPS = "nps"
    MONEY = "money"


class Why(StrEnum):
    """Why a project is not among those chosen."""

    NO_ROOM = "no_room"
    """Others give more for this budget."""
    UNKNOWN_GAIN = "unknown_gain"
    UNKNOWN_COST = "unknown_cost"
    BLOCKED = "blocked"
    """It needs one whose cost is not known, or that is not to be had."""


@dataclass(frozen=True)
class Scenario:
    """`chosen` fit the budget and give most; `gain` of all whose gain is known, 80 % range.

    `uncounted` were chosen because others need them though their own gain is not known.
    """

    aim: Aim
    budget: Decimal
    chosen: tuple[Candidate, ...]
    cost: Decimal
    gain: Range | None
    uncounted: tuple[Candidate, ...]
    left_out: tuple[tuple[Candidate, Why], ...]


def gain_of(candidate: Candidate, aim: Aim) -> Range | None:
    return candidate.nps if aim is Aim.NPS else candidate.money


def scenario(candidates: Sequence[Candidate], budget: Decimal, aim: Aim) -> Scenario:
    """An exact 0/1 knapsack with “this needs that”; gains are taken to add up.

    Costs count to the cent. `needs` that name none of the candidates block a project.
    """
    known = {each.id: each for each in candidates}
    usable = _usable(known)
    offered = _offered(usable, aim)
    chosen = _solve(offered, int(budget * CENTS), aim)
    taken = tuple(each for each in candidates if each.id in chosen)
    left = tuple(
        (each, _why(each, usable, offered)) for each in candidates if each.id not in chosen
    )
    return Scenario(
        aim=aim,
        budget=budget,
        chosen=taken,
        cost=Decimal(sum(_cents(each) for each in taken)) / CENTS,
        gain=_together(taken, aim),
        uncounted=tuple(each for each in taken if gain_of(each, aim) is None),
        left_out=left,
    )


def _usable(known: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Those whose cost is known, and that of all they need."""
    needs = {each.id: each.needs for each in known.values()}
    return {
        each.id: each
        for each in known.values()
        if all(pk in known and known[pk].cost is not None for pk in with_needed([each.id], needs))
    }


def _offered(usable: Mapping[int, Candidate], aim: Aim) -> list[Candidate]:
    """Those with a known gain, and what they need."""
    needs = {each.id: each.needs for each in usable.values()}
    wanted = [each.id for each in usable.values() if gain_of(each, aim) is not None]
    return [usable[pk] for pk in sorted(with_needed(wanted, needs))]


def _why(
    candidate: Candidate, usable: Mapping[int, Candidate], offered: Sequence[Candidate]
) -> Why:
    if candidate.cost is None:
        return Why.UNKNOWN_COST
    if candidate.id not in usable:
        return Why.BLOCKED
    return Why.NO_ROOM if candidate in offered else Why.UNKNOWN_GAIN


def _cents(candidate: Candidate) -> int:
    return round((candidate.cost or 0.0) * CENTS)


def _solve(offered: Sequence[Candidate], budget: int, aim: Aim) -> set[int]:
    """Ids of the best set. The solver's tolerance could pass the budget by a hair: then that
    very set is forbidden and the next best looked for."""
    if not offered:
        return set()
    from scipy.optimize import Bounds, LinearConstraint, milp

    at = {each.id: column for column, each in enumerate(offered)}
    gains = np.array([found.value if (found := gain_of(e, aim)) else 0.0 for e in offered])
    costs = np.array([_cents(each) for each in offered], dtype=float)
    rules = [LinearConstraint(costs, -np.inf, budget)]
    for each in offered:
        for pk in each.needs:
            row = np.zeros(len(offered))
            row[at[each.id]], row[at[pk]] = 1, -1
            rules.append(LinearConstraint(row, -np.inf, 0))
    while True:
        solved = milp(
            -gains,
            integrality=np.ones(len(offered), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=rules,
            options={"mip_rel_gap": 0.0},
        )
        if solved.x is None:
            raise RuntimeError(f"the solver found no set of projects: {solved.message}")
        chosen = solved.x > 0.5
        if sum(_cents(e) for e, taken in zip(offered, chosen, strict=True) if taken) <= budget:
            return {e.id for e, taken in zip(offered, chosen, strict=True) if taken}
        forbidden = np.where(chosen, 1.0, -1.0)
        rules.append(LinearConstraint(forbidden, -np.inf, float(chosen.sum() - 1)))


def _together(chosen: Sequence[Candidate], aim: Aim) -> Range | None:
    """The sum of what is known, and where 80 % of its draws lie."""
    found = [(each.id, gain) for each in chosen if (gain := gain_of(each, aim)) is not None]
    if len(found) < 2:
        return found[0][1] if found else None
    total = np.sum([draws(gain, pk) for pk, gain in found], axis=0)
    low, high = np.quantile(total, [TAIL, 1 - TAIL])
    return Range(sum(gain.value for _pk, gain in found), float(low), float(high))
