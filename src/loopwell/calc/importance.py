"""Which aspects matter much and are rated low, so that work on them is worth most?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean


class Quadrant(StrEnum):
    """What to do about an aspect (Martilla and James, Journal of Marketing 41, 1977)."""

    IMPROVE = "improve"
    KEEP = "keep"
    LATER = "later"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Placed:
    """An aspect: its importance in percent, its mean rating, and the quadrant of both."""

    name: str
    importance: float
    performance: float
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class Chart:
    """The aspects, most important first, and where the two lines that part the chart lie."""

    placed: tuple[Placed, ...]
    importance: float
    performance: float


def importance_performance(
    importance: Mapping[str, float], performance: Mapping[str, float]
) -> Chart | None:
    """Aspects known to both, parted at the means of both; None where there is none.

    ``importance`` are shares of drivers in percent, ``performance`` mean ratings on one scale. At
    the mean counts as above it. The lines are relative: something always lies below them.
    """
    names = [name for name in importance if name in performance]
    if not names:
        return None
    across, up = fmean(performance[name] for name in names), fmean(importance[n] for n in names)
    placed = [
        Placed(
            name,
            importance[name],
            performance[name],
            _quadrant(importance[name] >= up, performance[name] >= across),
        )
        for name in sorted(names, key=lambda name: -importance[name])
    ]
    return Chart(tuple(placed), up, across)


def _quadrant(matters: bool, is_good: bool) -> Quadrant:
    if matters:
        return Quadrant.KEEP if is_good else Quadrant.IMPROVE
    return Quadrant.ENOUGH if is_good else Quadrant.LATER
