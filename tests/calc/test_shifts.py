"""Real jumps are found where they are; years without one are left alone at the stated rate."""

import numpy as np
import pytest

from loopwell.calc.nps import Counts
from loopwell.calc.shifts import shifts

YEARS = 1000


def series(random: np.random.Generator, sizes: list[int], mix: tuple[float, ...]) -> list[Counts]:
    return [Counts(*map(int, random.multinomial(n, mix))) for n in sizes]


def test_a_jump_is_found_where_it_is() -> None:
    random = np.random.default_rng(3)
    before = series(random, [200] * 12, (0.3, 0.3, 0.4))
    after = series(random, [200] * 8, (0.15, 0.25, 0.6))

    (found,) = shifts([*before, *after])

    assert abs(found.index - 12) <= 1
    assert found.difference.low < 35 < found.difference.high
    assert found.before.n + found.after.n == 4000
    assert found.p < 0.01


def test_two_jumps_and_empty_periods_between() -> None:
    random = np.random.default_rng(4)
    low = (0.4, 0.3, 0.3)
    high = (0.1, 0.2, 0.7)
    told = series(random, [150] * 8, low) + series(random, [150] * 8, high)
    told += [Counts(0, 0, 0)] * 2 + series(random, [150] * 8, low)

    found = shifts(told)

    assert [shift.difference.value > 0 for shift in found] == [True, False]
    assert found[1].index in (15, 16, 17, 18)


def test_little_says_nothing() -> None:
    assert shifts([]) == []
    assert shifts([Counts(0, 0, 9), Counts(9, 0, 0)]) == []
    assert shifts([Counts(0, 0, 50)] * 12) == []


def test_the_same_figures_give_the_same_answer() -> None:
    told = series(np.random.default_rng(5), [40] * 30, (0.2, 0.3, 0.5))

    assert shifts(told) == shifts(told)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "mix"),
    [
        ([40] * 12, (0.2, 0.3, 0.5)),
        ([10, 60, 25, 8, 120, 30, 15, 44, 90, 12, 33, 70], (0.2, 0.3, 0.5)),
        ([15] * 52, (0.02, 0.08, 0.90)),
        ([100] * 12, (0.35, 0.3, 0.35)),
    ],
)
def test_years_without_a_shift_raise_few_alarms(sizes: list[int], mix: tuple[float, ...]) -> None:
    """5 % stated; of 1,000 years between 3 and 7 % is what chance makes of that."""
    random = np.random.default_rng(11)
    alarms = sum(bool(shifts(series(random, sizes, mix), seed=year)) for year in range(YEARS))

    assert 0.03 <= alarms / YEARS <= 0.07


def test_a_wandering_score_is_no_chain_of_shifts() -> None:
    random = np.random.default_rng(8)
    found = 0
    for _year in range(100):
        levels = np.clip(0.5 + random.normal(0, 0.06, 24), 0.1, 0.8)
        told = [Counts(*map(int, random.multinomial(300, (0.2, 0.8 - p, p)))) for p in levels]
        found += bool(shifts(told))

    assert found <= 15


@pytest.mark.slow
def test_accounts_that_answer_alike_are_no_shifts():
    """Each answer three times: by their design effect no more years are told than is stated."""
    rng = np.random.default_rng(4)
    years = 3 * rng.multinomial(14, (0.2, 0.3, 0.5), size=(400, 12))
    told = [[Counts(*map(int, row)) for row in year] for year in years]

    assert sum(bool(shifts(year)) for year in told) > 0.09 * 400
    assert sum(bool(shifts(year, design=3.0)) for year in told) < 0.08 * 400


def test_a_design_effect_makes_as_many_fewer_answers():
    many = [Counts(30, 60, 90), Counts(60, 30, 90), Counts(90, 60, 30), Counts(120, 30, 30)]
    few = [Counts(c.detractors // 3, c.passives // 3, c.promoters // 3) for c in many]

    heeded, plain = shifts(many, design=3.0), shifts(few)

    assert [(each.index, each.p) for each in heeded] == [(each.index, each.p) for each in plain]
    assert heeded
