"""What is the mean of these ratings, and how sure can we be of it?"""

import math
from collections.abc import Mapping

from loopwell.calc.nps import Estimate, NoAnswers


def mean_of(counts: Mapping[int, int], confidence: float = 0.95) -> Estimate:
    """Mean of ratings given as how often each was given, with Student's interval.

    Raises NoAnswers without ratings. One rating alone has no interval: it is not a number (NaN).
    """
    n = sum(counts.values())
    if n == 0:
        raise NoAnswers("No ratings: a mean needs at least one")
    mean = sum(point * count for point, count in counts.items()) / n
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    squares = math.fsum(count * (point - mean) ** 2 for point, count in counts.items())
    reach = students_reach(n, math.sqrt(squares / (n - 1)), confidence)
    return Estimate(mean, mean - reach, mean + reach, n)


def students_reach(n: int, deviation: float, confidence: float = 0.95) -> float:
    """Half the width of the interval of a mean of n values with this sample deviation."""
    from scipy.special import stdtrit  # imported late: SciPy costs memory that few pages need

    return float(stdtrit(n - 1, (1 + confidence) / 2)) * deviation / math.sqrt(n)
