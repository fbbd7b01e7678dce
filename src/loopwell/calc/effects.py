"""Did the fix work? Before and after, against units that had not changed yet."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LEAST_BEFORE, LEAST_AFTER = 3, 2
"""Months with answers that are needed on each side."""
LONG_BEFORE, LONG_AFTER = 8, 4
"""Months needed where there is nobody to compare with."""
LEAST_ANSWERS = 30
"""Answers needed in the changed units on each side."""


class Cell(NamedTuple):
    """The answers of one unit in one month: how many, their mean, the variance of one answer."""

    n: int
    mean: float
    variance: float


Cells = Mapping[tuple[int, int], Cell]
"""By unit and number of the month; months without answers are left out."""


SINGULAR = 1e-10
"""Eigenvalues below this part of the largest are none."""


class TooFew(Exception):
    """There is not enough to say anything; `args[0]` is one of the names in REASONS."""


NO_BEFORE, NO_AFTER, NO_OTHERS, NOBODY = "before", "after", "others", "nobody"
REASONS = frozenset({NO_BEFORE, NO_AFTER, NO_OTHERS, NOBODY})


@dataclass(frozen=True)
class Effect:
    """In the unit of the means. `value` is what the change did on average over the months since,
    as far as other units tell what would have happened; `low` and `high` its 95 % interval.

    `overdispersion` says how many times as much as chance alone units and months differ (at least
    1); `detectable` the smallest effect that this much would have shown four times out of five.
    `months` are those after the change that could be compared, `answers` those of the changed units
    in them.
    """

    value: float
    low: float
    high: float
    p: float
    overdispersion: float
    detectable: float
    months: int
    answers: int
    is_compared: bool = True
    """False where no other units tell what would have happened, only the units' own trend."""


def interrupted(cells: Cells, since: Mapping[int, int]) -> Effect:
    """The step in the units' own line where they changed, when there is nobody to compare with.

    Segmented regression (Wagner et al., J. Clinical Pharmacy and Therapeutics 27, 2002) of the mean
    of each month on a line through time and a step, weighted by what chance allows each month. All
    months count from the change of the unit. The variance is widened by the overdispersion and,
    where a month is like the one before, by (1 + r)/(1 − r) with r the lag-one correlation of what
    is left, at most 0.8. Seasons are not taken out. Raises TooFew with fewer than eight months
    before or four after.
    """
    import numpy as np
    from scipy import stats

    series: dict[int, list[Cell]] = {}
    for (unit, month), cell in cells.items():
        if unit in since and cell.n:
            series.setdefault(month - since[unit], []).append(cell)
    places = sorted(series)
    if sum(place < 0 for place in places) < LONG_BEFORE:
        raise TooFew(NO_BEFORE)
    after = sum(cell.n for place in places if place >= 0 for cell in series[place])
    if sum(place >= 0 for place in places) < LONG_AFTER or after < LEAST_ANSWERS:
        raise TooFew(NO_AFTER)
    monthly = [_together(series[place]) for place in places]
    weight = np.array([math.sqrt(cell.n / cell.variance) for cell in monthly])
    means = np.array([cell.mean for cell in monthly])
    design, covariance = _step_design(places, weight**2)
    scaled = design * weight[:, None]
    fitted = covariance @ scaled.T @ (means * weight)
    left = (means - design @ fitted) * weight
    freedom = len(places) - 3
    phi = max(1.0, float(left @ left) / freedom)
    alike = float(left[1:] @ left[:-1] / (left @ left)) if left.any() else 0.0
    r = min(max(alike, 0.0), 0.8)
    error = math.sqrt(float(covariance[2, 2]) * phi * (1 + r) / (1 - r))
    t, value = stats.t(freedom), float(fitted[2])
    reach = float(t.ppf(0.975)) * error
    p = float(2 * t.sf(abs(value) / error)) if error > 0 else 1.0
    seen = (float(t.ppf(0.975)) + float(t.ppf(0.8))) * error
    late = sum(place >= 0 for place in places)
    return Effect(value, value - reach, value + reach, p, phi, seen, late, after, False)


