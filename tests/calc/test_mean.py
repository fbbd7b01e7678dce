"""Means of ratings: against NIST's published interval, and simulated coverage."""

import math
import random
from collections import Counter

import pytest

from loopwell.calc.mean import mean_of, students_reach
from loopwell.calc.nps import NoAnswers


def test_interval_of_nist() -> None:
    """NIST/SEMATECH e-Handbook 1.3.5.2, heat flow meter data: 9.258242 to 9.264679."""
    reach = students_reach(195, 0.022789)

    assert 9.261460 - reach == pytest.approx(9.258242, abs=2e-6)
    assert 9.261460 + reach == pytest.approx(9.264679, abs=2e-6)


def test_interval_of_counts_equals_that_of_single_ratings() -> None:
    """1, 2, 3, 4, 5: mean 3, s = sqrt(2.5), t(4) = 2.776445."""
    found = mean_of(dict.fromkeys(range(1, 6), 1))

    reach = 2.776445 * math.sqrt(2.5) / math.sqrt(5)
    assert (found.value, found.n) == (3, 5)
    assert found.low == pytest.approx(3 - reach, abs=1e-5)
    assert found.high == pytest.approx(3 + reach, abs=1e-5)


def test_one_rating_has_no_interval_and_none_no_mean() -> None:
    alone = mean_of({4: 1})

    assert alone.value == 4
    assert math.isnan(alone.low)
    with pytest.raises(NoAnswers):
        mean_of({4: 0})


def test_coverage_is_what_it_says() -> None:
    rng, weights, true, hits = random.Random(5), (1, 2, 4, 8, 5), 0.0, 0
    true = sum(p * w for p, w in enumerate(weights, 1)) / sum(weights)
    for _ in range(1000):
        found = mean_of(Counter(rng.choices(range(1, 6), weights, k=60)))
        hits += found.low <= true <= found.high
    assert 0.93 <= hits / 1000 <= 0.97
