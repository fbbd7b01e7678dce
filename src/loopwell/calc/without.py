"""What would the score be without the answers that name one problem?"""

import math
from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Counts, Estimate, NoAnswers, critical
from loopwell.calc.proportion import wilson

PSEUDO = 0.375
"""Answers added to each of the six cells, so that the interval never collapses."""


@dataclass(frozen=True, slots=True)
class Impact:
    """The score as it is, without the answers naming it, and what they add or cost, in points.

    ``change`` is the score less the score without them: below zero for a problem. None of both
    where every answer names it.
    """

    score: float
    without: float | None
    change: Estimate | None


def impact(everybody: Counts, naming: Counts, confidence: float = 0.95) -> Impact:
    """Leave-one-out impact on the score of the same answers.

    With s the score of an answer (−1, 0, +1), μ its mean, μ₀ the mean of those that do not name it
    and q their share, an answer's influence on μ − μ₀ is (s − μ) − (s − μ₀)/q for those and (s − μ)
    for the others; the standard error is the root of its mean square over n (Hampel, J. Am.
    Statist. Assoc. 69, 1974), taken, as the middle of the
    interval is, with a fraction of an answer more in each of the six cells (Agresti and Coull,
    1998). Parts of several problems overlap: their impacts do not add up.

    Raises NoAnswers without answers, ValueError where more name it than there are.
    """
    rest = everybody.without(naming)
    if min(rest.detractors, rest.passives, rest.promoters) < 0:
        raise ValueError("more answers name the problem than there are")
    if everybody.n == 0:
        raise NoAnswers("No answers: an impact needs at least one")
    score = POINTS * (everybody.promoters - everybody.detractors) / everybody.n
    if rest.n == 0:
        return Impact(score, None, None)
    without = POINTS * (rest.promoters - rest.detractors) / rest.n
    centre, error = _padded(naming, rest)
    low, high = centre - critical(confidence) * error, centre + critical(confidence) * error
    gap = score - without
    change = Estimate(gap, min(POINTS * low, gap), max(POINTS * high, gap), everybody.n)
    return Impact(score, without, change)


def projected(everybody: Counts, asked: Counts, naming: Counts, confidence: float = 0.95) -> Impact:
    """As `impact`, where only some were asked for causes and mostly the unhappy ones: as many of
    each category are taken to have the problem as of those asked of that category (Cochran,
    Sampling Techniques, 1977, section 5A.1, strata after the sampling).

    A category of which nobody was asked is taken to be free of it, so that this is cautious. The
    interval comes from the shares' own (Wilson), all at their ends together.
    """
    if everybody.n == 0:
        raise NoAnswers("No answers: an impact needs at least one")
    pairs = tuple(zip(_cells(everybody), _cells(asked), _cells(naming), strict=True))
    score = POINTS * (everybody.promoters - everybody.detractors) / everybody.n
    shares = [wilson(named, n, confidence) if n else None for _all, n, named in pairs]
    value, low, high = (
        _without([0.0 if each is None else getattr(each, end) / POINTS for each in shares],
                 [all_ for all_, _n, _named in pairs])
        for end in ("value", "low", "high")
    )  # fmt: skip
    if value is None or low is None or high is None:
        return Impact(score, value, None)
    ends = sorted((score - low, score - high, score - value))
    return Impact(score, value, Estimate(score - value, ends[0], ends[2], asked.n))


def _cells(counts: Counts) -> tuple[int, int, int]:
    return counts.detractors, counts.passives, counts.promoters


def _without(shares: list[float], everybody: list[int]) -> float | None:
    left = [count * (1 - share) for count, share in zip(everybody, shares, strict=True)]
    return POINTS * (left[2] - left[0]) / sum(left) if sum(left) else None


def _padded(naming: Counts, rest: Counts) -> tuple[float, float]:
    """The change and its standard error, with the pseudo-answers."""
    inside = [c + PSEUDO for c in (naming.detractors, naming.passives, naming.promoters)]
    outside = [c + PSEUDO for c in (rest.detractors, rest.passives, rest.promoters)]
    n, q = sum(inside) + sum(outside), sum(outside) / (sum(inside) + sum(outside))
    codes = (-1.0, 0.0, 1.0)
    mean = sum(s * (a + b) for s, a, b in zip(codes, inside, outside, strict=True)) / n
    mean_rest = sum(s * b for s, b in zip(codes, outside, strict=True)) / sum(outside)
    square = sum(a * (s - mean) ** 2 for s, a in zip(codes, inside, strict=True))
    square += sum(
        b * ((s - mean) - (s - mean_rest) / q) ** 2 for s, b in zip(codes, outside, strict=True)
    )
    return mean - mean_rest, math.sqrt(square) / n
