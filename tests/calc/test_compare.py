"""Are groups compared with the rest, corrected, and small ones left unjudged?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.compare import groups_against_rest
from loopwell.calc.multiple import holm
from loopwell.calc.nps import Counts, difference, interval

GROUPS = {
    "Paris": Counts(10, 30, 160),
    "Lyon": Counts(60, 60, 80),
    "Nice": Counts(30, 50, 120),
    "Brest": Counts(2, 3, 4),
}
count = st.integers(0, 300)


def test_each_against_the_others():
    results = groups_against_rest(GROUPS)

    assert [r.value for r in results] == list(GROUPS)
    paris, lyon, nice, brest = results
    rest = GROUPS["Lyon"] + GROUPS["Nice"] + GROUPS["Brest"]
    assert paris.estimate == interval(GROUPS["Paris"])
    assert paris.difference == difference(GROUPS["Paris"], rest)
    assert (paris.p < 0.001, lyon.p < 0.001, nice.p > 0.05) == (True, True, True)
    assert brest.too_small
    assert brest.p is None
    assert brest.difference.value == pytest.approx(22.22 - 44.0, abs=3)


def test_holm_counts_only_the_groups_tested():
    results = groups_against_rest(GROUPS)
    tested = [r for r in results if not r.too_small]

    assert [r.p for r in tested] == holm([r.difference.p for r in tested])
    assert min(r.p for r in tested) == 3 * min(r.difference.p for r in tested)


def test_one_group_has_nothing_to_differ_from():
    (only,) = groups_against_rest({"all": Counts(1, 2, 97)})

    assert only.estimate == interval(Counts(1, 2, 97))
    assert (only.difference, only.p, only.too_small) == (None, None, False)


def test_empty_group_and_no_groups():
    empty, _ = groups_against_rest({"silent": Counts(0, 0, 0), "loud": Counts(40, 40, 40)})

    assert (empty.estimate, empty.difference, empty.p, empty.too_small) == (None, None, None, True)
    assert groups_against_rest({}) == []


def test_a_large_group_beside_a_handful_is_not_judged():
    big, small = groups_against_rest({"big": Counts(0, 0, 5_000), "small": Counts(0, 0, 1)})

    assert (big.p, big.too_small) == (None, False)
    assert (small.p, small.too_small) == (None, True)


@given(
    st.dictionaries(
        st.sampled_from("ABCDEFGH"), st.builds(Counts, count, count, count), max_size=8
    ),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter(groups, random):
    names = list(groups)
    random.shuffle(names)

    straight = {r.value: r for r in groups_against_rest(groups)}
    shuffled = {r.value: r for r in groups_against_rest({name: groups[name] for name in names})}

    assert shuffled == straight


@pytest.mark.slow
def test_ten_equal_branches_rarely_raise_an_alarm():
    rng = np.random.default_rng(7)
    draws = rng.multinomial(60, (0.15, 0.3, 0.55), size=(1_500, 10))

    alarms = 0
    for branches in draws:
        groups = {str(i): Counts(*map(int, b)) for i, b in enumerate(branches)}
        alarms += any(r.p < 0.05 for r in groups_against_rest(groups))

    assert alarms / len(draws) < 0.065
