"""How sure can we be when answers come in clusters, several people of one account each?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.nps import POINTS, Counts, Estimate, NoAnswers, critical, interval

Floats = NDArray[np.float64]
FEWEST = 10
"""Clusters below which drawing them again says too little."""


def clustered_nps(
    clusters: Sequence[Counts], *, draws: int = 2000, seed: int = 0, confidence: float = 0.95
) -> Estimate:
    """The score in points with an interval by drawing whole clusters with replacement.

    People of one account answer alike, so that twenty answers of two accounts say less than twenty
    of twenty. Percentile bootstrap over clusters (Davison and Hinkley, Bootstrap Methods and their
    Application, 1997, section 3.8); percentiles, because the score is a ratio of sums and its
    bootstrap is near symmetric, while the acceleration of BCa needs more clusters than B2B has.
    It is too narrow with k clusters, so it is widened by √(k/(k − 1)) and by Student's quantile
    over the normal one (Cameron, Gelbach and Miller, Rev. Econ. Stat. 90, 2008). From two to nine
    clusters the linearised variance between clusters and Student's t take its place.

    Never narrower than the interval of independent answers. One cluster says nothing
    of others: it gets that interval, which then speaks of this account alone. Deterministic by
    ``seed``. Raises NoAnswers without answers.
    """
    total = sum(clusters, Counts(0, 0, 0))
    if total.n == 0:
        raise NoAnswers("No answers: a score and its interval need at least one")
    plain = interval(total, confidence)
    filled = [cluster for cluster in clusters if cluster.n]
    k = len(filled)
    if k < 2:
        return plain
    n = np.array([cluster.n for cluster in filled], dtype=np.float64)
    scores = np.array([c.promoters - c.detractors for c in filled], dtype=np.float64)
    if k < FEWEST:
        down = up = _student(k, confidence) * _linearised(n, scores)
    else:
        low, high = _drawn(n, scores, draws, seed, confidence)
        wider = float(np.sqrt(k / (k - 1))) * _student(k, confidence) / critical(confidence)
        down, up = wider * (plain.value - low), wider * (high - plain.value)
    return Estimate(
        plain.value,
        max(min(plain.value - down, plain.low), -POINTS),
        min(max(plain.value + up, plain.high), POINTS),
        total.n,
    )


def _student(k: int, confidence: float) -> float:
    """Two-sided quantile for k clusters."""
    from scipy.stats import t  # costs time and memory that most callers never need

    return float(t.ppf(0.5 + confidence / 2, k - 1))


def _linearised(n: Floats, scores: Floats) -> float:
    """Standard error in points, of a ratio of sums over clusters."""
    k, mean = len(n), scores.sum() / n.sum()
    return float(POINTS * np.sqrt(k / (k - 1) * ((scores - mean * n) ** 2).sum()) / n.sum())


def _drawn(
    n: Floats, scores: Floats, draws: int, seed: int, confidence: float
) -> tuple[float, float]:
    """Percentiles, in points, of the score of clusters drawn with replacement."""
    k, tail = len(n), 50 * (1 - confidence)
    drawn = np.random.default_rng(seed).multinomial(k, np.full(k, 1 / k), size=draws)
    low, high = np.percentile(POINTS * (drawn @ scores) / (drawn @ n), [tail, 100 - tail])
    return float(low), float(high)