def step_error(places: Sequence[int], precisions: Sequence[float]) -> float:
    """The standard error of the step at 0 where each month's mean is known that precisely (one
    over its variance)."""
    import numpy as np

    return math.sqrt(float(_step_design(places, np.array(precisions))[1][2, 2]))


def _step_design(places: Sequence[int], precisions: Any) -> tuple[Any, Any]:
    """A line through time and a step, and the covariance of their estimates."""
    import numpy as np

    design = np.array([[1.0, place, float(place >= 0)] for place in places])
    return design, np.linalg.inv(design.T @ (design * precisions[:, None]))


def _together(cells: list[Cell]) -> Cell:
    n = sum(cell.n for cell in cells)
    mean = sum(cell.n * cell.mean for cell in cells) / n
    return Cell(n, mean, sum(cell.n * cell.variance for cell in cells) / n)


def effect(cells: Cells, since: Mapping[int, int], compared: Iterable[int]) -> Effect:
    """The average effect on the changed units, in the months since each changed.

    `since` gives the first month of each changed unit, `compared` units that never changed. Each
    cohort of units that changed in the same month is held, month by month, against all units not
    changed by then, both as differences from their own mean before (Callaway and Sant'Anna, J.
    Econometrics 225, 2021, with the mean of all months before as base, which is more precise where
    trends are parallel; no unit changed already serves as a comparison, which is the trap of
    two-way fixed effects). Months count by the answers of the changed units.

    All this is a weighted sum of the cells' means; its variance is the sum of theirs, times the
    spread of unit and month beyond chance: the Pearson statistic of the cells not yet changed about
    an additive model of unit and month, over its degrees of freedom, at least 1 (McCullagh and
    Nelder, Generalized Linear Models, 1989, section 4.5). Interval and p by Student's t with these
    degrees of freedom. Raises TooFew.
    """
    from scipy import stats

    never = set(compared) - set(since)
    weights, months, answers = weights_of(cells, since, never)
    value = sum(weight * cells[key].mean for key, weight in weights.items())
    chance = sum(w * w * cells[key].variance / cells[key].n for key, w in weights.items())
    phi, freedom = overdispersion(quiet_cells(cells, since, never))
    error = math.sqrt(chance * phi)
    t = stats.t(freedom)
    reach = float(t.ppf(0.975)) * error
    p = float(2 * t.sf(abs(value) / error)) if error > 0 else 1.0
    seen = (float(t.ppf(0.975)) + float(t.ppf(0.8))) * error
    return Effect(value, value - reach, value + reach, p, phi, seen, months, answers)


def weights_of(
    cells: Cells, since: Mapping[int, int], never: set[int]
) -> tuple[dict[tuple[int, int], float], int, int]:
    """What each cell adds to the effect; the months compared, and the answers in them."""
    cohorts: dict[int, list[int]] = {}
    for unit, month in since.items():
        cohorts.setdefault(month, []).append(unit)
    last = max((month for _unit, month in cells), default=0)
    parts: list[tuple[int, dict[tuple[int, int], float]]] = []
    reason, months = NOBODY, set()
    for start, units in cohorts.items():
        before = pooled(cells, units, lambda month, s=start: month < s)  # type: ignore[misc]
        if not _enough(cells, before, LEAST_BEFORE):
            reason = NO_BEFORE
            continue
        for month in range(start, last + 1):
            now = pooled(cells, units, lambda each, m=month: each == m)  # type: ignore[misc]
            waiting = (u for u in {*never, *since} if since.get(u, last + 1) > month)
            others = [unit for unit in waiting if unit not in units]
            then = pooled(cells, others, lambda each, s=start: each < s)  # type: ignore[misc]
            others_now = pooled(cells, others, lambda each, m=month: each == m)  # type: ignore[misc]
            if not now:
                continue
            if not then or not others_now:
                reason = NO_OTHERS
                continue
            answers = sum(cells[key].n for key in now)
            gap = summed((now, 1), (before, -1), (others_now, -1), (then, 1))
            parts.append((answers, gap))
            months.add(month)
    total = sum(n for n, _part in parts)
    if not parts:
        raise TooFew(reason)
    if len(months) < LEAST_AFTER or total < LEAST_ANSWERS:
        raise TooFew(NO_AFTER)
    return summed(*((part, n / total) for n, part in parts)), len(months), total


