"""Where does each brand stand in a panel, and which differences are real?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand, Panel
from loopwell.benchmarks.queries.panels import Sums, panels, sums
from loopwell.calc.multiple import holm
from loopwell.calc.nps import Difference, Estimate, critical, interval, two_sided
from loopwell.calc.weighted import WeightedSums, weighted_nps

ENOUGH = 30
LEVEL = 0.05


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
    return _table(panel, found)


def through_time(actor: Actor, segment: str = "") -> list[Table]:
    """All panels, the oldest first; brands are compared within each."""
    known = sums(actor, segment=segment)
    tables = []
    for panel in panels(actor).order_by("fielded_to", "pk"):
        found = {brand: each for (pk, brand), each in known.items() if pk == panel.pk}
        if found:
            tables.append(_table(panel, found))
    return tables


def _table(panel: Panel, found: Mapping[int, Sums]) -> Table:
    brands = {brand.pk: brand for brand in Brand.objects.filter(pk__in=found)}
    estimates = {brands[pk]: estimate_of(each) for pk, each in found.items()}
    ordered = sorted(estimates, key=lambda brand: (-estimates[brand].value, brand.name))
    p_values = _pairs(ordered, estimates)
    us = next((brand for brand in ordered if brand.is_us), None)
    rows = tuple(
        _row(brand, found[brand.pk], ordered, estimates, p_values, us) for brand in ordered
    )
    return Table(panel, rows, next((row for row in rows if row.brand.is_us), None))


def _pairs(
    ordered: Sequence[Brand], estimates: Mapping[Brand, Estimate]
) -> dict[frozenset[int], float | None]:
    """By the two brands' ids the p-value that they are equal, Holm-corrected over all pairs."""
    pairs = list(combinations(ordered, 2))
    plain = [
        difference_of(estimates[a], estimates[b]).p
        if min(estimates[a].n, estimates[b].n) >= ENOUGH
        else None
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
) -> Standing:
    mine = estimates[brand]
    apart = [b for b in ordered if b != brand and _differ(p_values[frozenset((b.pk, brand.pk))])]
    better = sum(estimates[b].value > mine.value for b in apart)
    worse = len(apart) - better
    is_other = us is not None and us != brand
    return Standing(
        brand,
        found,
        mine,
        better + 1,
        len(ordered) - worse,
        difference_of(estimates[us], mine) if us is not None and is_other else None,
        p_values[frozenset((us.pk, brand.pk))] if us is not None and is_other else None,
    )


def difference_of(one: Estimate, other: Estimate) -> Difference:
    """One less the other, by the widths of their intervals; people who rated both make the real
    interval narrower, never wider, where those who like one like the other more."""
    z = critical(0.95)
    value = one.value - other.value
    se = ((one.high - one.low) ** 2 + (other.high - other.low) ** 2) ** 0.5 / (2 * z)
    return Difference(
        value, max(value - z * se, -200.0), min(value + z * se, 200.0), two_sided(value, se)
    )


def _differ(p: float | None) -> bool:
    return p is not None and p < LEVEL
