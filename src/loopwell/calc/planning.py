"""How many answers are needed for a wanted precision?"""

import math
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


def _at_least_one(answers: float) -> int:
    return max(1, math.ceil(answers - PSEUDO_ANSWERS))


def _check(points: float, variance: float) -> None:
    if points <= 0:
        raise ValueError(f"A margin or difference must be above 0 points, not {points}")
    if not 0 <= variance <= 1:
        raise ValueError(f"The variance of an answer lies between 0 and 1, not {variance}")
