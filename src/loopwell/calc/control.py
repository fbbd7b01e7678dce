"""Is a period's score within what chance alone does, or a signal?"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from loopwell.calc.nps import POINTS, Counts, variance

SIGMAS = 3.0
RUN = 8
"""Periods in a row on one side of the middle that chance hardly makes (Western Electric)."""
FEWEST = 10
"""Answers below which a period is on no side: with nine promoters in ten, one alone is above."""
_MOVING_RANGE = 1.128
_SKEWED = (SIGMAS**2 - 1) / 6


class Signal(StrEnum):
    """Why a period is no noise."""

    NONE = ""
    ABOVE = "above"
    BELOW = "below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"


@dataclass(frozen=True, slots=True)
class Limit:
    """A period's limits in points; None where nobody answered in it."""

    low: float | None
    high: float | None
    signal: Signal


@dataclass(frozen=True, slots=True)
class Control:
    """The middle in points, each period's limits, and the over-dispersion allowed for."""

    centre: float | None
    overdispersion: float
    limits: tuple[Limit, ...]

    @property
    def real_since(self) -> int | None:
        """The last period that is a signal; None where all is noise."""
        told = [place for place, limit in enumerate(self.limits) if limit.signal]
        return told[-1] if told else None

    @property
    def signals(self) -> int:
        return sum(limit.signal is not Signal.NONE for limit in self.limits)


def control(periods: Sequence[Counts], *, design: float = 1.0) -> Control:
    """Limits of three standard errors around the score of all periods together.

    Laney's P′ chart (Quality Engineering 14, 2002) on the score: with many answers chance is so
    small that every period would be a signal; the spread between successive periods, by its mean
    moving range, widens the limits by √φ, φ at least 1. They are moved by 4/3 of the skewness of
    the period's score (Cornish and Fisher; Winterbottom, The Statistician 42, 1993), at most of 1:
    with nearly all promoters a low score is likelier than a high one. A run of eight periods on one
    side, of ten answers or more each, is a signal too. Limits are cut at ±100. `design` is the
    design effect where answers come in clusters: so many say as much as one.
    """
    known = [(place, counts) for place, counts in enumerate(periods) if counts.n]
    nothing = Limit(None, None, Signal.NONE)
    if len(known) < 2:
        return Control(None, 1.0, tuple(nothing for _each in periods))
    total = sum((counts for _place, counts in known), Counts(0, 0, 0))
    centre = POINTS * (total.promoters - total.detractors) / total.n
    padded = Counts(total.detractors + 1, total.passives + 1, total.promoters + 1)
    sigma = POINTS * math.sqrt(variance(padded))
    lean = _skewness(padded)
    errors = [sigma * math.sqrt(design / counts.n) for _place, counts in known]
    z = [
        (_value(counts) - centre) / error
        for (_at, counts), error in zip(known, errors, strict=True)
    ]
    pairs = list(zip(z, known, strict=True))
    ranges = [abs(b - a) for a, b in itertools.pairwise(z)]
    phi = max(1.0, (sum(ranges) / len(ranges) / _MOVING_RANGE) ** 2)
    runs = _runs([score if counts.n >= FEWEST else None for score, (_at, counts) in pairs])
    found = [nothing] * len(periods)
    for (place, counts), error, score, run in zip(known, errors, z, runs, strict=True):
        moved = _SKEWED * max(-1.0, min(lean / math.sqrt(counts.n / design), 1.0))
        reach = SIGMAS * math.sqrt(phi)
        signal = run
        if not moved - reach <= score <= moved + reach:
            signal = Signal.ABOVE if score > moved else Signal.BELOW
        low, high = centre + (moved - reach) * error, centre + (moved + reach) * error
        found[place] = Limit(max(low, -POINTS), min(high, POINTS), signal)
    return Control(centre, phi, tuple(found))


def _runs(z: Sequence[float | None]) -> list[Signal]:
    """For each period whether it ends a run of at least eight on one side; None is passed over."""
    found, length, side = [], 0, 0
    for score in z:
        if score is None:
            found.append(Signal.NONE)
            continue
        now = (score > 0) - (score < 0)
        length = length + 1 if now == side and now else int(now != 0)
        side = now
        reached = length >= RUN
        found.append(
            (Signal.RUN_ABOVE if side > 0 else Signal.RUN_BELOW) if reached else Signal.NONE
        )
    return found


def _skewness(counts: Counts) -> float:
    """Of one answer coded −1, 0, +1."""
    mean = (counts.promoters - counts.detractors) / counts.n
    shares = ((-1, counts.detractors), (0, counts.passives), (1, counts.promoters))
    third = sum(count * (code - mean) ** 3 for code, count in shares) / counts.n
    return float(third / variance(counts) ** 1.5)


def _value(counts: Counts) -> float:
    return POINTS * (counts.promoters - counts.detractors) / counts.n
