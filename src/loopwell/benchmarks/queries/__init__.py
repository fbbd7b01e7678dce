"""Which panels and brands are there, and how does each brand stand?"""

from loopwell.benchmarks.queries.aspects import Aspects, aspects
from loopwell.benchmarks.queries.own_surveys import (
    OwnSurvey,
    could_be_declared,
    declared_by_ref,
    own_surveys,
)
from loopwell.benchmarks.queries.panels import (
    Sums,
    brand_by_ref,
    brands,
    distribution,
    our_brand,
    paired,
    panel_by_ref,
    panels,
    panels_with_answers,
    ratings,
    segments,
    sums,
)
from loopwell.benchmarks.queries.standing import Standing, Table, standing, through_time

__all__ = [
    "Aspects",
    "OwnSurvey",
    "Standing",
    "Sums",
    "Table",
    "aspects",
    "brand_by_ref",
    "brands",
    "could_be_declared",
    "declared_by_ref",
    "distribution",
    "our_brand",
    "own_surveys",
    "paired",
    "panel_by_ref",
    "panels",
    "panels_with_answers",
    "ratings",
    "segments",
    "standing",
    "sums",
    "through_time",
]
