"""Who is asked, by which sendings and programmes, why or why not, and what comes next?"""

from loopwell.sampling.queries.contact_rules import (
    Check,
    contact_rules,
    exceptions_allowed,
    in_words,
    order_of_checks,
    outcome_label,
    rule_by_id,
)
from loopwell.sampling.queries.customers import (
    LeftOut,
    Reach,
    candidates,
    filter_choices,
    judged,
    reach,
)
from loopwell.sampling.queries.decisions import decision_rows, decisions, runs
from loopwell.sampling.queries.planning import AnswerPlan, Basis, basis_of, plan_answers
from loopwell.sampling.queries.plans import asking_of, candidates_of, contact_limit, rules_for
from loopwell.sampling.queries.programmes import (
    draft_of,
    programme_by_ref,
    programme_progress,
    programmes,
    running,
    sendable_invitations,
)
from loopwell.sampling.queries.simulating import (
    Effect,
    RuleDraft,
    Simulation,
    simulate,
    simulate_rules,
    stored_rules,
)
from loopwell.sampling.queries.upcoming import (
    ComingDay,
    Shortfall,
    current_cycle,
    shortfalls,
    upcoming,
)
from loopwell.sampling.queries.waves import (
    Progress,
    examples,
    invitations_of,
    progress_of,
    short_of,
    visible_to,
    wave_by_ref,
)
from loopwell.sampling.queries.weights import answers_are_weighted, weighting_of

__all__ = [
    "AnswerPlan",
    "Basis",
    "Check",
    "ComingDay",
    "Effect",
    "LeftOut",
    "Progress",
    "Reach",
    "RuleDraft",
    "Shortfall",
    "Simulation",
    "answers_are_weighted",
    "asking_of",
    "basis_of",
    "candidates",
    "candidates_of",
    "contact_limit",
    "contact_rules",
    "current_cycle",
    "decision_rows",
    "decisions",
    "draft_of",
    "examples",
    "exceptions_allowed",
    "filter_choices",
    "in_words",
    "invitations_of",
    "judged",
    "order_of_checks",
    "outcome_label",
    "plan_answers",
    "programme_by_ref",
    "programme_progress",
    "programmes",
    "progress_of",
    "reach",
    "rule_by_id",
    "rules_for",
    "running",
    "runs",
    "sendable_invitations",
    "short_of",
    "shortfalls",
    "simulate",
    "simulate_rules",
    "stored_rules",
    "upcoming",
    "visible_to",
    "wave_by_ref",
    "weighting_of",
]
