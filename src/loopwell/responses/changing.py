"""How does a given answer become another one?"""

from datetime import datetime

from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.anonymity import is_anonymous, stripped, to_the_hour
from loopwell.responses.models import Response, Revision
from loopwell.responses.rules import Answer, Effect


def apply_change(actor: Actor, response: Response, answer: Answer, now: datetime) -> Effect:
    """Writes what differs into a locked row and keeps what it said before; of anonymous
    ones neither that nor the minute is kept."""
    anonymous = is_anonymous(response.kind) and not response.is_test
    if anonymous:
        answer, now = stripped(answer, response.version), to_the_hour(now)
    before = (response.score, response.comment, response.contact_consent, response.answers)
    answers = {**response.answers, **(answer.answers or {})}
    comment = response.comment if answer.comment is None else answer.comment
    consent = response.contact_consent if answer.contact_consent is None else answer.contact_consent
    if before == (answer.score, comment, consent, answers):
        return Effect.SAME
    if not anonymous and (response.comment or response.answers or answer.score != response.score):
        Revision.objects.create(
            response=response,
            score=before[0],
            comment=before[1],
            contact_consent=before[2],
            answers=before[3],
            replaced_at=now,
        )
    response.score, response.comment, response.contact_consent = answer.score, comment, consent
    response.answers, response.updated_at = answers, now
    response.save(update_fields=["score", "comment", "contact_consent", "answers", "updated_at"])
    append(actor=actor, now=now, events=[Event("response.changed", "response", response.pk)])
    return Effect.CHANGED
