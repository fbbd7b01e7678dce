"""Has the score really moved, or is the last period within the usual noise?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from loopwell.calc.nps import (
    Counts,
    Difference,
    Estimate,
    critical,
    interval,
    standard_error,
    two_sided,
)


class Kind(StrEnum):
    """The sentence the figures allow."""

    UP = "up"
    DOWN = "down"
    NO_CHANGE = "no_change"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of time; the estimate is None when nobody answered in it."""

    label: str
    counts: Counts
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class Trend:
    """All periods as given, and the last one against the mean of those before it.

    ``before`` is that mean in points; ``difference`` and ``before`` are None for ``too_few``.
    ``spread`` is the standard deviation, in points, of the true score between earlier periods.
    """

    periods: list[Period]
    kind: Kind
    before: float | None
    difference: Difference | None
    spread: float


@dataclass(frozen=True, slots=True)
class _Mean:
    value: float
    se: float
    spread: float
    periods: int


def trend(
    periods: Sequence[tuple[str, Counts]],
    *,
    minimum: int = 30,
    confidence: float = 0.95,
    design: float = 1.0,
) -> Trend:
    """Judge the last of the periods (oldest first) against the earlier ones.

    Only periods with ``minimum`` answers take part. The test allows for both kinds of noise: who
    happened to answer, and the usual movement between periods (DerSimonian and Laird, Controlled
    Clinical Trials 7, 1986, with the prediction interval of Higgins, Thompson and Spiegelhalter,
    J. R. Statist. Soc. A 172, 2009). Where earlier periods move about, an ordinary month is no
    news, however many people answered in it. `design` is the design effect where answers come in
    clusters: the periods' own noise is taken as √design as large.
    """
    shown = [Period(label, c, interval(c) if c.n else None) for label, c in periods]
    usable = [period for period in shown[:-1] if period.counts.n >= minimum]
    if not usable or shown[-1].counts.n < minimum:
        return Trend(shown, Kind.TOO_FEW, None, None, 0.0)
    last, before = shown[-1], _mean_of(usable, design)
    gap = _difference(last, before, confidence, design)
    return Trend(shown, _kind(gap, 1 - confidence), before.value, gap, before.spread)


def _mean_of(periods: Sequence[Period], design: float) -> _Mean:
    """Random-effects mean of the periods' raw scores, in points."""
    values = [_score(period) for period in periods]
    noise = [design * standard_error(period.counts) ** 2 for period in periods]
    fixed = [1 / v for v in noise]
    mean = _weighted(values, fixed)
    heterogeneity = sum(w * (x - mean) ** 2 for w, x in zip(fixed, values, strict=True))
    scale = sum(fixed) - sum(w * w for w in fixed) / sum(fixed)
    excess = heterogeneity - (len(values) - 1)
    between = max(0.0, excess / scale) if len(values) > 1 else 0.0
    weights = [1 / (v + between) for v in noise]
    se = math.sqrt(1 / sum(weights))
    return _Mean(_weighted(values, weights), se, math.sqrt(between), len(values))


def _difference(last: Period, before: _Mean, confidence: float, design: float) -> Difference:
    value = _score(last) - before.value
    own = math.sqrt(design) * standard_error(last.counts)
    se = math.hypot(own, before.se, before.spread)
    if before.spread == 0:
        reach, p = critical(confidence) * se, two_sided(value, se)
    else:
        # Loaded here: SciPy costs time and memory that most callers never need.
        from scipy.special import stdtr, stdtrit

        freedom = before.periods - 1
        reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * se
        p = 2 * float(stdtr(freedom, -abs(value) / se))
    return Difference(value, max(value - reach, -200.0), min(value + reach, 200.0), p)


def _kind(gap: Difference, level: float) -> Kind:
    if gap.p >= level:
        return Kind.NO_CHANGE
    return Kind.UP if gap.value > 0 else Kind.DOWN


def _score(period: Period) -> float:
    return interval(period.counts).value


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, values, strict=True)) / sum(weights)
