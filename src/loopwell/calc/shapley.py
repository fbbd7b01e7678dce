"""How much of what ratings say about the score does each aspect carry, over every order?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.correlations import correlations, make_possible, pair_sums

Floats = NDArray[np.float64]
MOST = 12
"""Aspects; each more doubles the number of regressions."""
_BLOCKS = 4_000
_REPEATS = 1e-10


@dataclass(frozen=True, slots=True)
class Share:
    """An aspect's share of R² in percent with its interval; None without resamples."""

    name: str
    share: float
    low: float | None = None
    high: float | None = None


def shapley(
    x: Floats,
    y: Floats,
    names: Sequence[str],
    *,
    bootstrap: int = 0,
    seed: int = 0,
    confidence: float = 0.95,
) -> tuple[list[Share], float]:
    """Shares by descending size (they sum to 100) and R², averaged over all orders of entering.

    The Shapley value of R², known as LMG (Lindeman, Merenda and Gold, Introduction to Bivariate and
    Multivariate Analysis, 1980; Grömping, The American Statistician 61, 2007). ``x`` is n rows by
    at most twelve columns with NaN for gaps, ``y`` n scores; correlations use every pair of answers
    as in ``drivers.relative_weights``, whose figures it should resemble. Association, not cause.
    Intervals are percentiles of ``bootstrap`` resamples of rows (of blocks of rows above 4,000),
    None where under 80 % of these could be computed.
    Raises ValueError with more columns, or where nothing is correlated with the score.
    """
    if not 1 <= x.shape[1] <= MOST:
        raise ValueError(f"Between 1 and {MOST} aspects can be shared out, not {x.shape[1]}")
    known = ~np.isnan(y)
    data = np.column_stack([x[known], y[known]]).astype(np.float64)
    blocks = min(len(data), _BLOCKS) if bootstrap else 1
    sums = pair_sums(data, blocks=blocks, seed=seed)
    joint, _shrunk = make_possible(correlations(sums.total())[0])
    (shares,), (whole,) = _shared_out(joint[None])
    if whole < 1e-12:
        raise ValueError("None of the aspects is correlated with the score at all")
    ends: list[tuple[float | None, float | None]] = [(None, None)] * len(names)
    if bootstrap:
        drawn, _joint = correlations(sums.resampled(bootstrap, np.random.default_rng([seed, 1])))
        usable = drawn[np.isfinite(drawn).all(axis=(1, 2))]
        if len(usable) >= 0.8 * bootstrap:
            parts, wholes = _shared_out(make_possible(usable)[0])
            tail = 50 * (1 - confidence)
            found = np.percentile(100 * parts / wholes[:, None], [tail, 100 - tail], axis=0)
            ends = [(float(low), float(high)) for low, high in found.T]
    told = [
        Share(name, 100 * float(share) / whole, *pair)
        for name, share, pair in zip(names, shares, ends, strict=True)
    ]
    return sorted(told, key=lambda share: -share.share), float(whole)


def _shared_out(joints: Floats) -> tuple[Floats, Floats]:
    """R² shared out over the columns, and R² itself, of matrices whose last column is the score."""
    k = joints.shape[1] - 1
    explained, subsets = _all_r_squared(joints), np.arange(1 << k)
    sizes = np.array([int(bits).bit_count() for bits in subsets])
    weights = np.array([factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)])
    shares = np.zeros((len(joints), k))
    for column in range(k):
        without = subsets[(subsets >> column) & 1 == 0]
        gains = explained[:, without | (1 << column)] - explained[:, without]
        shares[:, column] = gains @ weights[sizes[without]]
    return shares, explained[:, -1]


def _all_r_squared(joints: Floats) -> Floats:
    """R² of every subset of the columns, by its bits, for each matrix: what is left of the others
    and of the score once a column is taken out of them, column after column."""
    found = np.zeros((len(joints), 1 << (joints.shape[1] - 1)))
    waiting = [(0, 0, joints)]
    while waiting:
        bits, first, left = waiting.pop()
        for place in range(left.shape[1] - 1):
            pivot, column = left[:, place, place], left[:, place + 1 :, place]
            safe = np.where(pivot > _REPEATS, pivot, np.inf)[:, None, None]
            rest = left[:, place + 1 :, place + 1 :] - column[:, :, None] * column[:, None] / safe
            chosen = bits | (1 << (first + place))
            found[:, chosen] = 1 - rest[:, -1, -1]
            waiting.append((chosen, first + place + 1, rest))
    return found
