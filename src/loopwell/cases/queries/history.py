"""What did this customer live through with us, and what happened in a case?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.cases.enums import Change
from loopwell.cases.models import (
    Assignment,
    Attempt,
    Callback,
    Case,
    Closure,
    Draft,
    Note,
    Reopening,
)
from loopwell.cases.queries.scope import visible_to
from loopwell.journal.queries import timeline as journal_timeline
from loopwell.people.models import Interaction
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.sampling.queries.telling import UNANSWERED

STORY_LIMIT = 30  # of each kind: who was our customer for twenty years still gets one page


class StoryKind(Enum):
    ANSWER = "answer"
    INTERACTION = "interaction"
    INVITATION = "invitation"
    CASE = "case"


@dataclass(frozen=True)
class StoryItem:
    """One thing in the customer's story; `what` is the row itself, for the page to word."""

    at: datetime
    kind: StoryKind
    what: Any


@dataclass(frozen=True)
class Line:
    """One journal entry of a case; `record` is the row it tells of, where there is one."""

    at: datetime
    type: str
    who: str
    payload: dict[str, Any] = field(default_factory=dict)
    record: Any = None


def story(actor: Actor, case: Case) -> list[StoryItem]:
    """The customer's answers, interactions, invitations and other cases, newest first.

    Things of units the actor does not see are left out, the case's own answer never.
    """
    found = [*_answers(actor, case), *_invitations(actor, case), *_other_cases(actor, case)]
    if actor.may(Right.READ_CUSTOMERS):
        found += _interactions(actor, case)
    return sorted(found, key=lambda item: item.at, reverse=True)


def _answers(actor: Actor, case: Case) -> Iterator[StoryItem]:
    if case.response:
        yield StoryItem(case.response.answered_at, StoryKind.ANSWER, case.response)
    rows = Response.objects.filter(customer_id=case.customer_id, is_test=False)
    others = rows.filter(actor.within(Right.READ_ANSWERS).rows(account="account"))
    if case.response_id is not None:
        others = others.exclude(pk=case.response_id)
    for row in others.select_related("unit")[:STORY_LIMIT]:
        yield StoryItem(row.answered_at, StoryKind.ANSWER, row)


def _interactions(actor: Actor, case: Case) -> Iterator[StoryItem]:
    rows = Interaction.objects.filter(customer_id=case.customer_id).filter(
        actor.within(Right.READ_CUSTOMERS).rows()
    )
    for row in rows.select_related("unit", "employee")[:STORY_LIMIT]:
        yield StoryItem(row.at, StoryKind.INTERACTION, row)


def _invitations(actor: Actor, case: Case) -> Iterator[StoryItem]:
    """Those left unanswered, as the others show as their answer; of anonymous surveys none."""
    rows = Invitation.objects.filter(customer_id=case.customer_id, is_test=False)
    rows = rows.filter(UNANSWERED)
    for row in rows.filter(actor.within(Right.READ_CUSTOMERS).rows(account="account")).exclude(
        sent_at=None
    )[:STORY_LIMIT]:
        yield StoryItem(row.sent_at or row.planned_at, StoryKind.INVITATION, row)


def _other_cases(actor: Actor, case: Case) -> Iterator[StoryItem]:
    rows = visible_to(actor).filter(customer_id=case.customer_id).exclude(pk=case.pk)
    rows = rows.select_related("owner").prefetch_related("closures").order_by("-opened_at")
    for row in rows[:STORY_LIMIT]:
        yield StoryItem(row.opened_at, StoryKind.CASE, row)


RECORDS: dict[str, tuple[Any, str]] = {
    "case.attempted": (Attempt, "attempt"),
    "case.scheduled": (Callback, "callback"),
    "case.assigned": (Assignment, "assignment"),
    "case.closed": (Closure, "closure"),
    "case.reopened": (Reopening, "reopening"),
    "case.noted": (Note, "note"),
}


def timeline(case: Case) -> list[Line]:
    """Everything the journal knows of the case, oldest first; few queries for any length."""
    entries = list(journal_timeline("case", case.pk))
    refs = {e.actor.partition(":")[2] for e in entries if e.actor.startswith("user:")}
    names = {u.ref: str(u) for u in User.objects.filter(ref__in=refs)}
    records = _records(entries, case)
    return [
        Line(
            at=entry.at,
            type=entry.type,
            who=names.get(entry.actor.partition(":")[2], ""),
            payload=entry.payload,
            record=records.get((entry.type, _record_id(entry.type, entry.payload))),
        )
        for entry in entries
    ]


def _record_id(kind: str, payload: dict[str, Any]) -> int | None:
    known = RECORDS.get(kind)
    return payload.get(known[1]) if known else None


def _records(entries: Sequence[Any], case: Case) -> dict[tuple[str, int | None], Any]:
    found: dict[tuple[str, int | None], Any] = {}
    for kind in {entry.type for entry in entries} & set(RECORDS):
        rows = RECORDS[kind][0].objects.filter(case=case)
        if kind == "case.assigned":
            rows = rows.select_related("owner")
        found |= {(kind, row.pk): row for row in rows}
    return found


def answer_changes(case: Case) -> Sequence[Note]:
    """What whoever calls must know the customer changed since the case opened, oldest first.

    A comment or a yes that follows the score is how an answer comes, no news: the page shows
    both anyway, and the case's timeline tells when they came.
    """
    return list(case.notes.filter(change__in=[Change.SCORE, Change.REFUSED]))


def draft_of(actor: Actor, case: Case) -> Draft | None:
    if actor.user_id is None:
        return None
    return Draft.objects.filter(case=case, user_id=actor.user_id).first()
