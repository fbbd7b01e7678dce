"""Which comments are looked at, when there are too many to look at all?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from loopwell.kit.tables import is_missing

LIMIT = 20_000  # comments of each category
SEED = 20_260_101


@dataclass
class Pool:
    """A uniform random sample of one category's comments: those with the smallest draws."""

    written: int = 0
    kept: list[tuple[float, str]] = field(default_factory=list)
    highest: float = 1.0

    def cut(self) -> None:
        if len(self.kept) > LIMIT:
            self.kept.sort(key=lambda pair: pair[0])
            del self.kept[LIMIT:]
            self.highest = self.kept[-1][0]


class Comments:
    """Comments by category (−1, 0, +1), sampled with a fixed seed as they stream by."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(SEED)
        self._pools = {-1: Pool(), 0: Pool(), 1: Pool()}

    def take(self, texts: Sequence[str], points: NDArray[np.int8]) -> None:
        """Comments of the next rows and the category of each."""
        draws = self._random.random(len(texts))
        missing = np.fromiter(map(is_missing, texts), dtype=np.bool_, count=len(texts))
        for point, pool in self._pools.items():
            here = (points == point) & ~missing
            pool.written += int(here.sum())
            chosen = np.nonzero(here & (draws < pool.highest))[0].tolist()
            pool.kept += [(float(draws[place]), texts[place]) for place in chosen]
            if len(pool.kept) > 2 * LIMIT:
                pool.cut()

    def written(self, point: int | None = None) -> int:
        """How many answers carry a comment, in all or in one category."""
        pools = self._pools.values() if point is None else [self._pools[point]]
        return sum(pool.written for pool in pools)

    @property
    def sampled(self) -> bool:
        """Whether detractors or promoters wrote more comments than are looked at."""
        return max(self.written(-1), self.written(1)) > LIMIT

    def sample(self, point: int) -> list[str]:
        """The comments looked at, in random order."""
        self._pools[point].cut()
        return [text.strip() for _draw, text in self._pools[point].kept]
