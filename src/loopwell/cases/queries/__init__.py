"""What is there to know about cases? The parts other apps and pages may use."""

from loopwell.cases.queries.calendars import Hours, calendar_for, calendars, working_hours
from loopwell.cases.queries.case_rules import (
    active_rules,
    all_rules,
    opened_lately,
    promised_call,
    rule_by_ref,
)
from loopwell.cases.queries.drafting import CHOSEN_ROUTES, RuleChange, drafted, wishes_of
from loopwell.cases.queries.history import (
    Line,
    StoryItem,
    StoryKind,
    answer_changes,
    draft_of,
    last_entry,
    story,
    timeline,
)
from loopwell.cases.queries.ladder import (
    found_nobody_nearer,
    ladder,
    late_of_my_people,
    nobody_nearer_count,
    step_by_ref,
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
from loopwell.cases.queries.talk import (
    Present,
    file_of,
    files_of,
    merged_into,
    people_who_see,
    present,
    remarks_of,
)
from loopwell.cases.queries.trying import Capacity, Forecast, capacity, forecast
from loopwell.cases.queries.widening import Step, step_in_use, widening
from loopwell.cases.queries.widening import changes as step_changes

__all__ = [
    "CHOSEN_ROUTES",
    "Capacity",
    "Claim",
    "Forecast",
    "Hours",
    "Line",
    "Present",
    "QueueFilter",
    "Routed",
    "RuleChange",
    "Step",
    "StoryItem",
    "StoryKind",
    "able_to_work",
    "active_rules",
    "all_rules",
    "answer_changes",
    "calendar_for",
    "calendars",
    "capacity",
    "case_by_ref",
    "cases_for_customer",
    "counts",
    "draft_of",
    "drafted",
    "file_of",
    "files_of",
    "forecast",
    "found_nobody_nearer",
    "ladder",
    "last_entry",
    "late_count",
    "late_of_my_people",
    "merged_into",
    "newest_open",
    "nobody_nearer_count",
    "open_count",
    "opened_lately",
    "people_who_see",
    "policy",
    "possible_owners",
    "present",
    "promised_call",
    "queue",
    "remarks_of",
    "routes",
    "rule_by_ref",
    "step_by_ref",
    "step_changes",
    "step_in_use",
    "story",
    "timeline",
    "to_call_count",
    "visible_to",
    "widening",
    "wishes_of",
    "working_hours",
]
