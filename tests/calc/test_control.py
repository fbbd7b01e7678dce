"""Signals where a period stands out, and none where it does not."""

import numpy as np
import pytest

from loopwell.calc.control import Signal, control
from loopwell.calc.nps import Counts


def test_a_period_far_off_is_a_signal() -> None:
    usual = [Counts(20, 30, 50), Counts(22, 29, 49), Counts(19, 30, 51), Counts(21, 31, 48)] * 4

    found = control([*usual, Counts(60, 30, 10)])

    assert found.limits[-1].signal is Signal.BELOW
    assert found.signals >= 1
    assert found.limits[0].low < found.centre < found.limits[0].high


def test_eight_on_one_side_are_a_signal() -> None:
    low, high = Counts(22, 30, 48), Counts(18, 30, 52)

    found = control([low] * 9 + [high] * 9)

    assert found.limits[7].signal is Signal.RUN_BELOW
    assert found.limits[6].signal is Signal.NONE
    assert found.limits[-1].signal is Signal.RUN_ABOVE


def test_empty_periods_have_no_limits() -> None:
    found = control([Counts(5, 5, 5), Counts(0, 0, 0), Counts(4, 5, 6)])

    assert found.limits[1].low is None
    assert control([Counts(1, 1, 1)]).centre is None


@pytest.mark.slow
def test_large_counts_that_wander_are_not_all_signals() -> None:
    random, signals = np.random.default_rng(2), 0
    for _year in range(200):
        levels = 0.5 + random.normal(0, 0.03, 24)
        told = [Counts(*map(int, random.multinomial(20_000, (0.2, 0.8 - p, p)))) for p in levels]
        far = [limit.signal in (Signal.ABOVE, Signal.BELOW) for limit in control(told).limits]
        signals += sum(far)

    assert signals / (200 * 24) < 0.02


def alarms(sizes: list[int], mix: tuple[float, ...], years: int = 500) -> tuple[float, float]:
    """The shares of years without a change with a period beyond the limits, and with any signal."""
    random, beyond, either = np.random.default_rng(21), 0, 0
    for _year in range(years):
        found = control([Counts(*map(int, random.multinomial(n, mix))) for n in sizes])
        beyond += any(lim.signal in (Signal.ABOVE, Signal.BELOW) for lim in found.limits)
        either += found.real_since is not None
    return beyond / years, either / years


@pytest.mark.slow
@pytest.mark.parametrize("mix", [(0.2, 0.3, 0.5), (0.02, 0.08, 0.9)])
def test_quiet_years_raise_few_alarms(mix: tuple[float, ...]) -> None:
    monthly, weekly, few = (alarms(sizes, mix) for sizes in ([40] * 12, [15] * 52, [1] * 52))

    assert max(monthly) <= 0.03
    assert weekly[0] <= 0.10
    assert weekly[1] <= 0.25
    assert max(few) <= 0.12


def test_limits_lean_to_where_there_is_room() -> None:
    found = control([Counts(2, 8, 90)] * 5)

    assert found.limits[0].low is not None
    assert found.limits[0].high is not None
    assert found.centre - found.limits[0].low > found.limits[0].high - found.centre > 0


def test_the_last_signal_is_since_when_it_is_real() -> None:
    usual = [Counts(20, 30, 50), Counts(22, 29, 49), Counts(19, 30, 51), Counts(21, 31, 48)]

    assert control(usual).real_since is None
    assert control([*usual * 3, Counts(60, 30, 10), *usual]).real_since == 12
