"""How far are two values of a metric apart, and is that more than chance?"""

from collections.abc import Sequence

from loopwell.calc.multiple import benjamini_hochberg, holm
from loopwell.calc.nps import Difference, Estimate, difference_of
from loopwell.insights.asking import Row
from loopwell.insights.metrics import METRICS, Metric

HOLM_UP_TO = 20
"""Comparisons; more of them share their false findings instead of never making one."""


def apart(metric: str, row: Row, other: Row) -> Difference | None:
    """The row less the other, taken as independent; None where either has no value, or where the
    metric is a count of all and has no chance in it.

    From their two intervals as they are shown (`calc.nps.difference_of`), so that p < 0.05 says
    that the interval leaves out zero. An `other` without a count is a fixed number.
    """
    found = METRICS[metric]
    if row.value is None or other.value is None or found.test == "none":
        return None
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
    a, b = _estimate(row), _estimate(other)
    return difference_of(a, b) if a and b else None


def _estimate(row: Row) -> Estimate | None:
    """A value without an interval is taken as sure."""
    if row.value is None:
        return None
    low = row.value if row.low is None else row.low
    return Estimate(row.value, low, row.value if row.high is None else row.high, row.n)
