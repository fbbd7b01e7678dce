"""How is a try to reach the customer recorded, and when is the next one?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.enums import Outcome
from loopwell.cases.models import Attempt, Callback, Case
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.cases.queries import calendar_for
from loopwell.cases.rules import next_step
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
    """One try; not reached means again next working day at another hour, or at `next_at`."""
    if next_at is not None:
        _must_be_later(next_at, now)
    fresh = claim_case(actor=actor, case=case, version=version)
    again = next_at or next_step(outcome, now=now, calendar=calendar_for(fresh.unit))
    fresh.next_step_at = again
    if outcome == Outcome.REACHED and fresh.reached_at is None:
        fresh.reached_at = now
    fresh.save(update_fields=["next_step_at", "reached_at"])
    attempt = Attempt.objects.create(
        case=fresh,
        outcome=outcome,
        note=note.strip(),
        next_at=again if again > now else None,
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
    return fresh


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
