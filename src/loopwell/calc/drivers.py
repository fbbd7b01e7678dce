"""Which rated aspects go together with the score, and how much of it does each explain?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Driver:
    """One aspect: ``weight`` in percent of R², its interval, plain correlation r from n pairs.

    ``low`` and ``high`` are None where resampling could not give them.
    """

    name: str
    weight: float
    low: float | None
    high: float | None
    r: float
    n: int


@dataclass(frozen=True, slots=True)
class DriverResult:
    """Drivers by descending weight, and on what they rest."""

    drivers: list[Driver]
    r_squared: float
    rows_used: int
    rows_total: int
    missing: dict[str, float]
    method: str
    left_out: dict[str, str] = field(default_factory=dict)


class NoDrivers(ValueError):
    """The data cannot tell drivers apart; the message says why."""


def relative_weights(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    names: Sequence[str],
    *,
    bootstrap: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
) -> DriverResult:
    raise NoDrivers("to be written")
