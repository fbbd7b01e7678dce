"""Which groups lie further from the whole than their number of answers explains?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Counts, critical, nps, variance
from loopwell.calc.spreading import Binomial, Moments, Normal, Spread

INNER, OUTER = 0.95, 0.998
_WINSOR = 0.1


@dataclass(frozen=True, slots=True)
class Point:
    """A group in the funnel: its value, and how far it lies outside, in standard errors."""

    name: str
    n: int
    value: float
    z: float
    outside: int
    """0 within the limits, 1 beyond the inner, 2 beyond the outer ones."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole's value, the groups, and how much they differ beyond chance.

    ``overdispersion`` is φ, 1 where the groups differ only by chance; limits are √φ wider.
    ``design`` is how much more answers vary that come in clusters, 1 where each is for itself.
    """

    centre: float
    spread: Spread
    overdispersion: float
    design: float
    points: tuple[Point, ...]

    def limits(self, n: float, confidence: float) -> tuple[float, float]:
        """The value's limits for a group of ``n`` answers, cut at the ends of the scale."""
        z = critical(confidence) * math.sqrt(self.overdispersion * self.design)
        return self.spread.edge(n, -z), self.spread.edge(n, z)


def funnel(groups: Mapping[str, Counts], *, design: float = 1.0) -> Funnel | None:
    """A funnel plot of scores around that of all groups together; None without two groups.

    After Spiegelhalter, Statistics in Medicine 24 (2005): the limits are those of one answer's
    spread in the whole over √n, widened by the root of the over-dispersion φ, the mean of the
    squared z-scores after winsorising a tenth at each end, where φ is above 1. Without that, large
    groups would all lie outside, however small their differences.
    """
    known = {name: counts for name, counts in groups.items() if counts.n}
    total = sum(known.values(), Counts(0, 0, 0))
    if len(known) < 2:
        return None
    centre = POINTS * (total.promoters - total.detractors) / total.n
    values = {name: (counts.n, nps(counts) or 0.0) for name, counts in known.items()}
    return _drawn(values, centre, Normal(centre, _sigma(total), (-POINTS, POINTS)), design)


def funnel_of_shares(
    groups: Mapping[str, tuple[int, int]], *, design: float = 1.0
) -> Funnel | None:
    """The same for shares in percent, each group as (how many of it, n).

    Limits are exact: quantiles of the binomial distribution of the whole's share, by mid-p and
    interpolated between counts, so that they are as skew as chance is near 0 and 100 %.
    """
    known = {name: (part, n) for name, (part, n) in groups.items() if n}
    if len(known) < 2:
        return None
    part, n = (sum(each[place] for each in known.values()) for place in (0, 1))
    values = {name: (n, POINTS * part / n) for name, (part, n) in known.items()}
    return _drawn(values, POINTS * part / n, Binomial.of(part, n), design)


def funnel_of_means(
    groups: Mapping[str, Moments], scale: tuple[float, float], *, design: float = 1.0
) -> Funnel | None:
    """The same for means of values on a scale from lowest to highest."""
    known = {name: moments for name, moments in groups.items() if moments.n}
    if len(known) < 2:
        return None
    total = Moments(
        *(sum(getattr(each, name) for each in known.values()) for name in ("n", "sum", "squares"))
    )
    values = {name: (moments.n, moments.mean) for name, moments in known.items()}
    return _drawn(values, total.mean, Normal(total.mean, total.deviation(scale), scale), design)


def _drawn(
    groups: Mapping[str, tuple[int, float]], centre: float, spread: Spread, design: float
) -> Funnel:
    z = {name: spread.z(n, value) / math.sqrt(design) for name, (n, value) in groups.items()}
    phi = _overdispersion(list(z.values()))
    points = []
    for name, (n, value) in groups.items():
        scaled = z[name] / math.sqrt(phi)
        outside = (abs(scaled) > critical(INNER)) + (abs(scaled) > critical(OUTER))
        points.append(Point(name, n, value, scaled, int(outside)))
    return Funnel(centre, spread, phi, design, tuple(points))


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
