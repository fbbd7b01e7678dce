"""How does an initiative come to be, and how is it changed?"""

from datetime import datetime

from django.db import transaction

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.huddles.queries.issues import office
from loopwell.initiatives.enums import State
from loopwell.initiatives.models import Initiative, StateChange
from loopwell.initiatives.operations.claiming import claim, locked_to_work, refuse, tell
from loopwell.initiatives.operations.drafts import (
    InitiativeDraft,
    check_place,
    check_source,
    problems,
)

MONEY = ("currency", "budget", "cost", "profit", "profit_low", "profit_high")
"""What finance agrees to: their agreement ends when one of these changes."""


@transaction.atomic
def propose_initiative(*, actor: Actor, now: datetime, draft: InitiativeDraft) -> Initiative:
    """An idea, by whoever leads its units; those who decide are told, and its owner."""
    require(actor, Right.SET_TARGETS)
    check_place(actor, draft.units)
    check_source(actor, draft)
    refuse(problems(actor, draft, None))
    made = Initiative(
        by_id=actor.user_id, at=now, state_at=now, origin=draft.origin, issue=draft.issue,
        case=draft.case,
    )  # fmt: skip
    _fill(made, draft)
    made.save()
    made.themes.set(draft.themes)
    made.units.set(draft.units)
    StateChange.objects.create(initiative=made, state=State.IDEA, by_id=actor.user_id, at=now)
    tell(actor, now, made, "proposed", office())
    tell_owner(actor, now, made, None)
    return made


@transaction.atomic
def change_initiative(
    *, actor: Actor, now: datetime, initiative: Initiative, version: int, draft: InitiativeDraft
) -> Initiative:
    """Finance's agreement ends when a figure of money changes; finance is told by that."""
    row = locked_to_work(actor, initiative)
    if {u.pk for u in draft.units} != set(row.units.values_list("pk", flat=True)):
        check_place(actor, draft.units)
    refuse(problems(actor, draft, row))
    claim(row, version)
    owner, agreed = row.owner_id, row.agreed_by_id
    before = _money(row)
    _fill(row, draft)
    lost = row.agreed_at is not None and before != _money(row)
    if lost:
        row.agreed_by, row.agreed_at, row.agreed_note = None, None, ""
    row.save()
    row.themes.set(draft.themes)
    row.units.set(draft.units)
    tell(actor, now, row, "changed")
    if lost:
        tell(actor, now, row, "agreement_lost", [agreed])
    tell_owner(actor, now, row, owner)
    return row


def tell_owner(actor: Actor, now: datetime, initiative: Initiative, before: int | None) -> None:
    if initiative.owner_id is not None and initiative.owner_id != before:
        tell(actor, now, initiative, "given", [initiative.owner_id])


def _money(row: Initiative) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in MONEY)


def _fill(row: Initiative, draft: InitiativeDraft) -> None:
    hope, means = draft.hope, draft.means
    row.title, row.kind = draft.title.strip()[:150], draft.kind
    row.segment, row.function = draft.segment.strip()[:150], draft.function.strip()[:100]
    row.hypothesis, row.authority = draft.hypothesis.strip(), draft.authority.strip()
    row.owner, row.sponsor, row.due_on = draft.owner, draft.sponsor, draft.due_on
    row.share, row.nps = hope.share, hope.nps
    row.nps_low, row.nps_high = hope.nps_low, hope.nps_high
    row.currency, row.people = means.currency.upper(), means.people
    row.budget, row.cost, row.profit = means.budget, means.cost, means.profit
    row.profit_low, row.profit_high = means.profit_low, means.profit_high
