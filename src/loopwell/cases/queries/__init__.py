"""What is there to know about cases? The parts other apps and pages may use."""

from loopwell.cases.queries.history import (
    Line,
    StoryItem,
    StoryKind,
    answer_changes,
    draft_of,
    story,
    timeline,
)
from loopwell.cases.queries.queue import (
    QueueFilter,
    cases_for_customer,
    counts,
    late_count,
    newest_open,
    open_count,
    queue,
    to_call_count,
)
from loopwell.cases.queries.routing import (
    Claim,
    Routed,
    able_to_work,
    calendar_for,
    calendars,
    possible_owners,
    routes,
)
from loopwell.cases.queries.scope import (
    all_rules,
    case_by_ref,
    promised_call,
    rule_by_ref,
    visible_to,
)

__all__ = [
    "Claim",
    "Line",
    "QueueFilter",
    "Routed",
    "StoryItem",
    "StoryKind",
    "able_to_work",
    "all_rules",
    "answer_changes",
    "calendar_for",
    "calendars",
    "case_by_ref",
    "cases_for_customer",
    "counts",
    "draft_of",
    "late_count",
    "newest_open",
    "open_count",
    "possible_owners",
    "promised_call",
    "queue",
    "routes",
    "rule_by_ref",
    "story",
    "timeline",
    "to_call_count",
    "visible_to",
]
