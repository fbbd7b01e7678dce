"""When will it be known whether a fix reaches what is expected of it?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loopwell.calc.effects import (
    LEAST_AFTER,
    LEAST_ANSWERS,
    LONG_AFTER,
    LONG_BEFORE,
    NO_OTHERS,
    NOBODY,
    Cell,
    TooFew,
    step_error,
    weights_of,
)

CERTAIN, POWER = 0.05, 0.8
HORIZON = 24
"""Months after the first change that are looked at."""
SPREAD_BEFORE = 3
"""Months over which the answers from before are spread: only their number matters."""


class Group(NamedTuple):
    """Units that change in the same month (`since`; None: never): answers a month, and all from
    before the first of them changes."""

    monthly: float
    before: float
    since: int | None


@dataclass(frozen=True)
class Outlook:
    """`month` is the first whose answers suffice (None: none within HORIZON); `seen` the smallest
    effect that shows then, or at the end, four times out of five; `times` how many times as many
    answers, of changed and compared units alike and also before, would suffice by then."""

    month: int | None
    seen: float
    times: float


def power(effect: float, error: float) -> float:
    """How often an effect of this size is told from none at 5 %, both sides, when its estimate has
    this standard error (Cohen, Statistical Power Analysis, 1988; normal approximation)."""
    from scipy.stats import norm

    if error <= 0:
        return 1.0
    edge, shift = float(norm.ppf(1 - CERTAIN / 2)), effect / error
    return float(norm.sf(edge - shift) + norm.cdf(-edge - shift))


def detectable(error: float) -> float:
    """The effect that is told from none four times out of five."""
    from scipy.stats import norm

    return float(norm.ppf(1 - CERTAIN / 2) + norm.ppf(POWER)) * error


def outlook(
    groups: Sequence[Group], expected: float, variance: float, overdispersion: float = 1.0
) -> Outlook:
    """For the estimate of `effects.effect`, or of `effects.interrupted` where nobody is left to
    compare with: its own weights on the answers that will have come, each with this variance.

    Answers are taken to come evenly. Raises TooFew where no month can be estimated at all.
    """
    first = min(group.since for group in groups if group.since is not None)
    errors = {
        month: error
        for month in range(first + LEAST_AFTER - 1, first + HORIZON)
        if (error := _error(groups, month, variance)) is not None
    }
    if not errors:
        raise TooFew(NOBODY)
    wide = math.sqrt(overdispersion)
    for month, error in errors.items():
        if power(abs(expected), error * wide) >= POWER:
            return Outlook(month, detectable(error * wide), 1.0)
    seen = detectable(min(errors.values()) * wide)
    return Outlook(None, seen, (seen / abs(expected)) ** 2 if expected else math.inf)


def _error(groups: Sequence[Group], last: int, variance: float) -> float | None:
    """The standard error once all answers up to the end of this month are there."""
    cells = _cells(groups, last, variance)
    since = {n: g.since for n, g in enumerate(groups) if g.since is not None and g.since <= last}
    try:
        weights, _months, _answers = weights_of(cells, since, _waiting(groups, since))
    except TooFew as error:
        return _alone(groups, last, variance) if error.args[0] == NO_OTHERS else None
    return math.sqrt(sum(w * w * variance / cells[key].n for key, w in weights.items()))


def _waiting(groups: Sequence[Group], since: Mapping[int, int]) -> set[int]:
    """Compared with: those that never change, and those that have not by then."""
    return {number for number in range(len(groups)) if number not in since}


def _cells(groups: Sequence[Group], last: int, variance: float) -> dict[tuple[int, int], Cell]:
    first = min(group.since for group in groups if group.since is not None)
    cells = {}
    for number, group in enumerate(groups):
        for month in range(first - SPREAD_BEFORE, last + 1):
            n = group.before / SPREAD_BEFORE if month < first else group.monthly
            if n > 0:
                cells[number, month] = Cell(n, 0.0, variance)  # type: ignore[arg-type]  # expected
    return cells


def _alone(groups: Sequence[Group], last: int, variance: float) -> float | None:
    """Against the units' own line."""
    changed = [group for group in groups if group.since is not None and group.since <= last]
    monthly = sum(group.monthly for group in changed)
    if monthly <= 0:
        return None
    first = min(group.since for group in changed if group.since is not None)
    months, late = round(sum(group.before for group in changed) / monthly), last - first + 1
    if months < LONG_BEFORE or late < LONG_AFTER or monthly * late < LEAST_ANSWERS:
        return None
    places = range(-months, late)
    return step_error(places, [monthly / variance for _place in places])
