"""In which order do projects give most for what they cost, as far as that can be known?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from loopwell.initiatives.rules.candidates import (
    By,
    Candidate,
    Missing,
    Range,
    divisor,
    expected,
    missing,
)

DRAWS = 2_000
"""The page of priorities says how many."""
SEED = 20_260_101
"""The same candidates always get the same ranking."""
SURE = 0.9
"""One is better than another when it is in so large a share of the draws."""
TAIL = 0.1
Z_TAIL = 1.2815515655446004
"""Standard normal quantile of 1 − TAIL."""

Draws = npt.NDArray[np.float64]


@cache
def _even() -> Draws:
    normal = NormalDist()
    return np.array([normal.inv_cdf((place + 0.5) / DRAWS) for place in range(DRAWS)])


@dataclass(frozen=True)
class Ranked:
    """One project's place: 1 plus how many are surely better, so that equals share it.

    `best` and `worst` are the ranks between which it lies in 80 % of the draws; `ratio` is what
    is gained per unit of cost or effort, with its own 80 % range.
    """

    candidate: Candidate
    place: int
    best: int
    worst: int
    ratio: Range


@dataclass(frozen=True)
class Unranked:
    candidate: Candidate
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Ranking:
    by: By
    ranked: tuple[Ranked, ...]
    unranked: tuple[Unranked, ...]


def draws(found: Range, seed: int) -> Draws:
    """DRAWS values whose median is the expected one, a tenth below `low`, a tenth above `high`.

    A normal with another spread on each side, through these three quantiles, drawn evenly (one
    value from each 2,000th of its probability, in random order), so that the quantiles hold
    exactly. The same seed draws the same luck, whoever else is drawn.
    """
    z = np.random.default_rng((SEED, seed)).permutation(_even())
    up, down = (found.high - found.value) / Z_TAIL, (found.value - found.low) / Z_TAIL
    return np.asarray(found.value + np.where(z > 0, up, down) * z, dtype=np.float64)


def rank(candidates: Sequence[Candidate], by: By) -> Ranking:
    """By what is gained for each unit of cost or effort; what is not known stands apart.

    Projects are drawn independently of each other. Ordered by place, then by expected ratio.
    """
    known = [each for each in candidates if not missing(each, by)]
    apart = tuple(
        Unranked(each, gaps)
        for each in candidates
        if (gaps := missing(each, by)) and _asked(each, by)
    )
    if not known:
        return Ranking(by, (), apart)
    drawn = np.stack([draws(expected(e, by), e.id) / divisor(e, by) for e in known])
    ranks = _ranks(drawn)
    rows = [_ranked(each, by, drawn, ranks[row], row) for row, each in enumerate(known)]
    rows.sort(key=lambda row: (row.place, -row.ratio.value, row.candidate.id))
    return Ranking(by, tuple(rows), apart)


def _asked(candidate: Candidate, by: By) -> bool:
    """A project that fixes nothing is not asked for its effect on customers."""
    return by is By.MONEY_PER_COST or not candidate.competes


def _ranks(drawn: Draws) -> npt.NDArray[np.int64]:
    """Of each project (row) in each draw (column), 1 is best; equals share the better one."""
    found = np.ones(drawn.shape, dtype=np.int64)
    for row in drawn:
        found += row > drawn
    return found


def _ranked(
    candidate: Candidate, by: By, drawn: Draws, ranks: npt.NDArray[np.int64], row: int
) -> Ranked:
    better = (drawn > drawn[row]).mean(axis=1)
    of, per = expected(candidate, by), divisor(candidate, by)
    best, worst = np.quantile(ranks, [TAIL, 1 - TAIL], method="closest_observation")
    return Ranked(
        candidate=candidate,
        place=1 + int((better >= SURE).sum()),
        best=int(best),
        worst=int(worst),
        ratio=Range(of.value / per, of.low / per, of.high / per),
    )
