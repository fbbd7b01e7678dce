"""What decides about cases, without the database: matching, stages, lateness."""

from collections.abc import Sequence

from loopwell.cases.rules.matching import (
    DEFAULT_RULE,
    Facts,
    asks_more,
    first_match,
    promised_hours,
    rule_matches,
)
from loopwell.cases.rules.stages import (
    NEEDS_ROOT_CAUSE,
    TRY_AGAIN,
    is_late,
    stage_of,
)

__all__: Sequence[str] = [
    "DEFAULT_RULE",
    "NEEDS_ROOT_CAUSE",
    "TRY_AGAIN",
    "Facts",
    "asks_more",
    "first_match",
    "is_late",
    "promised_hours",
    "rule_matches",
    "stage_of",
]
