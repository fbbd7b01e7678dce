"""Is a problem complained of far less than the others, for as many who have it?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from loopwell.calc.nps import Estimate, critical

HALF = 0.5
"""Hardly anybody complains where the rate is below this part of the others' rate."""
PSEUDO = 0.5
"""Complaints added to each side, so that none at all can be compared too."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Complaints in a time, and how many customers have the problem, with an interval."""

    complaints: int
    affected: Estimate

    @property
    def one_in(self) -> float | None:
        """How many have it for each who complained."""
        return self.affected.value / self.complaints if self.complaints else None


def hardly_complained(
    one: Reported, others: Sequence[Reported], confidence: float = 0.95
) -> bool | None:
    """Whether for each customer affected fewer than half as many complain as with the others
    together, by the upper end of the interval of the ratio of both rates; None where there is
    nothing to compare with.

    On the scale of logarithms the variance is 1/complaints of each side (Poisson; Rothman, Modern
    Epidemiology, 2008) plus the squares of how far the ends that would make the ratio larger lie
    from how many are affected (MOVER for ratios, Donner and Zou, 2012).
    """
    rest = sum(each.complaints for each in others)
    affected = sum(each.affected.value for each in others)
    if not one.affected.value or not affected or not rest:
        return None
    if one.affected.low <= 0:
        return False
    mine, theirs = one.complaints + PSEUDO, rest + PSEUDO
    ratio = (mine / one.affected.value) / (theirs / affected)
    z = critical(confidence)
    variance = 1 / mine + 1 / theirs
    above = math.sqrt(sum((each.affected.high - each.affected.value) ** 2 for each in others))
    fewer = math.log(one.affected.value / one.affected.low) / z
    more = math.log((affected + above) / affected) / z
    variance += fewer**2 + more**2
    return ratio * math.exp(z * math.sqrt(variance)) < HALF
