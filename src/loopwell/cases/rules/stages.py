"""Where does a case stand, is it late, and when is the next try?"""

from datetime import datetime

from loopwell.cases.enums import Outcome, Result, Stage
from loopwell.cases.models import Case
from loopwell.kit.working_time import Calendar, next_working_day

TRIES_BEFORE_GIVING_UP = 4
TRY_AGAIN = frozenset({Outcome.NO_ANSWER, Outcome.BUSY})
NEEDS_ROOT_CAUSE = frozenset({Result.SOLVED, Result.EXPLAINED, Result.PASSED_ON})


def stage_of(case: Case, now: datetime) -> Stage:
    if case.closed_at is not None:
        return Stage.CLOSED
    if case.reached_at is not None:
        return Stage.REACHED
    return Stage.WAITING if case.next_step_at > now else Stage.NEW


def is_late(case: Case, now: datetime) -> bool:
    """The promise is to have spoken with the customer by `due_at` and to end by `resolve_by`."""
    if case.closed_at is not None:
        return False
    unspoken = case.reached_at is None and case.due_at < now
    return unspoken or (case.resolve_by is not None and case.resolve_by < now)


def next_step(outcome: Outcome, *, now: datetime, calendar: Calendar) -> datetime:
    """When the customer wants our attention next, unless somebody chooses otherwise."""
    return next_working_day(now, calendar) if outcome in TRY_AGAIN else now
