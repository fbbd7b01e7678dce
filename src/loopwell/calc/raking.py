"""Which weights make the answers mirror the customer base, and what do they cost in precision?

Iterative proportional fitting: weights are scaled to each margin in turn until all fit (Deming and
Stephan, Ann. Math. Statist. 11, 1940). Weights average 1.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS, FITTED = 200, 1e-6
Margins = Mapping[str, Mapping[Hashable, float]]
Floats = NDArray[np.float64]


class NothingToWeight(ValueError):
    """There are no answers, no margins, or none of the answers is in any wanted category."""


@dataclass(frozen=True, slots=True)
class Raked:
    """`weights` in the order of the answers, averaging 1.

    `converged`: every margin fits to a millionth, or to what the cap leaves possible, after
    `rounds`; `error` is the largest remaining difference of a share. `trimmed` weights stand at
    the cap. `empty` are wanted categories nobody answered from, (margin, category): their share
    is spread over the margin's others; `unknown` are answered categories without a wanted share:
    they keep the share they have.
    """

    weights: Floats
    rounds: int
    converged: bool
    error: float
    trimmed: int
    empty: tuple[tuple[str, Hashable], ...]
    unknown: tuple[tuple[str, Hashable], ...]

    @property
    def effect(self) -> float:
        return design_effect(self.weights)

    @property
    def effective(self) -> float:
        return effective_size(self.weights)


@dataclass(frozen=True, slots=True)
class _Margin:
    """`codes` says which category each answer is in, `targets` the share of each category."""

    codes: NDArray[np.intp]
    targets: Floats


def design_effect(weights: Floats) -> float:
    """Kish's approximation, n Σw² / (Σw)²: by how much weighting multiplies the variance of a
    mean (Survey Sampling, 1965, §11.7)."""
    return float(len(weights) * np.square(weights).sum() / weights.sum() ** 2)


def effective_size(weights: Floats) -> float:
    """(Σw)² / Σw²: how many unweighted answers would be as precise."""
    return float(weights.sum() ** 2 / np.square(weights).sum())


def rake(
    answers: Sequence[Mapping[str, Hashable]], margins: Margins, *, cap: float | None = None
) -> Raked:
    """Weights for answers so that each margin has the wanted shares (of any sum above 0).

    With `cap`, no weight is above it (a multiple of the mean): what is cut off is spread over the
    others, and the margins are fitted again, until both hold or nothing changes any more. Raises
    NothingToWeight; ValueError for a cap of 1 or less and for negative shares.
    """
    if not answers or not margins:
        raise NothingToWeight("It takes at least one answer and one margin")
    if cap is not None and cap <= 1:
        raise ValueError(f"A cap is a multiple of the mean weight above 1, not {cap}")
    empty: list[tuple[str, Hashable]] = []
    unknown: list[tuple[str, Hashable]] = []
    coded = [
        _coded([each.get(name) for each in answers], name, wanted, empty, unknown)
        for name, wanted in margins.items()
    ]
    weights = np.ones(len(answers))
    error, rounds = np.inf, 0
    for rounds in range(1, ROUNDS + 1):  # noqa: B007 the last number is reported
        before = weights
        for margin in coded:
            weights = _fitted(weights, margin)
        if cap is not None:
            weights = _trimmed(weights, cap)
        error = max(_error(weights, margin) for margin in coded)
        if error < FITTED or np.abs(weights - before).max() < FITTED:
            break
    moved = float(np.abs(weights - before).max())
    return Raked(
        weights=weights,
        rounds=rounds,
        converged=error < FITTED or (cap is not None and moved < FITTED),
        error=float(error),
        trimmed=int((weights >= cap - FITTED).sum()) if cap is not None else 0,
        empty=tuple(empty),
        unknown=tuple(unknown),
    )


def _coded(
    values: Sequence[Hashable],
    name: str,
    wanted: Mapping[Hashable, float],
    empty: list[tuple[str, Hashable]],
    unknown: list[tuple[str, Hashable]],
) -> _Margin:
    if any(share < 0 for share in wanted.values()):
        raise ValueError(f"A share of {name} is below 0")
    present = list(dict.fromkeys(values))
    places = {value: number for number, value in enumerate(present)}
    codes = np.array([places[value] for value in values], dtype=np.intp)
    counts = np.bincount(codes, minlength=len(present)) / len(values)
    known = np.array([wanted.get(value, 0) > 0 for value in present])
    empty += [(name, v) for v, share in wanted.items() if share > 0 and v not in places]
    unknown += [(name, v) for v, is_known in zip(present, known, strict=True) if not is_known]
    if not known.any():
        raise NothingToWeight(f"No answer is in any wanted category of {name}")
    shares = np.array([float(wanted.get(value, 0)) for value in present])
    targets = np.where(known, shares / shares.sum() * counts[known].sum(), counts)
    return _Margin(codes, targets)


def _fitted(weights: Floats, margin: _Margin) -> Floats:
    sums = np.bincount(margin.codes, weights, minlength=len(margin.targets))
    return np.asarray(weights * (margin.targets * len(weights) / sums)[margin.codes])


def _error(weights: Floats, margin: _Margin) -> float:
    sums = np.bincount(margin.codes, weights, minlength=len(margin.targets)) / weights.sum()
    return float(np.abs(sums - margin.targets).max())


def _trimmed(weights: Floats, cap: float) -> Floats:
    """None above the cap; what is cut off goes to the others in proportion to what they have."""
    found = weights / weights.mean()
    for _ in range(len(found)):
        over = found > cap
        if not over.any():
            break
        full = found >= cap
        found[full] = cap
        left = len(found) - cap * full.sum()
        if left <= 0 or full.all():
            break
        found[~full] *= left / found[~full].sum()
    return np.asarray(found)
