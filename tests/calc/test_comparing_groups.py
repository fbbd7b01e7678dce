"""Places, funnels and decompositions: noise is not ranked, parts add up to the whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.decomposition import decompose
from loopwell.calc.funnel import INNER, OUTER, funnel
from loopwell.calc.nps import Counts, NoAnswers, nps
from loopwell.calc.ranking import places

ANSWERS = st.builds(Counts, *[st.integers(0, 300)] * 3)
GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), ANSWERS, min_size=1)


def test_groups_that_cannot_be_told_apart_share_places() -> None:
    found = places(
        {
            "good": Counts(50, 150, 800),
            "twin": Counts(55, 150, 795),
            "bad": Counts(500, 200, 300),
            "tiny": Counts(0, 0, 4),
            "none": Counts(0, 0, 0),
        }
    )

    assert [(p.name, p.first, p.last) for p in found] == [
        ("good", 1, 2),
        ("twin", 1, 2),
        ("bad", 3, 3),
        ("tiny", None, None),
    ]


@given(GROUPS)
def test_places_hold_the_order_and_stay_within(groups: dict[str, Counts]) -> None:
    found = [place for place in places(groups) if place.first is not None]

    for place in found:
        assert place.first is not None
        assert place.last is not None
        assert 1 <= place.first <= place.last <= len(found)
    assert {p.name for p in found} == {n for n, c in groups.items() if c.n >= 30}


@pytest.mark.slow
def test_sets_of_places_hold_the_true_one() -> None:
    """All sets together in at least 95 of 100 companies, less what 1,000 draws allow."""
    random, held, runs = np.random.default_rng(5), 0, 1000
    levels = [0.40, 0.42, 0.45, 0.5, 0.5, 0.55, 0.6, 0.62]
    sizes = [60, 200, 40, 500, 90, 300, 70, 150]
    truth = {
        str(i): (1 + sum(x > p for x in levels), len(levels) - sum(x < p for x in levels))
        for i, p in enumerate(levels)
    }
    for _run in range(runs):
        told = {
            str(i): Counts(*map(int, random.multinomial(n, (0.9 - p, 0.1, p))))
            for i, (n, p) in enumerate(zip(sizes, levels, strict=True))
        }
        held += all(
            place.first <= truth[place.name][1] and place.last >= truth[place.name][0]
            for place in places(told)
            if place.first is not None and place.last is not None
        )

    assert held / runs >= 0.95


def test_a_funnel_widens_as_answers_get_fewer() -> None:
    groups = {str(n): Counts(n, n, 2 * n) for n in (5, 20, 100, 400)}
    found = funnel({**groups, "bad": Counts(300, 50, 50)})

    assert found is not None
    assert {point.name for point in found.points if point.outside} == {"bad"}
    near, far = found.limits(400, INNER), found.limits(20, OUTER)
    assert far[0] < near[0] < found.centre < near[1] < far[1]
    assert funnel({"one": Counts(1, 2, 3), "empty": Counts(0, 0, 0)}) is None


@pytest.mark.slow
def test_equal_groups_lie_within_the_limits() -> None:
    random, beyond, total = np.random.default_rng(6), 0, 0
    for _run in range(300):
        told = {
            str(i): Counts(*map(int, random.multinomial(n, (0.2, 0.3, 0.5))))
            for i, n in enumerate([30, 60, 100, 200, 400] * 6)
        }
        found = funnel(told)
        assert found is not None
        beyond += sum(point.outside > 0 for point in found.points)
        total += len(found.points)

    assert 0.02 <= beyond / total <= 0.055


@given(GROUPS, GROUPS)
def test_parts_add_up_to_the_change(before: dict[str, Counts], after: dict[str, Counts]) -> None:
    old = sum(before.values(), Counts(0, 0, 0))
    new = sum(after.values(), Counts(0, 0, 0))
    if not old.n or not new.n:
        with pytest.raises(NoAnswers):
            decompose(before, after)
        return

    found = decompose(before, after)

    assert found.change == pytest.approx((nps(new) or 0) - (nps(old) or 0), abs=1e-9)
    assert sum(part.total for part in found.parts) == pytest.approx(found.change, abs=1e-9)


def test_mix_and_score_are_told_apart() -> None:
    shops, web = Counts(10, 20, 70), Counts(40, 30, 30)

    grown = decompose({"shops": shops, "web": web}, {"shops": shops, "web": web + web + web})
    better = decompose({"shops": shops, "web": web}, {"shops": shops, "web": Counts(20, 30, 50)})

    assert grown.score == pytest.approx(0)
    assert grown.mix == pytest.approx(grown.change)
    assert grown.change < 0
    assert better.mix == pytest.approx(0)
    (part,) = [part for part in better.parts if part.name == "web"]
    assert part.score == pytest.approx(20)
    assert part.is_real
