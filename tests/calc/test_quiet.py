"""Is silence about a problem told from few having it, and from chance?"""

import numpy as np

from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.calc.quiet import Reported, hardly_complained


def have(count: float, margin: float = 0.1) -> Estimate:
    return Estimate(count, count * (1 - margin), count * (1 + margin), 1000)


OTHERS = [Reported(200, have(1000)), Reported(100, have(800))]


def test_a_common_problem_nobody_writes_about() -> None:
    one = Reported(10, have(3000))
    assert hardly_complained(one, OTHERS) is True
    assert one.one_in == 300


def test_none_at_all_can_be_compared_too() -> None:
    assert hardly_complained(Reported(0, have(3000)), OTHERS) is True
    assert Reported(0, have(3000)).one_in is None


def test_a_little_less_or_too_few_to_know_is_not_silence() -> None:
    assert hardly_complained(Reported(120, have(1000)), OTHERS) is False
    assert hardly_complained(Reported(0, have(10)), OTHERS) is False
    assert hardly_complained(Reported(10, Estimate(3000, 100, 9000, 20)), OTHERS) is False


def test_nothing_to_compare_with() -> None:
    assert hardly_complained(Reported(5, have(100)), []) is None
    assert hardly_complained(Reported(5, have(0)), OTHERS) is None
    assert hardly_complained(Reported(5, have(100)), [Reported(0, have(50))]) is None


def test_at_the_boundary_itself_chance_seldom_says_silence() -> None:
    """The true rate is half of the others': one-sided, at most 2.5 % and a little."""
    draw = np.random.default_rng(3)
    runs, said = 2000, 0

    def reported(share: float, rate: float) -> Reported:
        found = wilson(int(draw.binomial(1000, share)), 1000)
        ends = (300 * each for each in (found.value, found.low, found.high))
        value, low, high = ends
        return Reported(int(draw.poisson(30_000 * share * rate)), Estimate(value, low, high, 1000))

    for _run in range(runs):
        others = [reported(0.05, 0.1), reported(0.04, 0.1)]
        said += hardly_complained(reported(0.1, 0.05), others) is True
    assert said / runs <= 0.035