def pooled(
    cells: Cells, units: Iterable[int], wanted: Callable[[int], bool]
) -> dict[tuple[int, int], float]:
    """The weights of a mean over all answers of these units and months; empty without any."""
    chosen = set(units)
    keys = [key for key in cells if key[0] in chosen and wanted(key[1]) and cells[key].n]
    total = sum(cells[key].n for key in keys)
    return {key: cells[key].n / total for key in keys}


def _enough(cells: Cells, pooled: Mapping[tuple[int, int], float], months: int) -> bool:
    answers = sum(cells[key].n for key in pooled)
    return len({month for _unit, month in pooled}) >= months and answers >= LEAST_ANSWERS


def summed(
    *parts: tuple[Mapping[tuple[int, int], float], float],
) -> dict[tuple[int, int], float]:
    """Several weighted sums of cells as one."""
    found: dict[tuple[int, int], float] = {}
    for weights, times in parts:
        for key, weight in weights.items():
            found[key] = found.get(key, 0.0) + times * weight
    return found


def quiet_cells(cells: Cells, since: Mapping[int, int], never: set[int]) -> Cells:
    """Those of units that had not changed yet."""
    return {
        key: cell for key, cell in cells.items()
        if key[0] in never or key[1] < since.get(key[0], key[1])
    }  # fmt: skip


def overdispersion(cells: Cells) -> tuple[float, int]:
    """How many times chance cells spread about unit and month, and the degrees of freedom.

    The additive model is fitted by weighted least squares, through its normal equations: these are
    as small as units and months, and a unit that shares no month with others costs its rank.
    Where there are no degrees of freedom left it is 1 with one: the interval then says how little
    is known.
    """
    import numpy as np

    known = [(key, cell) for key, cell in cells.items() if cell.n and cell.variance > 0]
    units = {unit: place for place, unit in enumerate(sorted({key[0] for key, _cell in known}))}
    months = {month: place for place, month in enumerate(sorted({key[1] for key, _cell in known}))}
    if not known:
        return 1.0, 1
    one = np.array([units[key[0]] for key, _cell in known])
    other = np.array([len(units) + months[key[1]] for key, _cell in known])
    weight = np.array([cell.n / cell.variance for _key, cell in known])
    means = np.array([cell.mean for _key, cell in known])
    normal, right = np.zeros((len(units) + len(months),) * 2), np.zeros(len(units) + len(months))
    for row, column in ((one, one), (other, other), (one, other), (other, one)):
        np.add.at(normal, (row, column), weight)
    for place in (one, other):
        np.add.at(right, place, weight * means)
    values, vectors = np.linalg.eigh(normal)
    real = values > values[-1] * SINGULAR
    fitted = vectors[:, real] @ ((vectors[:, real].T @ right) / values[real])
    left = means - fitted[one] - fitted[other]
    freedom = len(known) - int(real.sum())
    if freedom < 1:
        return 1.0, 1
    return max(1.0, float(weight @ left**2) / freedom), freedom


def share_cell(part: int, n: int) -> Cell:
    """Of answers that have a property, in percent; with one imaginary answer of each kind in the
    variance, so that a month without any has one too."""
    p = (part + 1) / (n + 2)
    return Cell(n, 100.0 * part / n if n else 0.0, 10_000.0 * p * (1 - p))


def score_cell(detractors: int, passives: int, promoters: int) -> Cell:
    """The score in points; imaginary answers in the variance as in the adjusted Wald interval."""
    n = detractors + passives + promoters
    d, p = (detractors + 0.75) / (n + 3), (promoters + 0.75) / (n + 3)
    mean = 100.0 * (promoters - detractors) / n if n else 0.0
    return Cell(n, mean, 10_000.0 * (p + d - (p - d) ** 2))
