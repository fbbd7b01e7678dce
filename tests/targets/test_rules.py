"""Periods, whether a target was met, and what it pays."""

from datetime import date

import pytest

from loopwell.targets.enums import Period, WithinMargin
from loopwell.targets.rules import (
    Outcome,
    Step,
    Stretch,
    before,
    counted,
    outcome,
    paid,
    stretch_of,
    year_before,
)  # fmt: skip

STEPS = [Step(-10, 0), Step(-5, 50), Step(0, 100), Step(5, 120)]


@pytest.mark.parametrize(
    ("period", "day", "start", "end"),
    [
        (Period.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        (Period.QUARTER, date(2026, 11, 22), date(2026, 10, 1), date(2027, 1, 1)),
        (Period.YEAR, date(2024, 2, 29), date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_stretch_a_day_lies_in(period: Period, day: date, start: date, end: date) -> None:
    assert stretch_of(period, day) == Stretch(start, end)


def test_the_stretches_before() -> None:
    quarter = Stretch(date(2026, 1, 1), date(2026, 4, 1))

    assert before(Period.QUARTER, quarter) == Stretch(date(2025, 10, 1), date(2026, 1, 1))
    assert year_before(quarter) == Stretch(date(2025, 1, 1), date(2025, 4, 1))
    assert quarter.elapsed(date(2026, 1, 1)) == 0
    assert quarter.elapsed(date(2026, 2, 15)) == pytest.approx(0.5)
    assert quarter.elapsed(date(2027, 1, 1)) == 1


def test_a_miss_within_the_margin_is_told_apart() -> None:
    assert outcome(41, 36, 46, 40) is Outcome.MET
    assert outcome(38, 33, 43, 40) is Outcome.WITHIN
    assert outcome(30, 25, 35, 40) is Outcome.MISSED
    assert outcome(None, None, None, 40) is Outcome.UNKNOWN
    assert outcome(12, 8, 16, 10, higher_is_better=False) is Outcome.WITHIN


def test_the_policy_decides_what_a_miss_within_the_margin_pays() -> None:
    spared = counted(-2, Outcome.WITHIN, WithinMargin.SPARED)
    strict = counted(-2, Outcome.WITHIN, WithinMargin.COUNTS)

    assert (paid(spared, STEPS), paid(strict, STEPS)) == (100, 50)
    assert paid(counted(-12, Outcome.MISSED, WithinMargin.SPARED), STEPS) == 0
    assert paid(7, STEPS) == 120
    assert paid(-4, []) == 0
