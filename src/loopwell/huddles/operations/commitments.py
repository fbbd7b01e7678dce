"""How does a team promise itself something, and how does that end?"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment
from loopwell.huddles.queries.teams import may_lead
from loopwell.huddles.rules.weeks import monday_of
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid


@transaction.atomic
def commit(
    *, actor: Actor, now: datetime, unit: Unit, week: date, what: str, owner: User, due_on: date
) -> Commitment:
    """Made in the huddle of a week by whoever leads the team; the owner is told."""
    require(actor, Right.COACH)
    if not may_lead(actor, unit):
        raise Forbidden(_("This team is led by others."))
    fields = {}
    if not what.strip():
        fields["what"] = [_("Say what will be done.")]
    if owner.unit is None or not owner.unit.path.startswith(unit.path):
        fields["owner"] = [_("%(name)s is not in this team.") % {"name": owner}]
    if due_on < monday_of(week):
        fields["due_on"] = [_("Choose a day that is still to come.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
    made = Commitment.objects.create(
        unit=unit,
        week=monday_of(week),
        what=what.strip()[:300],
        owner=owner,
        due_on=due_on,
        by_id=actor.user_id,
        at=now,
    )
    tell = [owner.pk] if owner.pk != actor.user_id else []
    _told(actor, now, made, "commitment.given", tell)
    return made


@transaction.atomic
def end_commitment(
    *, actor: Actor, now: datetime, commitment: Commitment, state: CommitmentState, outcome: str
) -> Commitment:
    """Done by its owner or the team's leader; dropped by the leader, who says why."""
    row, leads = _locked(actor, commitment)
    if state == CommitmentState.DROPPED and not leads:
        raise Forbidden(_("Only who leads the team can drop it."))
    if state == CommitmentState.OPEN or row.state != CommitmentState.OPEN:
        raise Conflict(_("This commitment has ended already."))
    if state == CommitmentState.DROPPED and not outcome.strip():
        message = _("Say why it is dropped.")
        raise Invalid(message, fields={"outcome": [message]})
    row.state, row.outcome, row.ended_at = state, outcome.strip()[:300], now
    row.save(update_fields=["state", "outcome", "ended_at"])
    _told(actor, now, row, f"commitment.{state.value}", [])
    return row


@transaction.atomic
def take_up_again(*, actor: Actor, now: datetime, commitment: Commitment) -> Commitment:
    """Ended by mistake: it is open again. What was dropped only its leader takes up."""
    row, leads = _locked(actor, commitment)
    if row.state == CommitmentState.OPEN:
        raise Conflict(_("This commitment is open already."))
    if row.state == CommitmentState.DROPPED and not leads:
        raise Forbidden(_("Only who leads the team can take up what was dropped."))
    row.state, row.outcome, row.ended_at = CommitmentState.OPEN, "", None
    row.save(update_fields=["state", "outcome", "ended_at"])
    _told(actor, now, row, "commitment.reopened", [])
    return row


def _locked(actor: Actor, commitment: Commitment) -> tuple[Commitment, bool]:
    """The row as it is now, kept from others, and whether the actor leads its team."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.get(pk=commitment.pk)
    leads = may_lead(actor, row.unit)
    if not leads and (row.owner_id is None or row.owner_id != actor.user_id):
        raise Forbidden(_("Only its owner or who leads the team can do this."))
    return row, leads


def _told(actor: Actor, now: datetime, row: Commitment, what: str, tell: list[int]) -> None:
    payload = {"commitment": row.pk, "unit": row.unit_id, "owner": row.owner_id, "tell": tell}
    append(actor=actor, now=now, events=[Event(what, "commitment", row.pk, payload)])
