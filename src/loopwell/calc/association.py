"""Do two numbers of the same units go together?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loopwell.calc.nps import critical

FEWEST = 8
"""Units below which no association can be judged."""


@dataclass(frozen=True, slots=True)
class Association:
    """Spearman's rank correlation of ``n`` pairs with its interval and p-value; association, not
    cause."""

    rho: float
    low: float
    high: float
    p: float
    n: int

    @property
    def is_real(self) -> bool:
        return self.p < 0.05


def association(
    pairs: Sequence[tuple[float, float]], confidence: float = 0.95
) -> Association | None:
    """Rank correlation, which a few extreme units do not carry; None with fewer than eight pairs
    or where one of the two numbers never changes.

    Interval by Fisher's z with the variance of Bonett and Wright, (1 + ρ²/2)/(n − 3) (Psychometrika
    65, 2000); p-value by Student's t as in SciPy.
    """
    if len(pairs) < FEWEST:
        return None
    # Loaded here: SciPy costs time and memory that most callers never need.
    from scipy.stats import spearmanr

    x, y = np.array(pairs, dtype=np.float64).T
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    found = spearmanr(x, y)
    rho = float(found.statistic)
    inner = min(max(rho, -0.999999), 0.999999)
    reach = critical(confidence) * math.sqrt((1 + inner**2 / 2) / (len(pairs) - 3))
    z = math.atanh(inner)
    return Association(
        rho, math.tanh(z - reach), math.tanh(z + reach), float(found.pvalue), len(pairs)
    )
