"""Are corrected p-values those that statsmodels gives?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from loopwell.calc.multiple import benjamini_hochberg, holm

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@pytest.mark.parametrize(("ours", "theirs"), [(holm, "holm"), (benjamini_hochberg, "fdr_bh")])
@given(p_values)
@settings(max_examples=12)  # statsmodels' own Holm takes 25 ms
def test_as_statsmodels(ours, theirs, values):
    expected = multipletests(values, method=theirs)[1]

    assert ours(values) == pytest.approx(list(expected), abs=1e-12)


@pytest.mark.parametrize("method", [holm, benjamini_hochberg])
def test_untested_pass_through_and_do_not_count(method):
    assert method([None, 0.01, None, 0.04]) == [None, 0.02, None, 0.04]
    assert method([]) == []
    assert method([None]) == [None]


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_not_a_p_value(wrong):
    with pytest.raises(ValueError, match="position 1"):
        holm([0.5, wrong])
