"""Which targets are there, and how do we stand against them?"""

from loopwell.targets.queries.aims import (
    company_unit,
    nearest_targets,
    target_by_ref,
    units_to_aim_for,
    visible_targets,
)
from loopwell.targets.queries.standing import Standing, running_aim, standings

__all__ = [
    "Standing",
    "company_unit",
    "nearest_targets",
    "running_aim",
    "standings",
    "target_by_ref",
    "units_to_aim_for",
    "visible_targets",
]
