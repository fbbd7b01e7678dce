"""Effects by hand, the trap of staggered roll-outs, and do intervals cover what was put in?"""

import math

import numpy as np
import pytest

from loopwell.calc.effects import (
    NO_AFTER,
    NO_BEFORE,
    NO_OTHERS,
    Cell,
    Cells,
    TooFew,
    effect,
    interrupted,
    overdispersion,
    score_cell,
    share_cell,
)


def even(means: dict[int, list[float]], n: int = 100) -> dict[tuple[int, int], Cell]:
    return {
        (unit, month): Cell(n, mean, 400.0)
        for unit, row in means.items()
        for month, mean in enumerate(row)
    }


def test_one_roll_out_by_hand() -> None:
    """Treated: 10 before, 18 after; the others 20 and 23: the rest, 5, is the effect."""
    cells = even({1: [10, 10, 10, 18, 18], 2: [20, 20, 20, 23, 23], 3: [30, 30, 30, 33, 33]})
    found = effect(cells, {1: 3}, [2, 3])
    assert found.value == pytest.approx(5)
    assert (found.months, found.answers, found.overdispersion) == (2, 200, 1.0)
    chance = 400 / 200 + 400 / 300 + 400 / 400 + 400 / 600
    _phi, freedom = overdispersion({k: c for k, c in cells.items() if k[0] != 1 or k[1] < 3})
    from scipy import stats

    assert found.high - found.value == pytest.approx(
        stats.t(freedom).ppf(0.975) * math.sqrt(chance)
    )


def test_units_changed_already_are_no_comparison() -> None:
    """The effect grows by 4 a month in whoever changed first: two-way fixed effects would take
    that growth for the other's trend and call a good change a bad one."""
    first = [0, 0, 0, 4, 8, 12, 16, 20]
    second = [0, 0, 0, 0, 0, 4, 8, 12]
    found = effect(even({1: first, 2: second, 3: [0.0] * 8}), {1: 3, 2: 5}, [3])
    after = [4, 8, 12, 16, 20, 4, 8, 12]
    assert found.value == pytest.approx(sum(after) / len(after))


def test_not_yet_changed_units_serve_until_they_change() -> None:
    found = effect(even({1: [5, 5, 5, 9, 9, 9], 2: [7, 7, 7, 8, 8, 30]}), {1: 3, 2: 5}, [])
    assert found.value == pytest.approx(3), "4 less what the other rose by before it changed"
    assert found.months == 2


@pytest.mark.parametrize(
    ("since", "others", "reason"),
    [({1: 2}, [2], NO_BEFORE), ({1: 5}, [2], NO_AFTER), ({1: 3}, [], NO_OTHERS)],
)
def test_too_little_is_said_and_no_number_given(
    since: dict[int, int], others: list[int], reason: str
) -> None:
    cells = even({1: [1.0] * 6, 2: [1.0] * 6})
    with pytest.raises(TooFew) as caught:
        effect(cells, since, others)
    assert caught.value.args[0] == reason


def test_no_month_is_without_variance() -> None:
    assert share_cell(0, 10).variance > 0
    assert score_cell(0, 0, 10).variance > 0
    assert (share_cell(1, 4).mean, score_cell(1, 1, 2).mean) == (25, 25)


def simulated(
    draw: np.random.Generator, units: int, months: int, n: int, shock: float, truth: float
) -> tuple[Cells, dict[int, int], list[int]]:
    """Shares of 30 %; four units change, two of them three months later; seasons, units and
    unit-months differ."""
    since = {unit: months // 2 + 3 * (unit % 2) for unit in range(4)}
    season, own = draw.normal(0, 0.02, months), draw.normal(0, 0.05, units)
    cells = {}
    for unit in range(units):
        for month in range(months):
            p = 0.3 + own[unit] + season[month] + draw.normal(0, shock)
            p += truth if month >= since.get(unit, months) else 0
            if count := int(draw.poisson(n)):
                part = int(draw.binomial(count, min(max(p, 0.01), 0.99)))
                cells[unit, month] = share_cell(part, count)
    return cells, since, list(range(4, units))


@pytest.mark.parametrize(
    ("units", "months", "n", "shock", "truth"),
    [(12, 16, 40, 0.0, 0.0), (12, 16, 40, 0.04, -0.1), (6, 10, 100, 0.03, 0.0)],
)
def test_intervals_cover_what_was_put_in(
    units: int, months: int, n: int, shock: float, truth: float
) -> None:
    draw, rounds, hits, told = np.random.default_rng(8), 200, 0, 0
    for _round in range(rounds):
        cells, since, others = simulated(draw, units, months, n, shock, truth)
        found = effect(cells, since, others)
        hits += found.low <= 100 * truth <= found.high
        told += found.p < 0.05
    assert 0.91 <= hits / rounds <= 0.99
    if not truth:
        assert told / rounds <= 0.09


def test_a_step_in_ones_own_line() -> None:
    line = [20 + month + (7 if month >= 10 else 0) for month in range(16)]
    found = interrupted(even({1: line, 2: line}), {1: 10, 2: 10})
    assert found.value == pytest.approx(7)
    assert found.low < 7 < found.high
    assert (found.months, found.answers, found.is_compared) == (6, 1200, False)
    with pytest.raises(TooFew):
        interrupted(even({1: line}), {1: 5})
    with pytest.raises(TooFew):
        interrupted(even({1: line}), {1: 14})


@pytest.mark.parametrize(("shock", "r"), [(0.0, 0.0), (0.03, 0.0), (0.03, 0.5)])
def test_steps_that_are_none_are_seldom_seen(shock: float, r: float) -> None:
    draw, rounds, told = np.random.default_rng(5), 300, 0
    for _round in range(rounds):
        wander, cells = 0.0, {}
        for month in range(20):
            wander = r * wander + draw.normal(0, shock) * math.sqrt(1 - r * r)
            part = int(draw.binomial(300, min(max(0.3 + wander, 0.01), 0.99)))
            cells[1, month] = share_cell(part, 300)
        told += interrupted(cells, {1: 11}).p < 0.05
    assert told / rounds <= 0.14, "autocorrelation is not wholly allowed for"
