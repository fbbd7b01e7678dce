"""Which stretch of time is meant, was a target met, and what does that pay?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import NormalDist

from loopwell.targets.enums import Period, WithinMargin

_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
NEARLY_ALL, FEWEST = 0.75, 3
"""Share of the units below their target that their margin spares, and how many must be below, from
which on a policy that spares them needs a warning."""


@dataclass(frozen=True)
class Stretch:
    """From `start` on, `end` is not included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def elapsed(self, today: date) -> float:
        """The share that is over by the morning of `today`, 0 to 1."""
        return min(max((today - self.start).days / self.days, 0.0), 1.0)


class Outcome(StrEnum):
    """How a value stands against its target, by its margin."""

    MET = "met"
    WITHIN = "within"
    """Missed by less than the margin of error."""
    MISSED = "missed"
    UNKNOWN = "unknown"
    """Nobody answered."""


@dataclass(frozen=True)
class Step:
    """From so many points against the target on, this percentage of the part is paid."""

    against: float
    pays: float


@dataclass(frozen=True)
class Sparing:
    """Of the units below their target, `within` are so by less than their margin of error."""

    below: int
    within: int

    @property
    def is_nearly_all(self) -> bool:
        return self.below >= FEWEST and self.within >= NEARLY_ALL * self.below


def stretch_of(period: Period, day: date) -> Stretch:
    """The month, quarter or calendar year that the day lies in."""
    months = _MONTHS[period]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    return Stretch(start, _later(start, months))


def before(period: Period, stretch: Stretch) -> Stretch:
    """The one just before."""
    start = _later(stretch.start, -_MONTHS[period])
    return Stretch(start, stretch.start)


def year_before(stretch: Stretch) -> Stretch:
    return Stretch(_later(stretch.start, -12), _later(stretch.end, -12))


def outcome(
    value: float | None,
    low: float | None,
    high: float | None,
    target: float,
    *,
    higher_is_better: bool = True,
) -> Outcome:
    """Met where the value itself reaches the target; within where only its interval does."""
    if value is None or low is None or high is None:
        return Outcome.UNKNOWN
    reached, possible = (
        (value >= target, high >= target) if higher_is_better else (value <= target, low <= target)
    )
    if reached:
        return Outcome.MET
    return Outcome.WITHIN if possible else Outcome.MISSED


def counted(distance: float, found: Outcome, policy: WithinMargin) -> float:
    """The distance from the target that pay goes by: a spared miss counts as just met."""
    spared = found is Outcome.WITHIN and policy == WithinMargin.SPARED
    return 0.0 if spared else distance


def sparing(outcomes: Iterable[Outcome]) -> Sparing:
    told = list(outcomes)
    within = told.count(Outcome.WITHIN)
    return Sparing(within + told.count(Outcome.MISSED), within)


def paid(distance: float, steps: Sequence[Step]) -> float:
    """Percent of the part that is paid: that of the highest step reached, 0 below the lowest."""
    reached = [step for step in steps if step.against <= distance]
    return max(reached, key=lambda step: step.against).pays if reached else 0.0


def _later(day: date, months: int) -> date:
    """The first of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def chance(
    target: float,
    value: float,
    se: float,
    n: int,
    expected_more: float,
    *,
    higher_is_better: bool = True,
) -> float:
    """The probability, 0 to 1, that the stretch ends at or beyond its target.

    The `n` answers so far stay as they are; `expected_more` will come from the same customers.
    With m = expected_more the end is normal around `value` with variance se²·m/(n + m): what is
    not known is the true value (se²) and the luck of m answers (n·se²/m), both weighing m/(n + m).
    Without more to come it is 1 or 0.
    """
    distance = value - target if higher_is_better else target - value
    spread = se * math.sqrt(expected_more / (n + expected_more)) if expected_more > 0 else 0.0
    if spread == 0:
        return 1.0 if distance >= 0 else 0.0
    return NormalDist().cdf(distance / spread)
