"""Which of these answers are new, and how are they written with their journal entries?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
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
    new = [_response(answer, now) for answer in answers if answer.state is State.NEW]
    Response.objects.bulk_create(new)
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
    events = [_event("response.recorded", r) for r in new]
    events += [_event("response.changed", r) for r in responses]
    append(actor=actor, now=now, events=events)


def _event(kind: str, response: Response) -> Event:
    return Event(kind, "response", response.pk, {"imported": True})


def _response(answer: Ready, now: datetime) -> Response:
    draft, customer = answer.draft, answer.customer
    return Response(
        survey=answer.survey,
        kind=answer.survey.kind,
        touchpoint=draft.touchpoint or answer.survey.touchpoint,
        customer_id=customer.pk if customer else None,
        unit_id=answer.unit.pk if answer.unit else customer.unit_id if customer else None,
        employee=answer.employee,
        account_id=customer.account_id if customer else None,
        properties={**(customer.properties if customer else {}), **draft.properties},
        score=draft.score,
        comment=draft.comment,
        language=customer.language if customer else "",
        source=Source.IMPORT,
        opens_case=answer.opens_case,
        import_key=answer.key,
        answered_at=draft.answered_at,
        updated_at=now,
        created_at=now,
    )
