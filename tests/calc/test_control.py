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
