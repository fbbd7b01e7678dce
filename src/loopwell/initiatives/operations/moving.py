"""How does an initiative get from one state to the next, and who agrees to its money?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.initiatives.enums import State
from loopwell.initiatives.models import Initiative, StateChange
from loopwell.initiatives.operations.claiming import claim, locked, refuse, tell
from loopwell.initiatives.queries.seeing import may_agree, may_decide, may_work_on
from loopwell.initiatives.rules.states import EXPLAINED, MOVES, WORKED
from loopwell.kit.errors import Conflict, Forbidden


@transaction.atomic
def move_initiative(
    *,
    actor: Actor,
    now: datetime,
    initiative: Initiative,
    version: int,
    state: State,
    note: str = "",
) -> Initiative:
    """Approved, stopped and taken up again for the whole company; begun and done by its people."""
    row = locked(actor, initiative)
    before = State(row.state)
    if state not in MOVES[before]:
        raise Conflict(
            _("This does not fit any more: the initiative is “%(state)s”.")
            % {"state": before.label}
        )
    if (before, state) not in WORKED and not may_decide(actor):
        raise Forbidden(_("This is decided by executives and those who run the programme."))
    if not may_work_on(actor, row):
        raise Forbidden(_("Only those who lead this initiative or its units can do this."))
    if (before, state) in EXPLAINED and not note.strip():
        refuse({"note": [_("Say why.")]})
    if state == State.APPROVED and row.owner_id is None:
        refuse({"state": [_("Give it an owner first.")]})
    claim(row, version)
    row.state, row.state_at = state, now
    row.save(update_fields=["state", "state_at"])
    StateChange.objects.create(
        initiative=row, state=state, note=note.strip(), by_id=actor.user_id, at=now
    )
    people = [row.owner_id, row.sponsor_id, row.by_id]
    tell(actor, now, row, str(state.value), people, was=str(before.value))
    return row


@transaction.atomic
def agree_money(
    *, actor: Actor, now: datetime, initiative: Initiative, version: int, note: str = ""
) -> Initiative:
    """Finance agrees to the figures as they are now."""
    row = _locked_for_finance(actor, initiative)
    if row.cost is None:
        raise Conflict(_("There is no cost to agree to yet."))
    claim(row, version)
    row.agreed_by_id, row.agreed_at, row.agreed_note = actor.user_id, now, note.strip()[:300]
    row.save(update_fields=["agreed_by", "agreed_at", "agreed_note"])
    tell(actor, now, row, "agreed", [row.owner_id])
    return row


@transaction.atomic
def withdraw_agreement(*, actor: Actor, now: datetime, initiative: Initiative) -> Initiative:
    row = _locked_for_finance(actor, initiative)
    if row.agreed_at is None:
        raise Conflict(_("Finance has not agreed."))
    row.agreed_by, row.agreed_at, row.agreed_note = None, None, ""
    row.save(update_fields=["agreed_by", "agreed_at", "agreed_note"])
    tell(actor, now, row, "agreement_withdrawn", [row.owner_id])
    return row


def _locked_for_finance(actor: Actor, initiative: Initiative) -> Initiative:
    row = locked(actor, initiative)
    if not may_agree(actor, row):
        raise Forbidden(_("Only people with the role Finance agree to the money."))
    return row
