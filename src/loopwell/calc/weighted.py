"""What is the score when answers weigh differently, and how sure can we be of it?"""

import math
from dataclasses import dataclass

from loopwell.calc.nps import (
    POINTS,
    PSEUDO_OUTER,
    PSEUDO_PASSIVE,
    Estimate,
    NoAnswers,
    critical,
)


@dataclass(frozen=True, slots=True)
class WeightedSums:
    """What adds up over groups: number of answers, sums of weights and of their squares.

    ``wp`` and ``wd`` are the weights of promoters and detractors, ``wwp`` and ``wwd`` their
    squares.
    """

    n: int
    w: float
    ww: float
    wp: float
    wd: float
    wwp: float
    wwd: float

    def __add__(self, other: "WeightedSums") -> "WeightedSums":
        return WeightedSums(
            self.n + other.n,
            self.w + other.w,
            self.ww + other.ww,
            self.wp + other.wp,
            self.wd + other.wd,
            self.wwp + other.wwp,
            self.wwd + other.wwd,
        )


def effective(sums: WeightedSums) -> float:
    """How many equally weighing answers would be as sure (Kish, Survey Sampling, 1965): w²/Σw²."""
    return sums.w**2 / sums.ww if sums.ww else 0.0


def weighted_nps(sums: WeightedSums, confidence: float = 0.95) -> Estimate:
    """Weighted score in points with an interval by linearisation, cut at ±100.

    The variance of a ratio of sums, Σw²(z − mean)² / (Σw)² with z in −1, 0, +1 (Särndal, Swensson
    and Wretman, Model Assisted Survey Sampling, 1992, section 5.6). Before that the imaginary
    answers of the adjusted Wald method join, each weighing Σw² / Σw, so that equal weights give
    the adjusted Wald interval itself. Raises NoAnswers when nothing weighs anything.
    """
    if sums.n == 0 or sums.w <= 0:
        raise NoAnswers("No answers: a score and its interval need at least one")
    value = POINTS * (sums.wp - sums.wd) / sums.w
    unit = sums.ww / sums.w
    p, d = sums.wp + PSEUDO_OUTER * unit, sums.wd + PSEUDO_OUTER * unit
    w = sums.w + (2 * PSEUDO_OUTER + PSEUDO_PASSIVE) * unit
    mean = (p - d) / w
    pp, dd = sums.wwp + PSEUDO_OUTER * unit**2, sums.wwd + PSEUDO_OUTER * unit**2
    neutral = sums.ww - sums.wwp - sums.wwd + PSEUDO_PASSIVE * unit**2
    spread = pp * (1 - mean) ** 2 + dd * (1 + mean) ** 2 + neutral * mean**2
    reach = critical(confidence) * POINTS * math.sqrt(max(spread, 0.0)) / w
    low, high = POINTS * mean - reach, POINTS * mean + reach
    return Estimate(value, max(low, -POINTS), min(high, POINTS), sums.n)
