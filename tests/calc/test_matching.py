"""Are the numbers about treated and comparable people right, and do intervals keep their word?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopwell.calc.matching import Stratum, matched_effect, share_trend


def test_one_stratum_is_the_plain_difference() -> None:
    found = matched_effect([Stratum(100, 60, 200, 80)])
    assert found is not None
    assert found.difference.value == pytest.approx(20)
    assert (found.treated_share, found.others_share) == pytest.approx((60, 40))
    assert found.difference.low == pytest.approx(7.9, abs=0.5)  # Wald: 8.2 to 31.8
    assert found.difference.high == pytest.approx(31.3, abs=0.5)


def test_simpsons_paradox_does_not_fool_it() -> None:
    """Calling the easy ones looks good together; within each score it did harm."""
    rows = [Stratum(90, 72, 10, 9), Stratum(10, 1, 90, 18)]
    raw = 73 / 100 - 27 / 100
    found = matched_effect(rows)
    assert raw > 0
    assert found is not None
    assert found.difference.value == pytest.approx(-10)


def test_people_without_anybody_comparable_are_in_no_number() -> None:
    found = matched_effect([Stratum(10, 5, 10, 5), Stratum(40, 40, 0, 0), Stratum(0, 0, 7, 7)])
    assert found is not None
    assert (found.treated, found.others, found.unmatched) == (10, 10, 40)
    assert found.difference.value == 0
    assert found.difference.p == 1


def test_nobody_comparable_is_no_number() -> None:
    assert matched_effect([Stratum(5, 1, 0, 0)]) is None
    assert matched_effect([]) is None


def test_a_handful_is_never_certain() -> None:
    found = matched_effect([Stratum(1, 1, 1, 0)])
    assert found is not None
    assert found.difference.value == 100
    assert found.difference.low < 0
    assert found.difference.p > 0.05


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="more fared well"):
        Stratum(1, 2, 0, 0)


def test_the_interval_covers_in_sparse_strata() -> None:
    """400 strata of one to three people: the truth lies inside 95 of 100 times."""
    rng = np.random.default_rng(7)
    inside, tries, effect = 0, 400, 0.2
    for _ in range(tries):
        base = rng.uniform(0.1, 0.7, 60)
        n1, n0 = rng.integers(1, 4, 60), rng.integers(1, 4, 60)
        x1, x0 = rng.binomial(n1, base + effect), rng.binomial(n0, base)
        found = matched_effect(Stratum(*map(int, row)) for row in zip(n1, x1, n0, x0, strict=True))
        assert found is not None
        inside += found.difference.low <= 100 * effect <= found.difference.high
    assert 0.92 <= inside / tries <= 0.98


counts = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))


@given(st.lists(counts, max_size=8))
@settings(max_examples=100, deadline=None)
def test_the_value_lies_in_its_interval(rows: list[tuple[int, int, int, int]]) -> None:
    strata = [Stratum(a, min(a, b), c, min(c, d)) for a, b, c, d in rows]
    found = matched_effect(strata)
    if found is None:
        assert not any(row.has_both for row in strata)
        return
    change = found.difference
    assert -100 <= change.low <= change.high <= 100
    assert 0 <= change.p <= 1
    assert math.isclose(change.value, found.treated_share - found.others_share, abs_tol=1e-9)
    assert change.low - 1e-9 <= change.value <= change.high + 1e-9


def test_shares_that_fall_with_the_dose_are_seen() -> None:
    p = share_trend([(1, 60, 100), (2, 45, 100), (3, 30, 100)])
    assert p is not None
    assert p < 0.001


def test_trend_against_a_known_value() -> None:
    """Agresti, Categorical Data Analysis (2002), table 5.3: z² = 6.57, p = 0.010."""
    rows = [(0, 48, 17114), (0.5, 38, 14502), (1.5, 5, 793), (4, 1, 127), (7, 1, 38)]
    assert share_trend(rows) == pytest.approx(0.010, abs=0.001)


def test_no_trend_without_a_difference() -> None:
    assert share_trend([]) is None
    assert share_trend([(1, 3, 3), (2, 4, 4)]) is None
    assert share_trend([(1, 1, 3)]) is None
