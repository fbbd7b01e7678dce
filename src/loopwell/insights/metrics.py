"""Which metrics are there, from which sums are they made, and how sure are they?

A metric's statistics are counts and float sums that add up over groups; its `calc` turns them
into a value and an interval. Every page, report and alarm takes its numbers from here.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.calc.nps import Counts, Estimate, adjusted_wald, critical
from loopwell.calc.proportion import wilson
from loopwell.insights.warehouse.tables import ANSWERS, INVITATIONS, Table

Stats = Mapping[str, float]
Sums = Callable[[Any], dict[str, Any]]
"""From an Ibis table to named aggregations."""


@dataclass(frozen=True)
class Metric:
    """One number that can be asked for, by its slug.

    `minimum` is the count below which it is marked as too small to judge.
    """

    slug: str
    name: str | Promise
    unit: str
    table: Table
    sums: Sums
    calc: Callable[[Stats], Estimate | None]
    minimum: int = 30


METRICS: dict[str, Metric] = {}


def metric_by_slug(slug: str) -> Metric:
    return METRICS[slug]


def counts_of(stats: Stats) -> Counts:
    """The categories behind a score, as `calc` wants them."""
    promoters, detractors = int(stats["promoters"]), int(stats["detractors"])
    return Counts(detractors, int(stats["n"]) - promoters - detractors, promoters)


def _categories(t: Any) -> dict[str, Any]:
    return {"n": t.count(), "promoters": t.promoter.sum(), "detractors": t.detractor.sum()}


def _score(stats: Stats) -> Estimate | None:
    return adjusted_wald(counts_of(stats)) if stats["n"] else None


def _count(stats: Stats) -> Estimate | None:
    n = int(stats["n"])
    return Estimate(n, n, n, n)


def _share(part: str, whole: str = "n") -> Callable[[Stats], Estimate | None]:
    def calc(stats: Stats) -> Estimate | None:
        return wilson(int(stats[part]), int(stats[whole])) if stats[whole] else None

    return calc


def _moments(t: Any) -> dict[str, Any]:
    return {"n": t.count(), "sum": t.score.sum(), "squares": (t.score * t.score).sum()}


def _mean(stats: Stats) -> Estimate | None:
    """Normal interval of the mean, cut at the scale's ends; None width is never claimed: with
    one answer it spans the scale."""
    n = int(stats["n"])
    if not n:
        return None
    mean = stats["sum"] / n
    if n == 1:
        return Estimate(mean, 0.0, 10.0, n)
    spread = max(stats["squares"] - n * mean * mean, 0.0) / (n - 1)
    reach = critical(0.95) * math.sqrt(spread / n)
    return Estimate(mean, max(mean - reach, 0.0), min(mean + reach, 10.0), n)


def _delivered(t: Any) -> dict[str, Any]:
    arrived = (t.sent == 1.0) & (t.bounced == 0.0)
    return {
        "n": t.count(where=arrived),
        "answered": t.count(where=arrived & (t.answered == 1.0)),
    }


def _declare(*metrics: Metric) -> None:
    METRICS.update({metric.slug: metric for metric in metrics})


_declare(
    Metric("nps", _("NPS"), "points", ANSWERS, _categories, _score),
    Metric("answers", _("Answers"), "count", ANSWERS, lambda t: {"n": t.count()}, _count, 0),
    Metric("promoters", _("Promoters"), "percent", ANSWERS, _categories, _share("promoters")),
    Metric("detractors", _("Detractors"), "percent", ANSWERS, _categories, _share("detractors")),
    Metric("mean_score", _("Mean score"), "score", ANSWERS, _moments, _mean),
    Metric(
        "response_rate", _("Response rate"), "percent", INVITATIONS, _delivered, _share("answered")
    ),
)
