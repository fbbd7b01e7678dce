"""How are columns full of gaps correlated, and how to resample that without touching rows again?

Every pairwise correlation follows from four sums over the rows in which both columns are known:
how many, the sum of one, the sum of its squares, the sum of products. Kept per block of rows they
are all a bootstrap needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SMALLEST_EIGENVALUE = 0.01
"""What an impossible correlation matrix is shrunk to; keeps R² away from an artificial 1."""
_ROUNDING = 1e-9
_ROWS_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class PairSums:
    """Sums per block, shape (blocks, 4, c, c): joint count, sum and squares of the row's column
    where the other one is known too, products."""

    blocks: Floats

    @property
    def columns(self) -> int:
        return int(self.blocks.shape[-1])

    def total(self) -> Floats:
        """Sums over all rows, shape (4, c, c)."""
        return np.asarray(self.blocks.sum(axis=0))

    def only(self, columns: Sequence[int]) -> "PairSums":
        """The same for fewer columns."""
        return PairSums(self.blocks[:, :, columns][:, :, :, columns])

    def resampled(self, times: int, rng: np.random.Generator) -> Floats:
        """Sums of ``times`` bootstrap samples of the blocks, shape (times, 4, c, c)."""
        count = len(self.blocks)
        draws = rng.multinomial(count, np.full(count, 1 / count), size=times)
        flat = draws.astype(np.float64) @ self.blocks.reshape(count, -1)
        return flat.reshape(times, *self.blocks.shape[1:])


def pair_sums(data: Floats, *, blocks: int, seed: int) -> PairSums:
    """Sums of an array (rows, c) with NaN for gaps, in at most ``blocks`` random blocks of rows.

    Columns are centred first so that large means cost no precision. Blocks have equal size (the
    last may be smaller): one row each where there are no more rows than blocks.
    """
    rows, columns = data.shape
    size = max(1, -(-rows // blocks))
    order = np.random.default_rng([seed, 0]).permutation(rows) if size > 1 else np.arange(rows)
    known = (~np.isnan(data)).sum(axis=0)
    centre = np.where(known > 0, np.nansum(data, axis=0) / np.maximum(known, 1), 0.0)
    step = max(1, _ROWS_AT_ONCE // size) * size
    parts = [
        _sums_of(data[order[start : start + step]] - centre, size)
        for start in range(0, rows, step)
    ]  # fmt: skip
    return PairSums(np.concatenate(parts) if parts else np.zeros((0, 4, columns, columns)))


def _sums_of(data: Floats, size: int) -> Floats:
    """Sums per ``size`` rows in turn; the last block may be shorter."""
    rows, columns = data.shape
    padded = np.full((-(-rows // size) * size, columns), np.nan)
    padded[:rows] = data
    cube = padded.reshape(-1, size, columns)
    gap = np.isnan(cube)
    here, values = (~gap).astype(np.float64), np.where(gap, 0.0, cube)
    turned = np.swapaxes(values, 1, 2)
    return np.stack(
        [
            np.swapaxes(here, 1, 2) @ here,
            turned @ here,
            (turned**2) @ here,
            turned @ values,
        ],
        axis=1,
    )


def correlations(sums: Floats) -> tuple[Floats, Floats]:
    """Correlations and joint counts, both (…, c, c), from sums (…, 4, c, c).

    A correlation is NaN where the pair was never known together or one side did not vary.
    """
    joint, first, squares, products = (sums[..., i, :, :] for i in range(4))
    n = np.where(joint > 0, joint, 1.0)
    spread = squares - first**2 / n
    scale = np.maximum(squares, first**2 / n)
    spread = np.where(spread > 1e-12 * scale, spread, 0.0)
    below = np.sqrt(spread * np.swapaxes(spread, -1, -2))
    above = products - first * np.swapaxes(first, -1, -2) / n
    r = np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
    return np.clip(r, -1.0, 1.0), joint


def make_possible(r: Floats) -> tuple[Floats, bool]:
    """The nearest possible matrices on the way to "all uncorrelated", and whether any changed.

    Pairwise correlations can contradict each other, which shows as a negative eigenvalue. Such a
    matrix becomes (1 − t)·r + t·I with the smallest t that lifts that eigenvalue to .01; others
    stay as they are. Shape (…, c, c), no NaN.
    """
    if r.size == 0:
        return r, False
    least = np.linalg.eigvalsh(r)[..., 0]
    impossible = least < -_ROUNDING
    below = np.where(impossible, least, SMALLEST_EIGENVALUE)
    t = ((SMALLEST_EIGENVALUE - below) / (1 - below))[..., None, None]
    return (1 - t) * r + t * np.eye(r.shape[-1]), bool(impossible.any())
