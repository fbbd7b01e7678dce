"""How is an answer to an anonymous survey recorded, and found again by who holds the link?

The answer carries neither customer nor invitation; the invitation is only marked as answered,
with the time of its sending, so that no time joins the two.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.anonymity import key_of, stripped, to_the_hour
from loopwell.responses.changing import apply_change
from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.responses.rules import Answer, Effect
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import ANONYMOUS


@transaction.atomic
def record_anonymous(*, actor: Actor, invitation_ref: str, answer: Answer, now: datetime) -> Effect:
    """The one answer of this invitation, new or changed; refused unless its survey is open and
    anonymous. Tests are ordinary answers."""
    invitation = takes_anonymous(invitation_ref, now)
    if invitation is None:
        return Effect.REFUSED
    key = key_of(invitation_ref)
    known = Response.objects.select_for_update(of=("self",)).filter(import_key=key).first()
    if known is not None:
        return apply_change(actor, known, answer, now)
    response = _new(invitation, stripped(answer, invitation.version), key, to_the_hour(now))
    Invitation.objects.filter(pk=invitation.pk).update(
        answered_at=Coalesce(F("sent_at"), F("planned_at")),
        opened_at=None,
        started_at=None,
        scanned_at=None,
    )
    event = Event("response.recorded", "response", response.pk)
    append(actor=actor, now=response.answered_at, events=[event])
    return Effect.NEW


def takes_anonymous(invitation_ref: str, now: datetime) -> Invitation | None:
    """The invitation, locked, if its survey is anonymous and still open to it."""
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("version__survey")
        .filter(
            ref=invitation_ref,
            expires_at__gt=now,
            declined_at=None,
            is_test=False,
            version__survey__kind__in=ANONYMOUS,
        )
        .order_by()
        .first()
    )


def said_through(invitation_ref: str) -> Mapping[str, Any]:
    """Score, comment and further answers given through this invitation; {} where none were."""
    rows = Response.objects.filter(import_key=key_of(invitation_ref))
    return rows.values("score", "comment", "contact_consent", "answers").first() or {}


def _new(invitation: Invitation, answer: Answer, key: str, hour: datetime) -> Response:
    survey = invitation.version.survey
    return Response.objects.create(
        survey=survey,
        version=invitation.version,
        kind=survey.kind,
        touchpoint=survey.touchpoint,
        unit_id=invitation.unit_id,
        score=answer.score,
        comment=answer.comment or "",
        answers=dict(answer.answers or {}),
        language=invitation.language,
        source=Source.LINK,
        opens_case=False,
        import_key=key,
        answered_at=hour,
        updated_at=hour,
        created_at=hour,
    )
