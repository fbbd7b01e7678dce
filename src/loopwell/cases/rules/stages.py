"""Where does a case stand, and is it late?"""

from datetime import datetime

from loopwell.cases.enums import Outcome, Result, Stage
from loopwell.cases.models import Case

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
