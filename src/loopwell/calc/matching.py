"""Did those who were treated fare better than comparable ones who were not?

Comparable means: in the same stratum (same score, segment and time before the treatment), which
is exact matching on coarsened values (Iacus, King and Porro, Political Analysis 20, 2012).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from loopwell.calc.nps import POINTS, Difference, critical, two_sided


@dataclass(frozen=True, slots=True)
class Stratum:
    """Counts of people alike before: treated and not, and how many of each fared well."""

    treated: int
    treated_well: int
    others: int
    others_well: int

    def __post_init__(self) -> None:
        if not (0 <= self.treated_well <= self.treated and 0 <= self.others_well <= self.others):
            raise ValueError(f"more fared well than there are: {self}")

    @property
    def has_both(self) -> bool:
        return self.treated > 0 and self.others > 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What the treatment changed, in percentage points, over the strata that have both.

    `treated_share` and `others_share` are the shares (percent) weighted alike, so that their
    difference is the effect. `unmatched` are treated people without anybody comparable: they
    are in no number here.
    """

    difference: Difference
    treated_share: float
    others_share: float
    treated: int
    others: int
    unmatched: int


def matched_effect(strata: Iterable[Stratum], confidence: float = 0.95) -> Effect | None:
    """The Mantel-Haenszel risk difference; None when no stratum has both.

    The interval holds for many sparse strata and for few people: all differences that a test with
    Sato's variance (Biometrics 45, 1989) does not reject (Klingenberg, Statistics in Medicine 33,
    2014), cut at ±100 points; p is of the same test, at no difference.
    """
    rows = list(strata)
    both = [row for row in rows if row.has_both]
    if not both:
        return None
    weight = sum(_weight(row) for row in both)
    treated_share = sum(_weight(r) * r.treated_well / r.treated for r in both) / weight
    others_share = sum(_weight(r) * r.others_well / r.others for r in both) / weight
    value = treated_share - others_share
    p, q = sum(map(_p, both)) / weight**2, sum(map(_q, both)) / weight**2
    z = critical(confidence)
    middle = value + z * z * p / 2
    reach = math.sqrt(max(middle**2 - value**2 + z * z * q, 0.0))
    return Effect(
        difference=Difference(
            POINTS * value,
            max(POINTS * (middle - reach), -POINTS),
            min(POINTS * (middle + reach), POINTS),
            two_sided(value, math.sqrt(q)),
        ),
        treated_share=POINTS * treated_share,
        others_share=POINTS * others_share,
        treated=sum(row.treated for row in both),
        others=sum(row.others for row in both),
        unmatched=sum(row.treated for row in rows if not row.has_both),
    )


def _weight(row: Stratum) -> float:
    return row.treated * row.others / (row.treated + row.others)


def _p(row: Stratum) -> float:
    n1, n0 = row.treated, row.others
    return (n1 * n1 * row.others_well - n0 * n0 * row.treated_well + n1 * n0 * (n0 - n1) / 2) / (
        n1 + n0
    ) ** 2


def _q(row: Stratum) -> float:
    n1, n0, x1, x0 = row.treated, row.others, row.treated_well, row.others_well
    return (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * (n1 + n0))


def share_trend(groups: Iterable[tuple[float, int, int]]) -> float | None:
    """p-value of the Cochran-Armitage test that shares rise or fall with the dose.

    `groups` are (dose, well, all). None where it cannot be told: nobody, no spread of doses, or
    all fared the same. After Armitage, Biometrics 11 (1955).
    """
    rows = [row for row in groups if row[2]]
    n, well = sum(r[2] for r in rows), sum(r[1] for r in rows)
    if n == 0 or well in (0, n):
        return None
    share, mean = well / n, sum(dose * size for dose, _good, size in rows) / n
    spread = sum(size * (dose - mean) ** 2 for dose, _good, size in rows)
    if not spread:
        return None
    slope = sum((dose - mean) * good for dose, good, _size in rows)
    return two_sided(slope, math.sqrt(share * (1 - share) * spread))
