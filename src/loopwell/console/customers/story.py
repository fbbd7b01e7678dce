"""What happened between a customer and us: answers, interactions, invitations, cases with their
calls, letters and promises?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.queries import cases_for_customer
from loopwell.cases.queries.profile import care_of
from loopwell.people.queries import interactions_of
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.sampling.queries import invitations_of
from loopwell.sampling.queries.telling import UNANSWERED

LIMIT = 200


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `what` is the row, worded by the page according to `kind`."""

    at: datetime
    kind: str
    what: Any


def story_of(actor: Actor, customer: Any) -> list[Moment]:
    """Newest first; each kind only as far as the actor may read it."""
    moments = [*_interactions(actor, customer), *_invitations(actor, customer)]
    if actor.may(Right.READ_ANSWERS):
        moments += _answers(actor, customer)
    if actor.may(Right.READ_CASES):
        cases = cases_for_customer(actor, customer.pk)
        moments += [Moment(case.opened_at, "case", case) for case in cases[:LIMIT]]
        moments += [Moment(*each) for each in care_of(actor, customer.pk)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _interactions(actor: Actor, customer: Any) -> Iterator[Moment]:
    for row in interactions_of(actor, customer)[:LIMIT]:
        yield Moment(row.at, "interaction", row)


def _invitations(actor: Actor, customer: Any) -> Iterator[Moment]:
    """Those still unanswered, as the others show as their answer; of anonymous surveys none."""
    for row in invitations_of(actor, customer.pk).filter(UNANSWERED)[:LIMIT]:
        yield Moment(row.sent_at or row.planned_at, "invitation", row)


def _answers(actor: Actor, customer: Any) -> Iterator[Moment]:
    rows = visible_answers(actor).filter(customer_id=customer.pk).select_related("survey", "unit")
    for row in rows.order_by("-answered_at")[:LIMIT]:
        yield Moment(row.answered_at, "answer", row)
