"""How is a try to reach the customer recorded, and what follows from it?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM, Actor
from loopwell.cases.enums import Outcome, Result
from loopwell.cases.models import Attempt, Callback, Case, Closure, Draft
from loopwell.cases.operations.letters import write_unreachable
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.cases.queries import calendar_for
from loopwell.cases.queries.tries import misses
from loopwell.cases.rules import TRY_AGAIN
from loopwell.cases.rules.tries import next_try
from loopwell.kit.errors import Invalid


@transaction.atomic
def record_attempt(
    *,
    actor: Actor,
    now: datetime,
    case: Case,
    version: int,
    outcome: Outcome,
    note: str = "",
    next_at: datetime | None = None,
) -> Case:
    """One try; not reached means again next working day at another hour, or at `next_at`.

    The last try the policy allows ends the case as “Not reached”, with a letter to the customer,
    unless somebody chose `next_at` or has spoken with the customer.
    """
    if next_at is not None:
        _must_be_later(next_at, now)
    fresh = claim_case(actor=actor, case=case, version=version)
    in_vain = misses(fresh)
    ends = outcome in TRY_AGAIN and in_vain.is_last and not (next_at or fresh.reached_at)
    again = next_at or _next_step(fresh, outcome, [*in_vain.at, now])
    fresh.next_step_at = again
    if outcome == Outcome.REACHED and fresh.reached_at is None:
        fresh.reached_at = now
    fresh.save(update_fields=["next_step_at", "reached_at"])
    attempt = Attempt.objects.create(
        case=fresh,
        outcome=outcome,
        note=note.strip(),
        next_at=again if again > now and not ends else None,
        by_id=actor.user_id,
        at=now,
    )
    tell(
        actor=actor,
        now=now,
        case=fresh,
        what="attempted",
        attempt=attempt.pk,
        outcome=outcome.value,
    )
    if ends:
        _give_up(case=fresh, now=now)
    return fresh


def _next_step(case: Case, outcome: Outcome, tries: list[datetime]) -> datetime:
    if outcome not in TRY_AGAIN:
        return tries[-1]
    return next_try(tries, calendar=calendar_for(case.unit))


def _give_up(*, case: Case, now: datetime) -> None:
    """Nobody answered as often as the company tries: the customer gets a letter, the case ends."""
    write_unreachable(case=case, now=now)
    closure = Closure.objects.create(case=case, result=Result.UNREACHABLE, learnt="", at=now)
    case.closed_at = now
    case.save(update_fields=["closed_at"])
    Draft.objects.filter(case=case).delete()
    facts = {"closure": closure.pk, "result": Result.UNREACHABLE.value}
    tell(actor=SYSTEM, now=now, case=case, what="closed", **facts)


@transaction.atomic
def schedule_callback(
    *, actor: Actor, now: datetime, case: Case, version: int, call_at: datetime, note: str = ""
) -> Case:
    """The customer is to be called at a moment agreed on; the promised deadline stays."""
    _must_be_later(call_at, now)
    fresh = claim_case(actor=actor, case=case, version=version)
    fresh.next_step_at = call_at
    fresh.save(update_fields=["next_step_at"])
    callback = Callback.objects.create(
        case=fresh, call_at=call_at, note=note.strip()[:300], by_id=actor.user_id, at=now
    )
    tell(actor=actor, now=now, case=fresh, what="scheduled", callback=callback.pk)
    return fresh


def _must_be_later(at: datetime, now: datetime) -> None:
    if at <= now:
        message = _("Choose a time that is still to come.")
        raise Invalid(message, fields={"call_at": [message]})
