"""Does an answer open a case, where does a case stand, and when is the next try?"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from loopwell.cases.enums import Outcome, Result, Stage
from loopwell.cases.models import Case, Rule
from loopwell.kit.working_time import Calendar, next_working_day

DEFAULT_RULE = gettext_noop("Unhappy customers")  # named so by migration 0003
TRIES_BEFORE_GIVING_UP = 4
TRY_AGAIN = frozenset({Outcome.NO_ANSWER, Outcome.BUSY})
NEEDS_ROOT_CAUSE = frozenset({Result.SOLVED, Result.EXPLAINED, Result.PASSED_ON})


def rule_matches(rule: Rule, *, score: int, consent: bool | None) -> bool:
    """A refusal always wins; an unanswered question is one only if the rule says so."""
    if consent is False or (rule.requires_consent and consent is None):
        return False
    return rule.is_active and rule.lowest_score <= score <= rule.highest_score


def first_match(rules: Iterable[Rule], *, score: int, consent: bool | None) -> Rule | None:
    return next((rule for rule in rules if rule_matches(rule, score=score, consent=consent)), None)


def stage_of(case: Case, now: datetime) -> Stage:
    if case.closed_at is not None:
        return Stage.CLOSED
    if case.reached_at is not None:
        return Stage.REACHED
    return Stage.WAITING if case.next_step_at > now else Stage.NEW


def is_late(case: Case, now: datetime) -> bool:
    """The promise is to have spoken with the customer by `due_at`."""
    return case.closed_at is None and case.reached_at is None and case.due_at < now


def next_step(outcome: Outcome, *, now: datetime, calendar: Calendar) -> datetime:
    """When the customer wants our attention next, unless somebody chooses otherwise."""
    return next_working_day(now, calendar) if outcome in TRY_AGAIN else now
