"""Equal weights change nothing, unequal ones widen the interval, and it covers."""

import numpy as np
import pytest

from loopwell.calc.nps import Counts, NoAnswers, adjusted_wald
from loopwell.calc.weighted import WeightedSums, effective, weighted_nps


def sums_of(z: np.ndarray, w: np.ndarray) -> WeightedSums:
    p, d = z > 0, z < 0
    return WeightedSums(
        len(z), w.sum(), (w * w).sum(), w[p].sum(), w[d].sum(), (w[p] ** 2).sum(), (w[d] ** 2).sum()
    )


@pytest.mark.parametrize("weight", [1.0, 0.25, 7.0])
def test_equal_weights_are_no_weights(weight: float) -> None:
    counts = Counts(12, 20, 48)
    sums = WeightedSums(
        80, 80 * weight, 80 * weight**2, 48 * weight, 12 * weight, 48 * weight**2, 12 * weight**2
    )

    found, plain = weighted_nps(sums), adjusted_wald(counts)

    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )
    assert effective(sums) == pytest.approx(80)


def test_unequal_weights_are_less_sure() -> None:
    z = np.array([1] * 30 + [0] * 10 + [-1] * 10)
    even, uneven = np.ones(50), np.tile([0.2, 1.8], 25)

    wide, narrow = weighted_nps(sums_of(z, uneven)), weighted_nps(sums_of(z, even))

    assert wide.high - wide.low > narrow.high - narrow.low
    assert effective(sums_of(z, uneven)) == pytest.approx(50 / 1.64)


@pytest.mark.slow
@pytest.mark.parametrize("mix", [(0.2, 0.3, 0.5), (0.02, 0.08, 0.9), (0.5, 0.3, 0.2)])
def test_it_covers_the_weighted_truth(mix: tuple[float, float, float]) -> None:
    random, hits, runs, n = np.random.default_rng(7), 0, 4000, 60
    truth = 100 * (mix[2] - mix[0])
    z = random.choice([-1, 0, 1], size=(runs, n), p=mix)
    w = random.choice([0.5, 1.0, 2.5], size=(runs, n), p=[0.4, 0.4, 0.2])
    for one, weights in zip(z, w, strict=True):
        found = weighted_nps(sums_of(one, weights))
        hits += found.low <= truth <= found.high

    assert 0.935 <= hits / runs <= 0.985


def test_nothing_weighs_nothing() -> None:
    with pytest.raises(NoAnswers):
        weighted_nps(WeightedSums(0, 0, 0, 0, 0, 0, 0))
