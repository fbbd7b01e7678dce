"""What did this customer live through with us, and what happened in a case?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Q

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
    Escalation,
    File,
    FurtherAction,
    JoinedAnswer,
    Letter,
    Note,
    Redress,
    Remark,
    Reopening,
)
from loopwell.cases.queries.scope import visible_to
from loopwell.journal.queries import of_types
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
    """One journal entry of a case; `record` is the row it tells of, where there is one.

    `by` is the label of who did it (Actor.label), `id` the entry's place in the journal, `of`
    the reference of the case it happened in, when that one was merged into this.
    """

    at: datetime
    type: str
    who: str
    payload: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    of: str = ""
    by: str = ""
    id: int = 0


def story(actor: Actor, case: Case) -> list[StoryItem]:
    """The customer's answers, interactions, invitations and other cases, newest first.

    Things of units the actor does not see are left out, the case's own answers never.
    """
    found = [*_answers(actor, case), *_invitations(actor, case), *_other_cases(actor, case)]
    if actor.may(Right.READ_CUSTOMERS):
        found += _interactions(actor, case)
    return sorted(found, key=lambda item: item.at, reverse=True)


def _answers(actor: Actor, case: Case) -> Iterator[StoryItem]:
    own = [case.response] if case.response else []
    own += [row.response for row in case.joined.select_related("response__unit")]
    for answer in own:
        yield StoryItem(answer.answered_at, StoryKind.ANSWER, answer)
    rows = Response.objects.filter(customer_id=case.customer_id, is_test=False)
    others = rows.filter(actor.within(Right.READ_ANSWERS).rows(account="account"))
    others = others.exclude(pk__in=[answer.pk for answer in own])
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


class Kept(NamedTuple):
    """Where the row is that an entry tells of: its model, and which of the payload has its id."""

    model: Any
    key: str
    related: tuple[str, ...] = ()


# One line for each type of entry that has a row of its own; its words are in
# console.cases.wording.
RECORDS: dict[str, Kept] = {
    "case.attempted": Kept(Attempt, "attempt"),
    "case.scheduled": Kept(Callback, "callback"),
    "case.assigned": Kept(Assignment, "assignment", ("owner", "instead_of")),
    "case.closed": Kept(Closure, "closure"),
    "case.reopened": Kept(Reopening, "reopening"),
    "case.noted": Kept(Note, "note"),
    "case.mentioned": Kept(Remark, "remark"),
    "case.remarked": Kept(Remark, "remark"),
    "case.filed": Kept(File, "file"),
    "case.merged": Kept(JoinedAnswer, "joined", ("response",)),
    "case.joined": Kept(JoinedAnswer, "joined", ("response",)),
    "case.escalated": Kept(Escalation, "escalation", ("to",)),
    "case.wrote": Kept(Letter, "letter"),
    "case.replied": Kept(Letter, "letter"),
    "redress.given": Kept(Redress, "redress"),
    "redress.asked": Kept(Redress, "redress"),
    "redress.decided": Kept(Redress, "redress"),
    "action.given": Kept(FurtherAction, "action", ("owner",)),
    "action.done": Kept(FurtherAction, "action", ("owner",)),
}
# Said of the answer, and told in its case too.
OF_THE_ANSWER = ("coaching.written", "praise.received")


def last_entry(case: Case) -> int:
    """The place in the journal of what happened last in the case; 0 before anything did."""
    last = journal_timeline("case", case.pk).values_list("pk", flat=True).last()
    return last or 0


def timeline(
    case: Case, *, after: int = 0, before: int | None = None, newest: int | None = None
) -> list[Line]:
    """Everything the journal knows of the case and of those merged into it, oldest first; only
    what came after or before an entry, or the newest, if asked. A few queries for any length.
    """
    merged = dict(case.merged.values_list("pk", "ref"))
    between = Q(pk__gt=after) if before is None else Q(pk__gt=after, pk__lt=before)
    found = journal_timeline("case", [case.pk, *merged]).filter(between)
    entries = list(found.order_by("-id")[:newest])
    if case.response_id is not None:
        said = of_types("response", case.response_id, OF_THE_ANSWER)
        entries += [e for e in said if e.pk > after and (before is None or e.pk < before)]
    entries = sorted(entries, key=lambda entry: -entry.pk)[:newest][::-1]
    refs = {e.actor.partition(":")[2] for e in entries if e.actor.startswith("user:")}
    names = {u.ref: str(u) for u in User.objects.filter(ref__in=refs)}
    records = _records(entries)
    return [
        Line(
            at=entry.at,
            type=entry.type,
            who=names.get(entry.actor.partition(":")[2], ""),
            payload=entry.payload,
            record=records.get((entry.type, _record_id(entry.type, entry.payload))),
            by=entry.actor,
            id=entry.pk,
            of=merged.get(entry.subject_id, "") if entry.subject == "case" else "",
        )
        for entry in entries
    ]


def _record_id(kind: str, payload: dict[str, Any]) -> int | None:
    known = RECORDS.get(kind)
    return payload.get(known.key) if known else None


def _records(entries: Sequence[Any]) -> dict[tuple[str, int | None], Any]:
    """The rows the entries tell of, in one query for each type of entry."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        pk = _record_id(entry.type, entry.payload)
        if pk is not None:
            wanted.setdefault(entry.type, set()).add(pk)
    return {
        (kind, row.pk): row
        for kind, ids in wanted.items()
        for row in RECORDS[kind]
        .model.objects.filter(pk__in=ids)
        .select_related(*RECORDS[kind].related)
    }


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
