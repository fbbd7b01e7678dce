"""Power against statsmodels, and does what was promised come true in simulation?"""

import math

import numpy as np
import pytest
from statsmodels.stats.power import NormalIndPower

from loopwell.calc.effects import Cell, TooFew, effect, step_error
from loopwell.calc.power import HORIZON, Group, detectable, outlook, power

ALWAYS = 1e9
"""Answers before: so many that only those after matter, as in a comparison of two samples."""


@pytest.mark.parametrize(("size", "n"), [(0.1, 400), (0.2, 100), (0.2, 393), (0.05, 2000)])
def test_power_as_statsmodels_has_it(size: float, n: int) -> None:
    error = math.sqrt(2 / n)
    wanted = NormalIndPower().power(size, n, 0.05, ratio=1.0, alternative="two-sided")
    assert power(size, error) == pytest.approx(wanted, abs=1e-9)
    assert power(-size, error) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("error", [0.5, 3.0])
def test_what_is_detectable_is_detected_four_times_of_five(error: float) -> None:
    assert power(detectable(error), error) == pytest.approx(0.8, abs=1e-4)
    assert power(0.0, error) == pytest.approx(0.05)


@pytest.mark.parametrize(("expected", "monthly"), [(2.0, 400.0), (1.0, 900.0), (4.0, 100.0)])
def test_the_month_is_the_first_with_as_many_answers_as_statsmodels_asks_for(
    expected: float, monthly: float
) -> None:
    """Two groups, everything known of before: the answers after are two samples."""
    variance = 400.0
    found = outlook(
        [Group(monthly, ALWAYS, 100), Group(monthly, ALWAYS, None)], -expected, variance
    )
    needed = NormalIndPower().solve_power(
        expected / math.sqrt(variance), None, 0.05, 0.8, ratio=1.0, alternative="two-sided"
    )
    assert found.month == 100 + max(math.ceil(needed / monthly), 2) - 1


def test_before_and_after_cost_as_much_as_arithmetic_says() -> None:
    groups = [Group(50, 300, 10), Group(100, 900, None)]
    found = outlook(groups, 0.1, 900.0)
    after = 50 * HORIZON
    chance = 900 * (1 / after + 1 / 300 + 1 / (2 * after) + 1 / 900)
    assert found.month is None
    assert found.seen == pytest.approx(detectable(math.sqrt(chance)))
    assert found.times == pytest.approx((found.seen / 0.1) ** 2)
    wider = outlook(groups, 0.1, 900.0, overdispersion=4.0)
    assert wider.seen == pytest.approx(2 * found.seen)


def test_without_others_it_takes_longer_than_with_them() -> None:
    alone = outlook([Group(400, 400 * 18, 10)], 4.0, 2000.0)
    together = outlook([Group(400, 400 * 18, 10), Group(400, 400 * 18, None)], 4.0, 2000.0)
    assert together.month is not None
    assert alone.month is not None
    assert alone.month > together.month


def test_the_error_of_a_step_as_statsmodels_has_it() -> None:
    import statsmodels.api as sm

    places, answers = range(-18, 6), [300 + 10 * place for place in range(24)]
    design = [[1.0, place, float(place >= 0)] for place in places]
    fitted = sm.WLS(np.zeros(24), design, weights=[n / 2000 for n in answers]).fit()
    wanted = math.sqrt(fitted.normalized_cov_params[2, 2])
    assert step_error(places, [n / 2000 for n in answers]) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "groups", [[Group(0, 0, 5), Group(100, 900, None)], [Group(100, 300, 5)], [Group(5, 3, 5)]]
)
def test_nothing_is_promised_where_nothing_can_be_estimated(groups: list[Group]) -> None:
    with pytest.raises(TooFew):
        outlook(groups, 2.0, 900.0)


def test_a_later_cohort_serves_until_it_changes() -> None:
    """Everybody changes in the end: after that nobody is left to compare with."""
    groups = [Group(200, 2400, 10), Group(200, 2400, 16)]
    never = [Group(200, 2400, 10), Group(200, 2400, None)]
    assert outlook(groups, 0.5, 900.0).seen > outlook(never, 0.5, 900.0).seen


def test_what_was_promised_comes_true() -> None:
    """Four of five estimates made in the month that was named find the effect."""
    rng = np.random.default_rng(3)
    variance, expected = 1600.0, 4.0
    groups = [Group(150, 150 * 12, 12), Group(150, 150 * 12, 15), Group(300, 300 * 12, None)]
    month = outlook(groups, expected, variance).month
    assert month is not None
    found = 0
    for _run in range(300):
        cells = {
            (unit, each): Cell(
                int(g.monthly),
                float(rng.normal(expected if g.since is not None and each >= g.since else 0.0,
                                 math.sqrt(variance / g.monthly))),
                variance,
            )
            for unit, g in enumerate(groups)
            for each in range(month + 1)
        }  # fmt: skip
        found += effect(cells, {0: 12, 1: 15}, [2]).p < 0.05
    assert 0.74 <= found / 300 <= 0.92
