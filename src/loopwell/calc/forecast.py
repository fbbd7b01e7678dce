"""Where will the period end, how likely is the target, and how many answers are still needed?"""

import math
from statistics import NormalDist

from loopwell.calc.nps import (
    POINTS,
    PSEUDO_OUTER,
    PSEUDO_PASSIVE,
    Counts,
    Estimate,
    NoAnswers,
    critical,
    nps,
    standard_error,
    variance,
)
from loopwell.calc.planning import answers_for_margin


def forecast(so_far: Counts, expected_more: float, confidence: float = 0.95) -> Estimate:
    """The score the period will end with, in points, with its prediction interval, cut at ±100.

    The n answers so far stay; m = ``expected_more`` will come from the same customers. Their score
    is not known (adjusted Wald variance) and is luck besides (σ²/m); both weigh m/(n + m), which
    makes the variance se²·m/(n + m). The value is the score so far; the interval lies around what
    is likely once the m are taken to come from the adjusted mix, which matters below some 30
    answers, and is stretched to hold the value. Estimate.n is the number expected in the end.
    Raises NoAnswers when nobody has answered yet.
    """
    value = nps(so_far)
    if value is None:
        raise NoAnswers("Nothing can be forecast before the first answer")
    reach = critical(confidence) * _error(so_far, expected_more)
    middle = _likely(so_far, expected_more)
    low, high = max(middle - reach, -POINTS), min(middle + reach, POINTS)
    n = round(so_far.n + expected_more)
    return Estimate(value, min(low, value), max(high, value), n)


def probability_of(target: float, so_far: Counts, expected_more: float) -> float:
    """The chance, 0 to 1, that the period ends at or above ``target`` points; see ``forecast``."""
    if so_far.n == 0:
        raise NoAnswers("Nothing can be forecast before the first answer")
    error, likely = _error(so_far, expected_more), _likely(so_far, expected_more)
    if error == 0:
        return 1.0 if likely >= target else 0.0
    return NormalDist().cdf((likely - target) / error)


def still_needed(
    so_far: Counts, target: float, *, confidence: float = 0.95, power: float = 0.8
) -> int | None:
    """How many more answers until it can be said whether the true score is above the target.

    From the distance seen so far and the spread of an answer: n = σ²(z + z')²/δ², less those that
    there are; 0 where it can be said already, None where the distance is 0 and no number would do.
    """
    value = nps(so_far)
    if value is None:
        raise NoAnswers("Nothing can be planned before the first answer")
    distance = abs(value - target)
    if distance == 0:
        return None
    if distance > critical(confidence) * standard_error(so_far):
        return 0
    padded = Counts(so_far.detractors + 1, so_far.passives + 1, so_far.promoters + 1)
    z = critical(confidence) + NormalDist().inv_cdf(power)
    needed = variance(padded) * (POINTS * z / distance) ** 2
    return max(0, math.ceil(needed) - so_far.n)


def still_needed_for_margin(so_far: Counts, margin: float, *, confidence: float = 0.95) -> int:
    """How many more answers until the interval is ± ``margin`` points; 0 where it is already."""
    if so_far.n == 0:
        raise NoAnswers("Nothing can be planned before the first answer")
    padded = Counts(so_far.detractors + 1, so_far.passives + 1, so_far.promoters + 1)
    needed = answers_for_margin(margin, variance(padded), confidence)
    return max(0, needed - so_far.n)


def _likely(so_far: Counts, expected_more: float) -> float:
    """The likely end in points: the answers so far, and the rest from the adjusted mix."""
    scores = POINTS * (so_far.promoters - so_far.detractors)
    adjusted = scores / (so_far.n + 2 * PSEUDO_OUTER + PSEUDO_PASSIVE)
    return (scores + adjusted * expected_more) / (so_far.n + expected_more)


def _error(so_far: Counts, expected_more: float) -> float:
    if expected_more < 0:
        raise ValueError("The number of answers to come cannot be negative")
    return standard_error(so_far) * math.sqrt(expected_more / (so_far.n + expected_more))
