"""Which metrics are there, from which sums are they made, and how sure are they?

A metric's statistics are counts and float sums that add up over groups; its `calc` turns them
into a value and an interval. Every page, report and alarm takes its numbers from here.
"""

from loopwell.insights.metrics.declared import METRICS, metric_by_slug, register
from loopwell.insights.metrics.metric import GROUPS, Group, Metric, Stats, Sums, Unit
from loopwell.insights.metrics.values import counts_of, weighted_of

__all__ = [
    "GROUPS",
    "METRICS",
    "Group",
    "Metric",
    "Stats",
    "Sums",
    "Unit",
    "counts_of",
    "metric_by_slug",
    "register",
    "weighted_of",
]
