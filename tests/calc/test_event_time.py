"""The effect by months since the change: by hand, and do its intervals cover?"""

import math

import numpy as np
import pytest

from loopwell.calc.effects import Cell, effect
from loopwell.calc.event_time import by_event_time
from tests.calc.test_effects import even


def test_each_month_by_hand() -> None:
    """Treated less its base, less the same of the others; before, the month itself is no base."""
    found = by_event_time(even({1: [10, 12, 11, 18, 21], 2: [20, 20, 20, 23, 22]}), {1: 3}, [2])
    assert [each.months for each in found] == [-3, -2, -1, 0, 1]
    assert [each.value for each in found] == pytest.approx([-1.5, 1.5, 0, 4, 8])
    assert [each.is_placebo for each in found] == [True, True, True, False, False]
    assert all(each.low < each.value < each.high for each in found)


def test_cohorts_meet_at_the_same_age() -> None:
    """Two cohorts grow by 4 a month from their own start; units changed already compare nothing."""
    first, second = [0, 0, 0, 4, 8, 12, 16, 20], [0, 0, 0, 0, 0, 4, 8, 12]
    found = by_event_time(even({1: first, 2: second, 3: [0.0] * 8}), {1: 3, 2: 5}, [3])
    after = {each.months: (each.value, each.answers) for each in found if not each.is_placebo}
    assert after == {0: (4, 200), 1: (8, 200), 2: (12, 200), 3: (16, 100), 4: (20, 100)}
    assert all(each.value == 0 for each in found if each.is_placebo)


def test_the_mean_of_its_months_is_the_effect() -> None:
    rng = np.random.default_rng(5)
    cells = {
        (unit, month): Cell(int(rng.integers(20, 90)), float(rng.normal()), 9.0)
        for unit in range(6) for month in range(12)
    }  # fmt: skip
    since, others = {0: 5, 1: 5, 2: 8}, [3, 4, 5]
    after = [each for each in by_event_time(cells, since, others) if not each.is_placebo]
    whole = sum(each.value * each.answers for each in after) / sum(e.answers for e in after)
    assert whole == pytest.approx(effect(cells, since, others).value)


def test_nobody_to_compare_with_draws_nothing() -> None:
    assert by_event_time(even({1: [1.0] * 6}), {1: 3}, []) == []
    assert by_event_time({}, {1: 3}, [2]) == []


def test_intervals_cover_what_was_put_in() -> None:
    """Effects 0, 3 and 6 in the months after, none before; 400 companies."""
    rng = np.random.default_rng(11)
    truth = {0: 0.0, 1: 3.0, 2: 6.0}
    hits = dict.fromkeys((-2, -1, 0, 1, 2), 0)
    for _run in range(400):
        season = rng.normal(0, 3, 12)
        cells = {}
        for unit in range(8):
            for month in range(12):
                began = 9 if unit < 4 else 99
                mean = season[month] + unit + truth.get(month - began, 0.0)
                cells[unit, month] = Cell(60, float(rng.normal(mean, math.sqrt(900 / 60))), 900.0)
        since = dict.fromkeys(range(4), 9)
        for each in by_event_time(cells, since, range(4, 8)):
            if each.months in hits:
                hits[each.months] += each.low <= truth.get(each.months, 0.0) <= each.high
    assert all(0.92 <= n / 400 <= 0.985 for n in hits.values()), hits
