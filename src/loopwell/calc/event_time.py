"""When did the fix begin to work: its effect by months since each unit changed?"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loopwell.calc.effects import Cells, overdispersion, pooled, quiet_cells, summed


@dataclass(frozen=True)
class Moment:
    """So many months since the change (0 is the first whole one): the effect with its pointwise
    95 % interval. Before the change it is a placebo: were the units on the same path at all?"""

    months: int
    value: float
    low: float
    high: float
    answers: int

    @property
    def is_placebo(self) -> bool:
        return self.months < 0


def by_event_time(
    cells: Cells, since: Mapping[int, int], compared: Iterable[int], most: int = 12
) -> list[Moment]:
    """Aggregated over cohorts by the answers of their units (Callaway and Sant'Anna, Journal of
    Econometrics 225, 2021, section 3.1.1), from `most` months before to as far as anybody can be
    compared.

    After the change as in `effects.effect`: against units not changed by then, both as differences
    from their mean before. Before it each month is held against the mean of the other months
    before, so that what is shown does not lie on its own base. Variance and degrees of freedom as
    there.
    """
    from scipy import stats

    never = set(compared) - set(since)
    parts: dict[int, list[tuple[int, dict[tuple[int, int], float]]]] = {}
    last = max((month for _unit, month in cells), default=0)
    for start in set(since.values()):
        for month in range(start - most, last + 1):
            part = _gap(cells, since, never, start, month)
            if part is not None:
                parts.setdefault(month - start, []).append(part)
    phi, freedom = overdispersion(quiet_cells(cells, since, never))
    wide = float(stats.t(freedom).ppf(0.975))
    return [_moment(place, parts[place], cells, phi, wide) for place in sorted(parts)]


def _gap(
    cells: Cells, since: Mapping[int, int], never: set[int], start: int, month: int
) -> tuple[int, dict[tuple[int, int], float]] | None:
    """Of one cohort in one month: its answers, and what each cell adds to the effect."""
    units = [unit for unit, began in since.items() if began == start]
    untouched = max(start, month)
    others = [*never, *(unit for unit, began in since.items() if began > untouched)]

    def is_base(each: int) -> bool:
        return each < start and each != month

    def is_now(each: int) -> bool:
        return each == month

    now, before = pooled(cells, units, is_now), pooled(cells, units, is_base)
    then, others_now = pooled(cells, others, is_base), pooled(cells, others, is_now)
    if not (now and before and then and others_now):
        return None
    gap = summed((now, 1.0), (before, -1.0), (others_now, -1.0), (then, 1.0))
    return sum(cells[key].n for key in now), gap


def _moment(
    place: int, parts: list[tuple[int, dict[tuple[int, int], float]]], cells: Cells, phi: float,
    wide: float,
) -> Moment:  # fmt: skip
    total = sum(answers for answers, _part in parts)
    weights = summed(*((part, answers / total) for answers, part in parts))
    value = sum(weight * cells[key].mean for key, weight in weights.items())
    chance = sum(w * w * cells[key].variance / cells[key].n for key, w in weights.items())
    reach = wide * math.sqrt(chance * phi)
    return Moment(place, value, value - reach, value + reach, total)
