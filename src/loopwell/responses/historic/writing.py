"""Which of these answers are new, and how are they written with their journal entries?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.bulk import insert
from loopwell.people.models import Customer
from loopwell.people.operations.planning import State
from loopwell.responses.enums import Source
from loopwell.responses.historic.reading import AnswerDraft
from loopwell.responses.models import Response, Revision
from loopwell.surveys.models import Survey


@dataclass
class Ready:
    """An answer with everything found; `known` is the answer stored under its key before."""

    key: str
    draft: AnswerDraft
    survey: Survey
    customer: Customer | None
    unit: Unit | None
    employee: User | None
    opens_case: bool
    known: Response | None = None
    state: State = State.NEW


def plan_answers(answers: Sequence[Ready]) -> list[State]:
    """New, changed (another score or comment under the same key) or the same."""
    keys = [answer.key for answer in answers]
    known = {r.import_key: r for r in Response.objects.filter(import_key__in=keys)}
    for answer in answers:
        answer.known = known.get(answer.key)
        if answer.known is not None:
            said = (answer.known.score, answer.known.comment)
            same = said == (answer.draft.score, answer.draft.comment)
            answer.state = State.SAME if same else State.CHANGED
    return [answer.state for answer in answers]


def write_answers(answers: Sequence[Ready], *, actor: Actor, now: datetime) -> None:
    """In the caller's transaction; what a changed answer said before is kept as a revision."""
    added = [_row(answer, now) for answer in answers if answer.state is State.NEW]
    new = insert(Response, _COLUMNS, added)
    changed = [a for a in answers if a.state is State.CHANGED and a.known is not None]
    revisions, responses = [], []
    for answer in changed:
        response = answer.known
        if response is None:
            continue
        revisions.append(
            Revision(
                response=response,
                score=response.score,
                comment=response.comment,
                contact_consent=response.contact_consent,
                replaced_at=now,
            )
        )
        response.score, response.comment = answer.draft.score, answer.draft.comment
        response.updated_at = now
        responses.append(response)
    Revision.objects.bulk_create(revisions)
    Response.objects.bulk_update(responses, ["score", "comment", "updated_at"], batch_size=200)
    events = [_event("response.recorded", answer_id) for answer_id in new]
    events += [_event("response.changed", response.pk) for response in responses]
    append(actor=actor, now=now, events=events)


def _event(kind: str, answer_id: int) -> Event:
    return Event(kind, "response", answer_id, {"imported": True})


_COLUMNS = (
    "survey_id", "kind", "touchpoint", "customer_id", "unit_id", "employee_id", "account_id",
    "properties", "score", "comment", "language", "source", "opens_case", "import_key",
    "answered_at", "updated_at", "created_at",
)  # fmt: skip


def _row(answer: Ready, now: datetime) -> tuple[object, ...]:
    draft, customer, survey = answer.draft, answer.customer, answer.survey
    return (
        survey.pk,
        survey.kind,
        draft.touchpoint or survey.touchpoint,
        customer.pk if customer else None,
        answer.unit.pk if answer.unit else customer.unit_id if customer else None,
        answer.employee.pk if answer.employee else None,
        customer.account_id if customer else None,
        {**(customer.properties if customer else {}), **draft.properties},
        draft.score,
        draft.comment,
        customer.language if customer else "",
        Source.IMPORT.value,
        answer.opens_case,
        answer.key,
        draft.answered_at,
        now,
        now,
    )
