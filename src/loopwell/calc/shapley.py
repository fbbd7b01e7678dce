"""How much of what ratings say about the score does each aspect carry, over every order?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.correlations import correlations, make_possible, pair_sums

Floats = NDArray[np.float64]
MOST = 12
"""Aspects; each more doubles the number of regressions."""


@dataclass(frozen=True, slots=True)
class Share:
    """An aspect's share of R² in percent."""

    name: str
    share: float


def shapley(x: Floats, y: Floats, names: Sequence[str]) -> tuple[list[Share], float]:
    """Shares by descending size (they sum to 100) and R², averaged over all orders of entering.

    The Shapley value of R², known as LMG (Lindeman, Merenda and Gold, Introduction to Bivariate and
    Multivariate Analysis, 1980; Grömping, The American Statistician 61, 2007). ``x`` is n rows by
    at most twelve columns with NaN for gaps, ``y`` n scores; correlations use every pair of answers
    as in ``drivers.relative_weights``, whose figures it should resemble. Association, not cause.
    Raises ValueError with more columns, or where nothing is correlated with the score.
    """
    if not 1 <= x.shape[1] <= MOST:
        raise ValueError(f"Between 1 and {MOST} aspects can be shared out, not {x.shape[1]}")
    known = ~np.isnan(y)
    sums = pair_sums(np.column_stack([x[known], y[known]]).astype(np.float64), blocks=1, seed=0)
    plain, _joint = correlations(sums.total())
    joint, _shrunk = make_possible(plain)
    k = x.shape[1]
    explained = _all_r_squared(joint, k)
    shares = np.zeros(k)
    for size in range(k):
        weight = factorial(size) * factorial(k - size - 1) / factorial(k)
        for chosen in combinations(range(k), size):
            base = sum(1 << each for each in chosen)
            for column in range(k):
                if not base & (1 << column):
                    gain = explained[base | (1 << column)] - explained[base]
                    shares[column] += weight * gain
    whole = float(explained[-1])
    if whole < 1e-12:
        raise ValueError("None of the aspects is correlated with the score at all")
    found = [Share(names[place], 100 * float(shares[place]) / whole) for place in range(k)]
    return sorted(found, key=lambda share: -share.share), whole


def _all_r_squared(joint: Floats, k: int) -> Floats:
    """R² of every subset of the columns, by its bits."""
    found = np.zeros(1 << k)
    for bits in range(1, 1 << k):
        chosen = [column for column in range(k) if bits & (1 << column)]
        among, score = joint[np.ix_(chosen, chosen)], joint[chosen, k]
        found[bits] = float(score @ np.linalg.lstsq(among, score, rcond=None)[0])
    return found
