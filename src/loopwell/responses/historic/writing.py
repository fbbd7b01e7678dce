"""Which of these answers are new, and how are they written with their journal entries?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.among import among
from loopwell.kit.bulk import insert_columns
from loopwell.people.operations.planning import State
from loopwell.responses.enums import Source
from loopwell.responses.historic.people import Person
from loopwell.responses.historic.reading import AnswerDraft
from loopwell.responses.models import Response, Revision
from loopwell.surveys.models import Survey


@dataclass(slots=True)
class Ready:
    """An answer with everything found; `known` is the answer stored under its key before."""

    key: str
    draft: AnswerDraft
    survey: Survey
    customer: Person | None
    unit: Unit | None
    employee: User | None
    known: Response | None = None
    state: State = State.NEW


def plan_answers(answers: Sequence[Ready]) -> list[State]:
    """New, changed (another score or comment under the same key) or the same."""
    stored = Response.objects.filter(among("import_key", [answer.key for answer in answers]))
    known = {found.import_key: found for found in stored}
    for answer in answers if known else ():
        answer.known = known.get(answer.key)
        if answer.known is not None:
            said = (answer.known.score, answer.known.comment)
            same = said == (answer.draft.score, answer.draft.comment)
            answer.state = State.SAME if same else State.CHANGED
    return [answer.state for answer in answers]


def write_answers(
    answers: Sequence[Ready], *, opens_cases: bool, actor: Actor, now: datetime
) -> None:
    """In the caller's transaction; what a changed answer said before is kept as a revision.

    Answers that may open cases are told one by one; those that are history alone, together.
    """
    added = [answer for answer in answers if answer.state is State.NEW]
    new = insert_columns(Response, _columns(added, opens_cases, now))
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
    events = [_event("response.changed", response.pk) for response in responses]
    if new and not opens_cases:
        events.append(Event.of_many("responses.imported", "response", new))
    elif new:
        events += [_event("response.recorded", answer_id) for answer_id in new]
    append(actor=actor, now=now, events=events)


def _event(kind: str, answer_id: int) -> Event:
    return Event(kind, "response", answer_id, {"imported": True})


def _columns(
    answers: Sequence[Ready], opens_cases: bool, now: datetime
) -> dict[str, Sequence[Any]]:
    count = len(answers)
    drafts = [answer.draft for answer in answers]
    people = [answer.customer for answer in answers]
    surveys = [answer.survey for answer in answers]
    return {
        "survey_id": [survey.pk for survey in surveys],
        "kind": [survey.kind for survey in surveys],
        "touchpoint": [
            draft.touchpoint or survey.touchpoint
            for draft, survey in zip(drafts, surveys, strict=True)
        ],
        "customer_id": [person.pk if person else None for person in people],
        "unit_id": [
            answer.unit.pk if answer.unit else person.unit_id if person else None
            for answer, person in zip(answers, people, strict=True)
        ],
        "employee_id": [answer.employee.pk if answer.employee else None for answer in answers],
        "account_id": [person.account_id if person else None for person in people],
        "properties": [
            _known_then(person, draft) for person, draft in zip(people, drafts, strict=True)
        ],
        "score": [draft.score for draft in drafts],
        "comment": [draft.comment for draft in drafts],
        "language": [person.language if person else "" for person in people],
        "source": [Source.IMPORT.value] * count,
        "opens_case": [opens_cases] * count,
        "import_key": [answer.key for answer in answers],
        "answered_at": [draft.answered_at for draft in drafts],
        "updated_at": [now] * count,
        "created_at": [now] * count,
    }


_NONE: Mapping[str, str] = {}


def _known_then(person: Person | None, draft: AnswerDraft) -> Mapping[str, str]:
    """What the customer's properties are and what the file says; answers without share one."""
    known = person.properties if person else _NONE
    return {**known, **draft.properties} if known or draft.properties else _NONE
