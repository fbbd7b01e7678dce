"""Are shares of weighed answers as sure as they say, told by simulation?"""

import numpy as np
import pytest

from loopwell.calc.nps import NoAnswers
from loopwell.calc.proportion import wilson
from loopwell.calc.shares import Weighed, of_parts, weighed_share

RUNS = 4000


def test_even_weights_are_wilsons_own_interval() -> None:
    found, plain = weighed_share(Weighed(30, 60), Weighed(80, 160), 40), wilson(15, 40)
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )
    assert Weighed(80, 160).is_even(40)
    assert not Weighed(80, 200).is_even(40)


@pytest.mark.parametrize("part", [0.0, 80.0])
def test_nobody_and_everybody(part: float) -> None:
    found = weighed_share(Weighed(part, 2 * part), Weighed(80, 160), 40)
    assert found.low <= found.value <= found.high
    assert (found.low == 0) is (part == 0)
    assert (found.high == 100) is (part == 80)


def test_nothing_weighs_anything() -> None:
    with pytest.raises(NoAnswers):
        weighed_share(Weighed(0, 0), Weighed(0, 0), 0)


@pytest.mark.parametrize(
    ("n", "shares"), [(300, (0.05, 0.15)), (150, (0.10, 0.30)), (1000, (0.02, 0.06))]
)
def test_intervals_of_weighed_answers_hold_the_truth(n: int, shares: tuple[float, float]) -> None:
    """Half of the customers belong to a group that is asked three times as often and has the
    problem otherwise: their weights undo it."""
    draw = np.random.default_rng(5)
    truth, held = 100 * (shares[0] + shares[1]) / 2, 0
    often = draw.binomial(n, 0.75, RUNS)
    for asked in often:
        groups = ((asked, 2 / 3, shares[0]), (n - asked, 2.0, shares[1]))
        part = whole = np.zeros(2)
        for size, weight, share in groups:
            named = draw.binomial(size, share)
            part = part + np.array([weight, weight**2]) * named
            whole = whole + np.array([weight, weight**2]) * size
        found = weighed_share(Weighed(*part), Weighed(*whole), n)
        held += found.low <= truth <= found.high
    assert 0.93 <= held / RUNS <= 0.97


@pytest.mark.parametrize("shares", [(0.30, 0.10, 0.02), (0.10, 0.05, 0.01)])
def test_intervals_of_a_whole_of_parts_hold_the_truth(shares: tuple[float, ...]) -> None:
    """As with calls: of each category so many were asked, and the sizes are counted in answers."""
    draw = np.random.default_rng(8)
    sizes, asked = np.array([0.2, 0.3, 0.5]), (400, 150, 150)
    truth, held = 100 * float(sizes @ np.array(shares)), 0
    for _run in range(RUNS):
        counted = draw.multinomial(5000, sizes) / 5000
        parts = [
            (float(size), wilson(int(draw.binomial(n, share)), n))
            for size, n, share in zip(counted, asked, shares, strict=True)
        ]
        found = of_parts(parts, sum(asked))
        held += found.low <= truth <= found.high
    assert 0.93 <= held / RUNS <= 0.97
