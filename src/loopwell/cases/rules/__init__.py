"""What decides about cases, without the database: matching, stages, lateness."""

from collections.abc import Sequence

from loopwell.cases.rules.matching import DEFAULT_RULE, first_match, rule_matches
from loopwell.cases.rules.stages import (
    NEEDS_ROOT_CAUSE,
    TRIES_BEFORE_GIVING_UP,
    TRY_AGAIN,
    is_late,
    next_step,
    stage_of,
)

__all__: Sequence[str] = [
    "DEFAULT_RULE",
    "NEEDS_ROOT_CAUSE",
    "TRIES_BEFORE_GIVING_UP",
    "TRY_AGAIN",
    "first_match",
    "is_late",
    "next_step",
    "rule_matches",
    "stage_of",
]
