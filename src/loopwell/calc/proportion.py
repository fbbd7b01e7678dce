"""What share of answers has this property, and how sure can we be of it?"""

import math

from loopwell.calc.nps import POINTS, Estimate, NoAnswers, critical


def wilson(successes: int, n: int, confidence: float = 0.95) -> Estimate:
    """Share in percent with Wilson's score interval (J. Am. Statist. Assoc. 22, 1927).

    Raises NoAnswers when n is 0, ValueError when successes lie outside 0..n.
    """
    if n == 0:
        raise NoAnswers("No answers: a share and its interval need at least one")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    share, z = successes / n, critical(confidence)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else centre - reach
    high = 1.0 if successes == n else centre + reach
    return Estimate(POINTS * share, POINTS * low, POINTS * high, n)
