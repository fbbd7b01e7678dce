"""How sure can we be when answers come in clusters, several people of one account each?"""

from collections.abc import Sequence

import numpy as np

from loopwell.calc.nps import POINTS, Counts, Estimate, NoAnswers, adjusted_wald

FEWEST = 10
"""Clusters below which drawing them again says nothing."""


def clustered_nps(
    clusters: Sequence[Counts], *, draws: int = 2000, seed: int = 0, confidence: float = 0.95
) -> Estimate:
    """The score in points with an interval by drawing whole clusters with replacement.

    People of one account answer alike, so that twenty answers of two accounts say less than twenty
    of twenty. Percentile bootstrap over clusters (Davison and Hinkley, Bootstrap Methods and their
    Application, 1997, section 3.8); percentiles, because the score is a ratio of sums and its
    bootstrap is near symmetric, while the acceleration of BCa needs more clusters than B2B has.
    The percentile interval is widened by √(k/(k − 1)) for k clusters, as it is too narrow by that
    factor, and is never narrower than the adjusted Wald interval of independent answers, which
    alone is given below ten clusters. Deterministic by ``seed``. Raises NoAnswers without answers.
    """
    total = sum(clusters, Counts(0, 0, 0))
    if total.n == 0:
        raise NoAnswers("No answers: a score and its interval need at least one")
    plain = adjusted_wald(total, confidence)
    filled = [cluster for cluster in clusters if cluster.n]
    k = len(filled)
    if k < FEWEST:
        return plain
    n = np.array([cluster.n for cluster in filled], dtype=np.float64)
    scores = np.array([c.promoters - c.detractors for c in filled], dtype=np.float64)
    drawn = np.random.default_rng(seed).multinomial(k, np.full(k, 1 / k), size=draws)
    found = POINTS * (drawn @ scores) / (drawn @ n)
    tail = 50 * (1 - confidence)
    low, high = np.percentile(found, [tail, 100 - tail])
    wider = float(np.sqrt(k / (k - 1)))
    low, high = (
        plain.value - wider * (plain.value - low),
        plain.value + wider * (high - plain.value),
    )
    return Estimate(
        plain.value,
        max(min(float(low), plain.low), -POINTS),
        min(max(float(high), plain.high), POINTS),
        total.n,
    )
