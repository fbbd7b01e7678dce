"""What share do weighed answers have, and what share has a whole that is made of parts?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Estimate, NoAnswers, critical


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum of answers' weights and that of the weights' squares."""

    w: float
    ww: float

    def is_even(self, n: int) -> bool:
        """Whether these n answers all weigh the same, so that weights change nothing."""
        return math.isclose(n * self.ww, self.w**2, rel_tol=1e-9)


def weighed_share(part: Weighed, whole: Weighed, n: int, confidence: float = 0.95) -> Estimate:
    """The part's share of the weight, in percent, with Wilson's interval of as many equal answers
    as would be as sure.

    With share p that number is p(1 − p)/v, where v = [(1 − p)² Σw² of the part + p² Σw² of the
    rest]/(Σw)² is the variance of a ratio (Särndal, Swensson and Wretman, Model Assisted Survey
    Sampling, 1992, section 5.6; put into Wilson's interval as Dean and Pagano, Survey Methodology
    41, 2015, do); at the ends, where it says nothing, it is Kish's w²/Σw². Equal weights give
    Wilson's own interval. `n` is told with it. Raises NoAnswers where nothing weighs anything.
    """
    if whole.w <= 0:
        raise NoAnswers("No answers: a share and its interval need at least one")
    share = min(max(part.w / whole.w, 0.0), 1.0)
    worth = whole.w**2 / whole.ww
    inside, outside = part.ww, max(whole.ww - part.ww, 0.0)
    variance = ((1 - share) ** 2 * inside + share**2 * outside) / whole.w**2
    if 0 < share < 1 and variance > 0:
        worth = share * (1 - share) / variance
    z = critical(confidence)
    centre = (share + z * z / (2 * worth)) / (1 + z * z / worth)
    spread = math.sqrt(share * (1 - share) / worth + z * z / (4 * worth * worth))
    reach = z / (1 + z * z / worth) * spread
    low = min(max(centre - reach, 0.0), share) if share else 0.0
    high = max(min(centre + reach, 1.0), share) if share < 1 else 1.0
    return Estimate(POINTS * share, POINTS * low, POINTS * high, n)


def of_parts(parts: Sequence[tuple[float, Estimate]], n: int) -> Estimate:
    """The share in a whole from its parts' sizes, which make 1 together, and shares.

    The distances of the parts' ends from their shares are squared, weighed and added (MOVER, Zou
    and Donner, Statistics in Medicine 27, 2008), which keeps the intervals of rare things lopsided.
    """
    value = sum(size * each.value for size, each in parts)
    below = math.sqrt(sum((size * (each.value - each.low)) ** 2 for size, each in parts))
    above = math.sqrt(sum((size * (each.high - each.value)) ** 2 for size, each in parts))
    return Estimate(value, max(value - below, 0.0), min(value + above, POINTS), n)
