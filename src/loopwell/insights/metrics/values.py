"""What do a metric's sums come to, and how sure is that?"""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from loopwell.calc.nps import Counts, Estimate, critical, interval
from loopwell.calc.proportion import wilson
from loopwell.insights.metrics.metric import Stats

if TYPE_CHECKING:
    from loopwell.calc.weighted import WeightedSums

EDGES = (0.5, 1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 720)
"""Hours: the upper ends of the buckets that times are counted in; the last is open."""


def counts_of(stats: Stats) -> Counts:
    """The categories behind a score, as `calc` wants them."""
    promoters, detractors = int(stats["promoters"]), int(stats["detractors"])
    return Counts(detractors, int(stats["n"]) - promoters - detractors, promoters)


def weighted_of(stats: Stats) -> "WeightedSums":
    """The weighted sums behind a score."""
    from loopwell.calc.weighted import WeightedSums

    return WeightedSums(
        n=int(stats["n"]), w=stats["w"], ww=stats["ww"],
        wp=stats["wp"], wd=stats["wd"], wwp=stats["wwp"], wwd=stats["wwd"],
    )  # fmt: skip


def score(stats: Stats) -> Estimate | None:
    return interval(counts_of(stats)) if stats["n"] else None


def weighted_score(stats: Stats) -> Estimate | None:
    from loopwell.calc.weighted import weighted_nps

    return weighted_nps(weighted_of(stats)) if stats["n"] and stats["w"] > 0 else None


def weighted_detractors(stats: Stats) -> Estimate | None:
    """Share of the weight that detractors carry: linearised, with Wilson's interval of as many
    equal answers as the weights are worth (w²/Σw²)."""
    if not stats["n"] or stats["w"] <= 0:
        return None
    worth = stats["w"] ** 2 / stats["ww"]
    share, z = min(stats["wd"] / stats["w"], 1.0), critical(0.95)
    centre = (share + z * z / (2 * worth)) / (1 + z * z / worth)
    spread = math.sqrt(share * (1 - share) / worth + z * z / (4 * worth * worth))
    reach = z / (1 + z * z / worth) * spread
    low, high = max(centre - reach, 0.0), min(centre + reach, 1.0)
    return Estimate(100 * share, 100 * min(low, share), 100 * max(high, share), int(stats["n"]))


def count(stats: Stats) -> Estimate | None:
    n = int(stats["n"])
    return Estimate(n, n, n, n)


def share(part: str, whole: str = "n") -> Callable[[Stats], Estimate | None]:
    def calc(stats: Stats) -> Estimate | None:
        return wilson(int(stats[part]), int(stats[whole])) if stats[whole] else None

    return calc


def covered(stats: Stats) -> Estimate | None:
    """Share of all customers; a count of them all, so that it has no margin. `n` is how many
    customers there are."""
    customers = int(stats.get("customers", 0))
    if not customers:
        return None
    found = 100 * min(int(stats["n"]) / customers, 1.0)
    return Estimate(found, found, found, int(stats["n"]))


def mean(stats: Stats) -> Estimate | None:
    return _mean(stats, 10.0)


def mean_share(stats: Stats) -> Estimate | None:
    return _mean(stats, 100.0)


def _mean(stats: Stats, highest: float) -> Estimate | None:
    """Normal interval of the mean, cut at the scale's ends; None width is never claimed: with
    one answer it spans the scale."""
    n = int(stats["n"])
    if not n:
        return None
    found = stats["sum"] / n
    if n == 1:
        return Estimate(found, 0.0, highest, n)
    spread = max(stats["squares"] - n * found * found, 0.0) / (n - 1)
    reach = critical(0.95) * math.sqrt(spread / n)
    return Estimate(found, max(found - reach, 0.0), min(found + reach, highest), n)


def bucket(place: int) -> str:
    return f"b{place:02d}"


def median_hours(stats: Stats) -> Estimate | None:
    """The median of times counted in buckets, taken as evenly spread within each.

    The interval is that of order statistics: the ranks n/2 ± 1.96·√n/2 (Conover, Practical
    Nonparametric Statistics, 1999, chapter 3), read off the same buckets.
    """
    n = int(stats["n"])
    if not n:
        return None
    counts = [stats[bucket(place)] for place in range(len(EDGES) + 1)]
    reach = critical(0.95) * math.sqrt(n) / 2
    low, high = max(n / 2 - reach, 0.0), min(n / 2 + reach, float(n))
    return Estimate(_at(counts, n / 2), _at(counts, low), _at(counts, high), n)


def _at(counts: Sequence[float], rank: float) -> float:
    """The time by which `rank` of them had passed; the open bucket ends at twice its beginning."""
    ends = (*EDGES, 2 * EDGES[-1])
    passed = 0.0
    for place, within in enumerate(counts):
        begin = ends[place - 1] if place else 0.0
        if within and passed + within >= rank:
            return begin + (ends[place] - begin) * (rank - passed) / within
        passed += within
    return float(ends[-1])
