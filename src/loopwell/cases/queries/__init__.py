"""What is there to know about cases? The parts other apps and pages may use."""

from loopwell.cases.queries.calendars import Hours, calendar_for, calendars, working_hours
from loopwell.cases.queries.case_rules import (
    active_rules,
    all_rules,
    opened_lately,
    promised_call,
    rule_by_ref,
)
from loopwell.cases.queries.history import (
    Line,
    StoryItem,
    StoryKind,
    answer_changes,
    draft_of,
    story,
    timeline,
)
from loopwell.cases.queries.policy import policy
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
    possible_owners,
    routes,
)
from loopwell.cases.queries.scope import case_by_ref, visible_to

__all__ = [
    "Claim",
    "Hours",
    "Line",
    "QueueFilter",
    "Routed",
    "StoryItem",
    "StoryKind",
    "able_to_work",
    "active_rules",
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
    "opened_lately",
    "policy",
    "possible_owners",
    "promised_call",
    "queue",
    "routes",
    "rule_by_ref",
    "story",
    "timeline",
    "to_call_count",
    "visible_to",
    "working_hours",
]
