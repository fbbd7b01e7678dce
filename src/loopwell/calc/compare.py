"""Which groups differ from the rest by more than chance?"""

from collections.abc import Mapping
from dataclasses import dataclass

from loopwell.calc.multiple import holm
from loopwell.calc.nps import Counts, Difference, Estimate, difference, interval


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group against all others together; fields that cannot be computed are None.

    ``difference.p`` is the p-value of this comparison alone, ``p`` the one to show: corrected for
    the number of groups tested, and None where the group or its rest is too small to judge.
    """

    value: str
    counts: Counts
    estimate: Estimate | None
    difference: Difference | None
    p: float | None
    too_small: bool


def groups_against_rest(groups: Mapping[str, Counts], minimum: int = 30) -> list[GroupResult]:
    """Each group's score and how it differs from the rest, in the order given.

    p-values are Holm-corrected over the groups with at least ``minimum`` answers in the group and
    in its rest; smaller ones are not tested, since the adjusted Wald test misleads there. A single
    group, or an empty one, has no difference.
    """
    total = sum(groups.values(), Counts(0, 0, 0))
    results = [_against(name, counts, total, minimum) for name, counts in groups.items()]
    corrected = holm([result.p for result in results])
    return [
        GroupResult(r.value, r.counts, r.estimate, r.difference, p, r.too_small)
        for r, p in zip(results, corrected, strict=True)
    ]


def _against(name: str, counts: Counts, total: Counts, minimum: int) -> GroupResult:
    rest = total.without(counts)
    estimate = interval(counts) if counts.n else None
    gap = difference(counts, rest) if counts.n and rest.n else None
    tested = gap is not None and min(counts.n, rest.n) >= minimum
    p = gap.p if gap is not None and tested else None
    return GroupResult(name, counts, estimate, gap, p, counts.n < minimum)
