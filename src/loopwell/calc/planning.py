"""How many answers, and so how many invitations and days, does a wanted precision need?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from loopwell.calc.nps import POINTS, PSEUDO_OUTER, PSEUDO_PASSIVE, critical

PSEUDO_ANSWERS = 2 * PSEUDO_OUTER + PSEUDO_PASSIVE


def answers_for_margin(margin: float, variance: float, confidence: float = 0.95) -> int:
    """Answers for an interval of ± ``margin`` points: n = σ²z²/m² − 3, at least 1.

    ``variance`` is that of one answer coded −1, 0, +1 (``nps.variance``: .61 for 20/30/50); the
    3 are the imaginary answers of the adjusted Wald interval.
    """
    _check(margin, variance)
    return _at_least_one(variance * (critical(confidence) * POINTS / margin) ** 2)


def answers_to_tell_apart(
    difference: float, variance: float, *, confidence: float = 0.95, power: float = 0.8
) -> int:
    """Answers in *each* of two groups to see a true gap of ``difference`` points.

    The test at 1 − ``confidence`` finds it with probability ``power``; both groups are taken to
    have the same ``variance`` (see ``answers_for_margin``): n = 2σ²(z₁₋α⁄₂ + z_power)²/δ² − 3.
    """
    _check(difference, variance)
    if not 0 < power < 1:
        raise ValueError(f"Power must lie between 0 and 1, not {power}")
    reach = critical(confidence) + NormalDist().inv_cdf(power)
    return _at_least_one(2 * variance * (reach * POINTS / difference) ** 2)


def difference_to_see(
    answers: int, variance: float, *, confidence: float = 0.95, power: float = 0.8
) -> float:
    """The smallest true gap in points between two groups of `answers` each that the test finds
    with probability ``power``: the inverse of ``answers_to_tell_apart``."""
    _check(1, variance)
    if answers < 1:
        raise ValueError(f"It takes at least one answer, not {answers}")
    reach = critical(confidence) + NormalDist().inv_cdf(power)
    return POINTS * reach * math.sqrt(2 * variance / (answers + PSEUDO_ANSWERS))


def from_population(answers: int, population: int) -> int:
    """Answers needed when there are only ``population`` customers: n / (1 + (n − 1) / N).

    The finite population correction (Cochran, Sampling Techniques, 3rd ed. 1977, §4.4), with n
    the answers an endless population would need.
    """
    if population < 1:
        raise ValueError(f"A population has at least one customer, not {population}")
    return min(population, math.ceil(answers / (1 + (answers - 1) / population)))


@dataclass(frozen=True, slots=True)
class Span:
    """An expected number and between which it lies with the confidence asked for."""

    expected: int
    low: int
    high: int


def invitations_for(answers: int, rate: float, low: float, high: float) -> Span:
    """Invitations for ``answers`` at an expected response rate (a share) and its interval: the
    higher rate needs the fewest."""
    if not 0 < low <= rate <= high <= 1:
        raise ValueError(f"Response rates must rise between 0 and 1: {low}, {rate}, {high}")
    return Span(*(math.ceil(answers / share) for share in (rate, high, low)))


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many to take of each stratum, and how many of its share each could not give."""

    take: dict[str, int]
    short: dict[str, int]


def allocate(total: int, sizes: Mapping[str, int], free: Mapping[str, int]) -> Allocation:
    """A sample of ``total`` in proportion to ``sizes``, by the largest remainder.

    No stratum gives more than it has ``free``; what one lacks is taken from the others, again in
    proportion, as long as they have. Ties go to the name that comes first.
    """
    take = dict.fromkeys(sizes, 0)
    left = min(total, sum(free.get(name, 0) for name in sizes))
    fair = _shared(min(total, sum(sizes.values())), sizes)
    short = {name: max(fair[name] - free.get(name, 0), 0) for name in sizes}
    while left > 0:
        open_ones = {n: size for n, size in sizes.items() if size and take[n] < free.get(n, 0)}
        for name, share in _shared(left, open_ones).items():
            take[name] += min(share, free.get(name, 0) - take[name])
        left = min(total, sum(free.get(n, 0) for n in sizes)) - sum(take.values())
    return Allocation(take, short)


def _shared(total: int, sizes: Mapping[str, int]) -> dict[str, int]:
    everybody = sum(sizes.values())
    if not everybody:
        return dict.fromkeys(sizes, 0)
    found = {name: total * size // everybody for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda name: (-(total * sizes[name] % everybody), name))
    for name in by_remainder[: total - sum(found.values())]:
        found[name] += 1
    return found


def _at_least_one(answers: float) -> int:
    return max(1, math.ceil(answers - PSEUDO_ANSWERS))


def _check(points: float, variance: float) -> None:
    if points <= 0:
        raise ValueError(f"A margin or difference must be above 0 points, not {points}")
    if not 0 <= variance <= 1:
        raise ValueError(f"The variance of an answer lies between 0 and 1, not {variance}")
