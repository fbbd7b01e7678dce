"""Which rated aspects go together with being a promoter, or a detractor, rather than not?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.nps import critical, two_sided

Floats = NDArray[np.float64]
FEWEST_PER_ASPECT = 10
"""Cases of the rarer kind for each aspect (Peduzzi et al., J. Clin. Epidemiology 49, 1996)."""
_ROUNDS, _CLOSE, _FAR = 50, 1e-10, 15.0


class NoFit(ValueError):
    """The data cannot carry this regression; the message says why."""


@dataclass(frozen=True, slots=True)
class Odds:
    """By how much the odds change with one point more of an aspect, the others held: 1 is not.

    ``standardised`` is the coefficient of one standard deviation more, to compare aspects by.
    """

    name: str
    ratio: float
    low: float
    high: float
    p: float
    standardised: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Odds ratios by name, from ``n`` complete rows; ``positives`` are of the kind asked."""

    odds: tuple[Odds, ...]
    n: int
    positives: int
    left_out: int
    """Rows with a gap: a regression needs all ratings of a row."""


def logistic(
    x: Floats, is_so: NDArray[np.bool_], names: Sequence[str], confidence: float = 0.95
) -> Fit:
    """Logistic regression by Newton's method with Wald intervals (McCullagh and Nelder, Generalized
    Linear Models, 1989, chapter 4). ``x`` is n rows by k ratings, NaN for gaps.

    Raises NoFit with too few rows of either kind, where ratings repeat each other, or where an
    aspect tells the two kinds apart without a fault (separation): then no finite odds exist.
    """
    complete = ~np.isnan(x).any(axis=1)
    rows, y = x[complete], is_so[complete].astype(np.float64)
    positives = int(y.sum())
    if min(positives, len(y) - positives) < FEWEST_PER_ASPECT * max(len(names), 1):
        raise NoFit("There are too few complete rows of either kind")
    design = np.column_stack([np.ones(len(rows)), rows])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise NoFit("One of the ratings repeats the others")
    beta, information = _newton(design, y)
    error = np.sqrt(np.diag(np.linalg.inv(information)))
    z = critical(confidence)
    odds = tuple(
        Odds(
            name,
            float(np.exp(b)),
            float(np.exp(b - z * e)),
            float(np.exp(b + z * e)),
            two_sided(float(b), float(e)),
            float(b * sd),
        )
        for name, b, e, sd in zip(names, beta[1:], error[1:], rows.std(axis=0), strict=True)
    )
    return Fit(odds, len(y), positives, int((~complete).sum()))


def _newton(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Coefficients and information; steps are halved while the likelihood falls."""
    beta = np.zeros(design.shape[1])
    best = _likelihood(design, y, beta)
    spread = design.std(axis=0)
    for _round in range(_ROUNDS):
        p = 1 / (1 + np.exp(-design @ beta))
        information = (design * (p * (1 - p))[:, None]).T @ design
        step = np.linalg.lstsq(information, design.T @ (y - p), rcond=None)[0]
        size = 1.0
        while (found := _likelihood(design, y, beta + size * step)) < best - 1e-12:
            size /= 2
            if size < 1e-8:
                break
        beta = beta + size * step
        if (np.abs(beta) * np.maximum(spread, 1e-12))[1:].max(initial=0.0) > _FAR:
            raise NoFit("An aspect tells the two kinds apart without a fault")
        if abs(found - best) < _CLOSE:
            return beta, information
        best = found
    raise NoFit("The regression found no end")


def _likelihood(design: Floats, y: Floats, beta: Floats) -> float:
    eta = design @ beta
    return float(y @ eta - np.logaddexp(0.0, eta).sum())
