"""How far are two values of a metric apart, and is that more than chance?"""

import math
from collections.abc import Sequence

from loopwell.calc.multiple import benjamini_hochberg, holm
from loopwell.calc.nps import Difference, critical, difference, two_sided
from loopwell.insights.asking import Row
from loopwell.insights.metrics import METRICS, Metric, counts_of

HOLM_UP_TO = 20
"""Comparisons; more of them share their false findings instead of never making one."""


def apart(metric: str, row: Row, other: Row) -> Difference | None:
    """The row less the other, taken as independent; None where either has no value, or where the
    metric is a count of all and has no chance in it.

    Scores by adjusted Wald, all others from their two intervals (MOVER: Zou and Donner, Statistics
    in Medicine 27, 2008), so that p < 0.05 says that the interval leaves out zero. An `other`
    without a count is a fixed number.
    """
    found = METRICS[metric]
    if row.value is None or other.value is None or found.test == "none":
        return None
    if found.test == "score" and row.n and other.n and "promoters" in other.stats:
        return difference(counts_of(row.stats), counts_of(other.stats))
    return _of_intervals(row, other)


def apart_from_whole(metric: str, row: Row, whole: Row, rest: Row) -> Difference | None:
    """The row less the whole that it is a part of: tested against the rest, and shortened by the
    row's own share of the whole."""
    against_rest = apart(metric, row, rest)
    if against_rest is None or row.value is None or whole.value is None or not whole.n:
        return None
    share = 1 - row.n / whole.n
    return Difference(
        row.value - whole.value,
        against_rest.low * share,
        against_rest.high * share,
        against_rest.p,
    )


def can_be_judged(metric: str, row: Row, other: Row | None) -> bool:
    """Whether both have enough; a fixed number has."""
    least = METRICS[metric].minimum
    return other is not None and row.n >= least and (is_fixed(other) or other.n >= least)


def is_fixed(row: Row) -> bool:
    return row.n == 0 and row.value is not None


def adjusted(p_values: Sequence[float | None]) -> list[float | None]:
    """Made stricter by how many there are; None passes through."""
    tested = sum(p is not None for p in p_values)
    return holm(p_values) if tested <= HOLM_UP_TO else benjamini_hochberg(p_values)


def is_better(metric: Metric, found: Difference) -> bool:
    return (found.value > 0) == metric.higher_is_better


def _of_intervals(row: Row, other: Row) -> Difference | None:
    a, b = _ends(row), _ends(other)
    if a is None or b is None:
        return None
    value = a[1] - b[1]
    below = math.hypot(a[1] - a[0], b[2] - b[1])
    above = math.hypot(a[2] - a[1], b[1] - b[0])
    towards_zero = below if value > 0 else above
    p = two_sided(value, towards_zero / critical(0.95))
    return Difference(value, value - below, value + above, p)


def _ends(row: Row) -> tuple[float, float, float] | None:
    if row.value is None:
        return None
    low = row.value if row.low is None else row.low
    return low, row.value, row.value if row.high is None else row.high
