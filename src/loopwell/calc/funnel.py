"""Which groups lie further from the whole than their number of answers explains?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Counts, critical, nps, variance

INNER, OUTER = 0.95, 0.998
_WINSOR = 0.1


@dataclass(frozen=True, slots=True)
class Point:
    """A group in the funnel: its score, and how far it lies outside, in standard errors."""

    name: str
    counts: Counts
    value: float
    z: float
    outside: int
    """0 within the limits, 1 beyond the inner, 2 beyond the outer ones."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole's score in points, the groups, and how much they differ beyond chance.

    ``overdispersion`` is φ, 1 where the groups differ only by chance; limits are √φ wider.
    """

    centre: float
    sigma: float
    overdispersion: float
    points: tuple[Point, ...]

    def limits(self, n: float, confidence: float) -> tuple[float, float]:
        """The score's limits in points for a group of ``n`` answers, cut at ±100."""
        reach = critical(confidence) * self.sigma * math.sqrt(self.overdispersion / n)
        return max(self.centre - reach, -POINTS), min(self.centre + reach, POINTS)


def funnel(groups: Mapping[str, Counts]) -> Funnel | None:
    """A funnel plot of scores around that of all groups together; None without two groups.

    After Spiegelhalter, Statistics in Medicine 24 (2005): the limits are those of one answer's
    spread in the whole over √n, widened by the root of the over-dispersion φ, the mean of the
    squared z-scores after winsorising a tenth at each end, where φ is above 1. Without that, large
    groups would all lie outside, however small their differences.
    """
    known = {name: counts for name, counts in groups.items() if counts.n}
    if len(known) < 2:
        return None
    total = sum(known.values(), Counts(0, 0, 0))
    centre, sigma = POINTS * (total.promoters - total.detractors) / total.n, _sigma(total)
    values = {name: nps(counts) or 0.0 for name, counts in known.items()}
    z = {name: (values[name] - centre) / (sigma / math.sqrt(c.n)) for name, c in known.items()}
    phi = _overdispersion(list(z.values()))
    points = []
    for name, counts in known.items():
        scaled = z[name] / math.sqrt(phi)
        outside = (abs(scaled) > critical(INNER)) + (abs(scaled) > critical(OUTER))
        points.append(Point(name, counts, values[name], scaled, int(outside)))
    return Funnel(centre, sigma, phi, tuple(points))


def _sigma(total: Counts) -> float:
    """Standard deviation of one answer in points; of the adjusted mix, so that it is never 0."""
    padded = variance(Counts(total.detractors + 1, total.passives + 1, total.promoters + 1))
    return POINTS * math.sqrt(padded)


def _overdispersion(z: Sequence[float]) -> float:
    """Mean of the winsorised squares; 1 where it is not more than chance makes likely."""
    k, ordered = len(z), sorted(z)
    cut = int(_WINSOR * k)
    low, high = ordered[cut], ordered[k - 1 - cut]
    phi = sum(min(max(each, low), high) ** 2 for each in z) / k
    return max(1.0, phi)
