"""Are Wilson's intervals those of statsmodels?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from loopwell.calc.nps import NoAnswers
from loopwell.calc.proportion import wilson


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_as_statsmodels(shares):
    successes, n = shares
    low, high = proportion_confint(successes, n, method="wilson")

    found = wilson(successes, n)

    assert found.low == pytest.approx(100 * low, abs=1e-9)
    assert found.high == pytest.approx(100 * high, abs=1e-9)
    assert found.value == pytest.approx(100 * successes / n)
    assert 0 <= found.low <= found.value <= found.high <= 100


def test_impossible_shares():
    with pytest.raises(NoAnswers):
        wilson(0, 0)
    with pytest.raises(ValueError, match="5 of 4"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="-1 of 4"):
        wilson(-1, 4)
