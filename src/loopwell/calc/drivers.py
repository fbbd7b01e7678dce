"""Which rated aspects go together with the score, and how much of it does each explain?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from loopwell.calc.correlations import PairSums, correlations, make_possible, pair_sums

Floats = NDArray[np.float64]
BLOCKS = 4_000
"""Rows are resampled one by one up to this many, beyond it in as many random blocks."""
_NOTHING = 1e-12


class Method(StrEnum):
    """How gaps in the ratings were dealt with."""

    COMPLETE = "complete"
    PAIRWISE = "pairwise"
    PAIRWISE_SHRUNK = "pairwise_shrunk"


class Reason(StrEnum):
    """Why a column cannot be a driver here."""

    EMPTY = "empty"
    CONSTANT = "constant"
    TOO_FEW_TOGETHER = "too_few_together"


@dataclass(frozen=True, slots=True)
class Driver:
    """One aspect: ``weight`` in percent of R², its interval, plain correlation r from n pairs.

    A weight is never negative: look at the sign of ``r`` for the direction. The intervals of both
    are None where resampling was not asked for or too few resamples could be computed.
    """

    name: str
    weight: float
    low: float | None
    high: float | None
    r: float
    n: int
    r_low: float | None = None
    r_high: float | None = None


@dataclass(frozen=True, slots=True)
class DriverResult:
    """Drivers by descending weight (they sum to 100), and on what they rest.

    ``missing`` is each column's share of gaps (0–1) among rows with a score; ``left_out`` names
    the columns that could not be used, with the Reason; ``method`` is a Method.
    """

    drivers: list[Driver]
    r_squared: float
    rows_used: int
    rows_total: int
    missing: dict[str, float]
    method: str
    left_out: dict[str, str]


class NoDrivers(ValueError):
    """The data cannot tell drivers apart; the message says why."""


def relative_weights(
    x: Floats,
    y: Floats,
    names: Sequence[str],
    *,
    bootstrap: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
) -> DriverResult:
    """Johnson's relative weights of the columns of x (n rows, k columns, NaN for gaps) on y (n).

    Each weight is the share of R² that a driver accounts for, alone and together with the drivers
    it is correlated with (Johnson, Multivariate Behavioral Research 35, 2000). It describes
    association, not cause.

    Gaps: correlations use every pair of answers there is. Aspects that did not apply (a lounge
    without showers) leave gaps in most rows; keeping complete rows only would throw most answers
    away and keep an odd kind of customer. The price: pairwise correlations may contradict each
    other (a negative eigenvalue); then all are shrunk towards zero just enough to be possible,
    and ``method`` says so. Rows without y or without any rating are not used.

    Intervals: percentiles of ``bootstrap`` resamples of rows; above 4,000 rows, of random blocks
    of rows, whose sums are enough, so a million rows take as long to resample as four thousand.

    R² is that of the sample, not adjusted for the number of drivers: read it with ``rows_used``.

    Raises NoDrivers when nothing can be computed, ValueError when shapes do not fit.
    """
    _check_shapes(x, y, names)
    known = ~np.isnan(y)
    data = np.column_stack([x[known], y[known]]).astype(np.float64)
    missing = _gaps(data, names)
    sums = pair_sums(data, blocks=BLOCKS, seed=seed)
    kept, left_out = _usable(sums.total(), names)
    _check_enough(_rated(data, kept), kept, left_out)
    _drop_lonely(sums.total(), names, kept, left_out)
    chosen = sums.only([*kept, len(names)])
    plain, joint = correlations(chosen.total())
    possible, shrunk = make_possible(plain)
    weights = _weights(possible)
    r_squared = float(weights.sum())
    if r_squared < _NOTHING:
        raise NoDrivers("None of the drivers is correlated with the score at all")
    ends = _intervals(chosen, bootstrap, seed, confidence)
    drivers = [
        Driver(names[column], 100 * float(weights[i]) / r_squared, *ends.weights[i],
               float(plain[i, -1]), int(joint[i, -1]), *ends.r[i])
        for i, column in enumerate(kept)
    ]  # fmt: skip
    drivers.sort(key=lambda driver: -driver.weight)
    gaps = any(missing[names[column]] for column in kept)
    method = Method.PAIRWISE_SHRUNK if shrunk else Method.PAIRWISE if gaps else Method.COMPLETE
    return DriverResult(drivers, r_squared, _rated(data, kept), len(y), missing, method, left_out)


def _weights(r: Floats) -> Floats:
    """Shares of R² from correlation matrices whose last row and column belong to y.

    Shape (…, k+1, k+1) → (…, k). The drivers are replaced by the closest uncorrelated variables;
    y is regressed on those, and the explained variance handed back through their squared
    correlations with the drivers. Directions without variance (a driver given twice) drop out.
    """
    values, vectors = np.linalg.eigh(r[..., :-1, :-1])
    solid = values > 1e-8
    root = np.sqrt(np.where(solid, values, 0.0))
    inverse = np.where(solid, 1 / np.sqrt(np.where(solid, values, 1.0)), 0.0)
    turned = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * root[..., None, :]) @ turned
    beta = ((vectors * inverse[..., None, :]) @ turned) @ r[..., :-1, -1:]
    explained: Floats = (loadings**2) @ (beta**2)
    return explained[..., 0]


Ends = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class _Intervals:
    """Of each column: the ends of its weight in percent, and of its correlation with the score."""

    weights: list[Ends]
    r: list[Ends]


def _intervals(sums: PairSums, bootstrap: int, seed: int, confidence: float) -> _Intervals:
    """Percentiles of the same resamples for both; None when under 80 % of them worked."""
    nothing: list[Ends] = [(None, None)] * (sums.columns - 1)
    if bootstrap == 0:
        return _Intervals(nothing, nothing)
    r, _ = correlations(sums.resampled(bootstrap, np.random.default_rng([seed, 1])))
    r = r[np.isfinite(r).all(axis=(1, 2))]
    weights = _weights(make_possible(r)[0])
    total = weights.sum(axis=1, keepdims=True)
    shares = 100 * weights[total[:, 0] > _NOTHING] / total[total[:, 0] > _NOTHING]
    if len(shares) < 0.8 * bootstrap:
        return _Intervals(nothing, nothing)
    return _Intervals(_ends(shares, confidence), _ends(r[:, :-1, -1], confidence))


def _ends(drawn: Floats, confidence: float) -> list[Ends]:
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return [(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def _usable(total: Floats, names: Sequence[str]) -> tuple[list[int], dict[str, str]]:
    """Columns that vary beside a score, and why the others are out."""
    r, joint = correlations(total)
    y = len(names)
    if joint[y, y] == 0:
        raise NoDrivers("No row has a score")
    if not np.isfinite(r[y, y]):
        raise NoDrivers("Every row has the same score: nothing to explain")
    left_out: dict[str, str] = {}
    for column, name in enumerate(names):
        if joint[column, y] == 0:
            left_out[name] = Reason.EMPTY
        elif not np.isfinite(r[column, y]):
            left_out[name] = Reason.CONSTANT
    kept = [column for column, name in enumerate(names) if name not in left_out]
    return kept, left_out


def _drop_lonely(
    total: Floats, names: Sequence[str], kept: list[int], left_out: dict[str, str]
) -> None:
    """Move columns rarely rated together with others from ``kept`` to ``left_out``."""
    r, joint = correlations(total)
    while kept and (bad := _loneliest(r, joint, kept, len(names))) is not None:
        left_out[names[bad]] = Reason.TOO_FEW_TOGETHER
        kept.remove(bad)
    if not kept:
        raise NoDrivers("No column has enough ratings beside a score")


def _rated(data: Floats, kept: list[int]) -> int:
    """Rows with at least one rating in these columns."""
    return int((~np.isnan(data[:, kept])).any(axis=1).sum())


def _loneliest(r: Floats, joint: Floats, kept: list[int], y: int) -> int | None:
    """The column to give up: in a pair rarely rated together, the one with fewer answers."""
    needed = len(kept) + 2
    grid = np.ix_(kept, [*kept, y])
    bad = (joint[grid] < needed) | ~np.isfinite(r[grid])
    if not bad.any():
        return None
    return min((c for i, c in enumerate(kept) if bad[i].any()), key=lambda c: (joint[c, y], c))


def _gaps(data: Floats, names: Sequence[str]) -> dict[str, float]:
    if len(data) == 0:
        raise NoDrivers("No row has a score")
    shares = np.isnan(data[:, :-1]).mean(axis=0)
    return {name: float(share) for name, share in zip(names, shares, strict=True)}


def _check_enough(rows: int, kept: list[int], left_out: dict[str, str]) -> None:
    if not kept:
        reasons = ", ".join(f"{name}: {reason}" for name, reason in left_out.items())
        raise NoDrivers(f"No column can be used as a driver ({reasons})")
    if rows < len(kept) + 2:
        raise NoDrivers(f"{rows} rows are too few for {len(kept)} drivers: {len(kept) + 2} needed")


def _check_shapes(x: Floats, y: Floats, names: Sequence[str]) -> None:
    if x.ndim != 2 or y.ndim != 1 or x.shape != (len(y), len(names)):
        raise ValueError(
            f"x must be rows × {len(names)} named columns and y one score a row; "
            f"x is {x.shape}, y is {y.shape}"
        )
    if len(set(names)) != len(names) or not names:
        raise ValueError(f"Drivers need different names, at least one: {list(names)}")
    if np.isinf(x).any() or np.isinf(y).any():
        raise ValueError("Ratings and scores must be finite numbers or NaN")
