"""Which panels and brands are there, and how does each brand stand?"""

from loopwell.benchmarks.queries.panels import (
    Sums,
    brand_by_ref,
    brands,
    distribution,
    our_brand,
    paired,
    panel_by_ref,
    panels,
    ratings,
    segments,
    sums,
)
from loopwell.benchmarks.queries.standing import Standing, Table, standing, through_time

__all__ = [
    "Standing",
    "Sums",
    "Table",
    "brand_by_ref",
    "brands",
    "distribution",
    "our_brand",
    "paired",
    "panel_by_ref",
    "panels",
    "ratings",
    "segments",
    "standing",
    "sums",
    "through_time",
]
