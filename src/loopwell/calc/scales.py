"""Which category does a score belong to, on each of the scales people use?"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.nps import Counts


class Category(StrEnum):
    """The three kinds of customers."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


class Scale(StrEnum):
    """A scale of the recommend question, named by its lowest and highest mark.

    ``5-1`` runs backwards: 1 is the best mark (as in the NHS Friends and Family Test).
    """

    ZERO_TO_TEN = "0-10"
    ONE_TO_TEN = "1-10"
    ONE_TO_FIVE = "1-5"
    FIVE_TO_ONE = "5-1"

    @property
    def marks(self) -> range:
        """Every valid score, ascending."""
        return _MARKS[self]

    def valid(self, score: int) -> bool:
        """Whether the score exists on this scale."""
        return score in self.marks

    def category(self, score: int) -> Category:
        """Raises ValueError for a score that is not on the scale."""
        if not self.valid(score):
            raise ValueError(_not_on_scale(score, self))
        if score in _PROMOTERS[self]:
            return Category.PROMOTER
        return Category.PASSIVE if score in _PASSIVES[self] else Category.DETRACTOR


_MARKS = {
    Scale.ZERO_TO_TEN: range(11),
    Scale.ONE_TO_TEN: range(1, 11),
    Scale.ONE_TO_FIVE: range(1, 6),
    Scale.FIVE_TO_ONE: range(1, 6),
}
_PROMOTERS = {
    Scale.ZERO_TO_TEN: (9, 10),
    Scale.ONE_TO_TEN: (9, 10),
    Scale.ONE_TO_FIVE: (5,),
    Scale.FIVE_TO_ONE: (1,),
}
_PASSIVES = {
    Scale.ZERO_TO_TEN: (7, 8),
    Scale.ONE_TO_TEN: (7, 8),
    Scale.ONE_TO_FIVE: (4,),
    Scale.FIVE_TO_ONE: (2,),
}


def category(score: int) -> Category:
    """Category on the standard 0–10 scale; ValueError outside it."""
    return Scale.ZERO_TO_TEN.category(score)


def points_of(scores: NDArray[np.generic], scale: Scale) -> NDArray[np.int8]:
    """−1 for each detractor, 0 for passives, +1 for promoters; same shape as ``scores``.

    Takes any number dtype; raises ValueError naming the first score that is missing (NaN),
    fractional or off the scale.
    """
    values = np.asarray(scores)
    ok = np.isin(values, np.asarray(scale.marks))
    if not ok.all():
        raise ValueError(_not_on_scale(values[~ok].flat[0], scale))
    points = np.full(values.shape, -1, dtype=np.int8)
    points[np.isin(values, _PASSIVES[scale])] = 0
    points[np.isin(values, _PROMOTERS[scale])] = 1
    return points


def counts_of(scores: NDArray[np.generic], scale: Scale) -> Counts:
    """Counts per category of an array of scores; NaN is no answer and is left out.

    Raises ValueError naming the first score that is fractional or off the scale.
    """
    values = np.asarray(scores)
    if values.dtype.kind == "f":
        values = values[~np.isnan(values)]
    return counts_of_points(points_of(values, scale))


def counts_of_points(points: NDArray[np.int8]) -> Counts:
    """Counts of an array that holds −1, 0, +1 (see ``points_of``)."""
    promoters = int(np.count_nonzero(points == 1))
    detractors = int(np.count_nonzero(points == -1))
    return Counts(detractors, points.size - promoters - detractors, promoters)


def _not_on_scale(score: object, scale: Scale) -> str:
    marks = scale.marks
    return f"Score {score} is not on the scale {scale}: whole marks {marks[0]} to {marks[-1]}"
