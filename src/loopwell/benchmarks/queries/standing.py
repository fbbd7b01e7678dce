"""Where does each brand stand in a panel, and which differences are real?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand, Panel
from loopwell.benchmarks.queries.panels import Sums, panels, sums
from loopwell.benchmarks.queries.together import together
from loopwell.calc.multiple import holm
from loopwell.calc.nps import Difference, Estimate, critical, interval, two_sided
from loopwell.calc.weighted import WeightedSums, weighted_nps

ENOUGH = 30
LEVEL = 0.05
Differences = Mapping[tuple[int, int], Difference]
"""By two brands' ids: the first one's score less the second one's."""


@dataclass(frozen=True)
class Standing:
    """A brand in a panel. Its place is a range: brands that cannot be told apart share places.

    `against_us` is our score less theirs; `p` its p-value, corrected for all pairs of brands,
    None where either has too few answers.
    """

    brand: Brand
    sums: Sums
    estimate: Estimate
    first: int
    last: int
    against_us: Difference | None
    p: float | None

    @property
    def few(self) -> bool:
        return self.sums.n < ENOUGH

    @property
    def is_real(self) -> bool:
        return self.p is not None and self.p < LEVEL


@dataclass(frozen=True)
class Table:
    """A panel's brands, the best first, and ourselves where we were rated."""

    panel: Panel
    rows: tuple[Standing, ...]
    us: Standing | None


def estimate_of(found: Sums) -> Estimate:
    """Weighted where any answer weighs other than 1."""
    if not found.is_weighted:
        return interval(found.counts)
    return weighted_nps(
        WeightedSums(found.n, found.w, found.ww, found.wp, found.wd, found.wwp, found.wwd)
    )


def standing(actor: Actor, panel: Panel, segment: str = "") -> Table:
    """Of the panel's answers, or of one segment's."""
    found = {
        brand: each for (_panel, brand), each in sums(actor, panel=panel, segment=segment).items()
    }
    return _table(panel, found, together(actor, panel, found, segment))


def through_time(actor: Actor, segment: str = "") -> list[Table]:
    """All panels, the oldest first, for each brand's own score: whether brands differ is asked of
    one panel, by `standing`, which heeds who rated several."""
    known = sums(actor, segment=segment)
    tables = []
    for panel in panels(actor).order_by("fielded_to", "pk"):
        found = {brand: each for (pk, brand), each in known.items() if pk == panel.pk}
        if found:
            tables.append(_table(panel, found, {}))
    return tables


def _table(panel: Panel, found: Mapping[int, Sums], joint: Mapping[frozenset[int], float]) -> Table:
    brands = {brand.pk: brand for brand in Brand.objects.filter(pk__in=found)}
    estimates = {brands[pk]: estimate_of(each) for pk, each in found.items()}
    ordered = sorted(estimates, key=lambda brand: (-estimates[brand].value, brand.name))
    apart = {
        (a.pk, b.pk): difference_of(
            estimates[a], estimates[b], joint.get(frozenset((a.pk, b.pk)), 0.0)
        )
        for a, b in permutations(ordered, 2)
    }
    p_values = _pairs(ordered, estimates, apart)
    us = next((brand for brand in ordered if brand.is_us), None)
    rows = tuple(
        _row(brand, found[brand.pk], ordered, estimates, p_values, us, apart) for brand in ordered
    )
    return Table(panel, rows, next((row for row in rows if row.brand.is_us), None))


def _pairs(
    ordered: Sequence[Brand], estimates: Mapping[Brand, Estimate], apart: Differences
) -> dict[frozenset[int], float | None]:
    """By the two brands' ids the p-value that they are equal, Holm-corrected over all pairs."""
    pairs = list(combinations(ordered, 2))
    plain = [
        apart[a.pk, b.pk].p if min(estimates[a].n, estimates[b].n) >= ENOUGH else None
        for a, b in pairs
    ]
    return {frozenset((a.pk, b.pk)): p for (a, b), p in zip(pairs, holm(plain), strict=True)}


def _row(
    brand: Brand,
    found: Sums,
    ordered: Sequence[Brand],
    estimates: Mapping[Brand, Estimate],
    p_values: Mapping[frozenset[int], float | None],
    us: Brand | None,
    apart: Differences,
) -> Standing:
    mine = estimates[brand]
    others = [b for b in ordered if b != brand and _differ(p_values[frozenset((b.pk, brand.pk))])]
    better = sum(estimates[b].value > mine.value for b in others)
    worse = len(others) - better
    is_other = us is not None and us != brand
    return Standing(
        brand,
        found,
        mine,
        better + 1,
        len(ordered) - worse,
        apart[us.pk, brand.pk] if us is not None and is_other else None,
        p_values[frozenset((us.pk, brand.pk))] if us is not None and is_other else None,
    )


def difference_of(one: Estimate, other: Estimate, joint: float = 0.0) -> Difference:
    """One less the other, from their intervals; `joint` is how far the two move together.

    MOVER for estimates that are not independent (Zou and Donner, Statistics in Medicine 27, 2008):
    who likes one brand mostly likes the others too, so that people who rated both make the
    interval narrower; where those who like one dislike the other, wider.
    """
    value = one.value - other.value
    below = _reach(one.value - one.low, other.high - other.value, joint)
    above = _reach(one.high - one.value, other.value - other.low, joint)
    towards_zero = below if value > 0 else above
    p = two_sided(value, towards_zero / critical(0.95))
    return Difference(value, value - below, value + above, p)


def _reach(mine: float, theirs: float, joint: float) -> float:
    return math.sqrt(max(mine * mine + theirs * theirs - 2 * joint * mine * theirs, 0.0))


def _differ(p: float | None) -> bool:
    return p is not None and p < LEVEL
