"""Did the same people answer differently the second time, or about another brand?"""

import math
from collections.abc import Sequence

from loopwell.calc.nps import POINTS, Difference, NoAnswers, critical, two_sided

PSEUDO = 2.0
"""Imaginary people, spread evenly over the nine cells."""
_CODES = (-1, 0, 1)


def paired_difference(table: Sequence[Sequence[int]], confidence: float = 0.95) -> Difference:
    """How far the second score is above the first, in points, among the same people.

    ``table`` is 3 × 3: rows are the first answer, columns the second, in the order detractor,
    passive, promoter. The value is raw; the interval and p-value come from the mean of each
    person's own change after two imaginary people joined, as Agresti and Min advise for paired
    proportions (Statistics in Medicine 24, 2005), cut at ±200. Raises NoAnswers for an empty table.
    """
    cells = [
        (second - first, table[row][column])
        for row, first in enumerate(_CODES)
        for column, second in enumerate(_CODES)
    ]
    n = sum(count for _change, count in cells)
    if n == 0:
        raise NoAnswers("No pairs: a difference needs at least one person who answered twice")
    value = POINTS * sum(change * count for change, count in cells) / n
    total = n + PSEUDO
    padded = [(change, count + PSEUDO / 9) for change, count in cells]
    mean = sum(change * count for change, count in padded) / total
    spread = sum(change * change * count for change, count in padded) / total - mean**2
    se = POINTS * math.sqrt(max(spread, 0.0) / total)
    reach = critical(confidence) * se
    low, high = POINTS * mean - reach, POINTS * mean + reach
    return Difference(
        value,
        min(value, max(low, -2 * POINTS)),
        max(value, min(high, 2 * POINTS)),
        two_sided(POINTS * mean, se),
    )
