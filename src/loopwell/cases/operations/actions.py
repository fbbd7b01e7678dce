"""How is something promised to a customer given to somebody, and how is it done?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.cases.models import Case, FurtherAction
from loopwell.cases.operations.locking import WrongState, claim_case
from loopwell.cases.operations.seeing import require_worked
from loopwell.cases.queries.talk import people_who_see
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid


@dataclass(frozen=True)
class Promise:
    """What is still to be done for the customer, by whom and by which day."""

    what: str
    owner: User
    due_on: date


@transaction.atomic
def give_action(
    *, actor: Actor, now: datetime, case: Case, version: int, promise: Promise
) -> FurtherAction:
    fresh = claim_case(actor=actor, case=case, version=version)
    return keep_action(actor=actor, now=now, case=fresh, promise=promise)


def keep_action(*, actor: Actor, now: datetime, case: Case, promise: Promise) -> FurtherAction:
    """For a case that was claimed already; the owner is told, unless they wrote it themselves."""
    what = " ".join(promise.what.split())
    fields = {}
    if not what:
        fields["what"] = [_("Write what is to be done.")]
    if promise.due_on < timezone.localdate(now):
        fields["due_on"] = [_("Choose today or a later day.")]
    if not people_who_see(case).filter(pk=promise.owner.pk).exists():
        fields["owner"] = [_("Choose somebody who sees this case.")]
    if fields:
        raise Invalid(" ".join(text[0] for text in fields.values()), fields=fields)
    row = FurtherAction.objects.create(
        case=case,
        what=what[:300],
        owner=promise.owner,
        due_on=promise.due_on,
        by_id=actor.user_id,
        at=now,
    )
    told = [] if promise.owner.pk == actor.user_id else [promise.owner.pk]
    _tell(actor, now, row, "given", told)
    return row


@transaction.atomic
def finish_action(
    *, actor: Actor, now: datetime, action: FurtherAction, outcome: str
) -> FurtherAction:
    """Done, with what came of it: by who was to do it, or who works on the case."""
    if actor.user_id is None or actor.user_id != action.owner_id:
        require_worked(actor, action.case)
    if not outcome.strip():
        message = _("Write in a few words what was done.")
        raise Invalid(message, fields={"outcome": [message]})
    open_ones = FurtherAction.objects.filter(pk=action.pk, done_at=None)
    if not open_ones.update(done_at=now, outcome=outcome.strip()[:300]):
        raise WrongState(_("This was done already."))
    action.refresh_from_db()
    _tell(actor, now, action, "done", [])
    return action


def _tell(actor: Actor, now: datetime, row: FurtherAction, what: str, told: list[int]) -> None:
    facts = {
        "action": row.pk,
        "case": row.case_id,
        "customer": row.case.customer_id,
        "owner": row.owner_id,
        "tell": told,
    }
    append(actor=actor, now=now, events=[Event(f"action.{what}", "case", row.case_id, facts)])
