"""What is known of each project that wants to be done: effect, money, cost, what it needs?"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Range:
    """An expected value and the range thought possible: read as the middle 80 %.

    `low` equal to `high` is a value somebody is sure of.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Candidate:
    """One project; what is not known is None, never 0.

    `nps` in points, `money` a year, `cost` once, `people` in full-time equivalents. `competes`:
    it fixes no problem and is compared by its money alone. `needs` are ids it cannot do without.
    """

    id: int
    nps: Range | None = None
    money: Range | None = None
    cost: float | None = None
    people: float | None = None
    competes: bool = False
    needs: frozenset[int] = frozenset()


class By(StrEnum):
    """What is a project ranked by?"""

    NPS_PER_COST = "nps_per_cost"
    MONEY_PER_COST = "money_per_cost"
    NPS_PER_EFFORT = "nps_per_effort"


class Missing(StrEnum):
    """Why a project has no place in a ranking."""

    EFFECT = "effect"
    MONEY = "money"
    COST = "cost"
    PEOPLE = "people"


def missing(candidate: Candidate, by: By) -> tuple[Missing, ...]:
    """What would have to be known; nothing where it can be ranked. A cost of 0 cannot divide."""
    found = []
    if by is By.MONEY_PER_COST:
        found += [Missing.MONEY] if candidate.money is None else []
    elif candidate.nps is None:
        found.append(Missing.EFFECT)
    divided = candidate.people if by is By.NPS_PER_EFFORT else candidate.cost
    if not divided:
        found.append(Missing.PEOPLE if by is By.NPS_PER_EFFORT else Missing.COST)
    return tuple(found)


def expected(candidate: Candidate, by: By) -> Range:
    """What is gained; only where `missing` finds nothing."""
    found = candidate.money if by is By.MONEY_PER_COST else candidate.nps
    assert found is not None  # noqa: S101 `missing` was asked
    return found


def divisor(candidate: Candidate, by: By) -> float:
    found = candidate.people if by is By.NPS_PER_EFFORT else candidate.cost
    assert found  # noqa: S101 `missing` was asked
    return found
