"""How far does chance alone take the value of a group of n answers from that of the whole?"""

import math
from dataclasses import dataclass
from typing import Protocol

from loopwell.calc.nps import POINTS

_FURTHEST = 37.0
"""Standard errors beyond which a float cannot tell a probability from zero."""


class Spread(Protocol):
    """Between a group's value and its distance from the whole in standard errors, both ways."""

    def z(self, n: float, value: float) -> float: ...

    def edge(self, n: float, z: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Moments:
    """The sums behind a mean."""

    n: int
    sum: float
    squares: float

    @property
    def mean(self) -> float:
        return self.sum / self.n

    def deviation(self, scale: tuple[float, float]) -> float:
        """Of one value; one more value at each end of the scale keeps it above 0."""
        n, total = self.n + 2, self.sum + sum(scale)
        squares = self.squares + sum(end * end for end in scale)
        return math.sqrt(max(squares - total * total / n, 0.0) / (n - 1))


@dataclass(frozen=True, slots=True)
class Normal:
    """A mean of many: normal, with the spread of one answer over √n, cut at the scale's ends."""

    centre: float
    sigma: float
    scale: tuple[float, float]

    def z(self, n: float, value: float) -> float:
        return (value - self.centre) / (self.sigma / math.sqrt(n))

    def edge(self, n: float, z: float) -> float:
        found = self.centre + z * self.sigma / math.sqrt(n)
        return min(max(found, self.scale[0]), self.scale[1])


@dataclass(frozen=True, slots=True)
class Binomial:
    """A share: binomial by mid-p (Lancaster, JASA 56, 1961), between counts by the incomplete beta
    function, which goes through the same points."""

    share: float

    @classmethod
    def of(cls, part: int, n: int) -> "Binomial":
        """Of the whole's count; a share of none or all is half an answer short of it."""
        return cls(min(max(part, 0.5), n - 0.5) / n)

    def z(self, n: float, value: float) -> float:
        return self._z(n, value * n / POINTS)

    def edge(self, n: float, z: float) -> float:
        low, high = 0.0, float(n)
        if self._z(n, low) >= z:
            return 0.0
        if self._z(n, high) <= z:
            return POINTS
        while high - low > 1e-6 * n:
            middle = (low + high) / 2
            low, high = (middle, high) if self._z(n, middle) < z else (low, middle)
        return POINTS * (low + high) / (2 * n)

    def _z(self, n: float, k: float) -> float:
        from scipy.special import ndtri  # costs time and memory that most callers never need

        upto = (self._below(n, k) + self._below(n, k - 1)) / 2
        above = (self._above(n, k) + self._above(n, k - 1)) / 2
        found = float(ndtri(upto) if upto < above else -ndtri(above))
        return min(max(found, -_FURTHEST), _FURTHEST)

    def _below(self, n: float, k: float) -> float:
        """The chance of k or fewer."""
        from scipy.special import betainc

        if k <= -1:
            return 0.0
        return 1.0 if k >= n else float(betainc(n - k, k + 1, 1 - self.share))

    def _above(self, n: float, k: float) -> float:
        """The chance of more than k, without taking nearly all from one."""
        from scipy.special import betainc

        if k <= -1:
            return 1.0
        return 0.0 if k >= n else float(betainc(k + 1, n - k, self.share))
