"""How is an answer taken from a page of ours, held when no customer seems to have given it, and
decided about later?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, ActorKind, require
from loopwell.kit.errors import Conflict, Forbidden
from loopwell.responses.anonymous import takes_anonymous
from loopwell.responses.changing import apply_change
from loopwell.responses.doubts import Signs, doubt_about
from loopwell.responses.enums import Doubt
from loopwell.responses.models import HeldAnswer, Response
from loopwell.responses.open_answers import write_open_response
from loopwell.responses.operations import change_invited
from loopwell.responses.recording import insert_first
from loopwell.responses.rules import Answer, Effect, check
from loopwell.sampling.linking.opening import opened
from loopwell.sampling.models import Invitation

CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")


class CannotDecide(Conflict):
    """This held answer is decided already, or can no longer be recorded."""


def receive(*, invitation_ref: str, answer: Answer, now: datetime, trapped: bool = False) -> Effect:
    """What a customer's page sends: recorded at once, or held when in doubt.

    An answer that was believed once may be changed at any time; only the trap holds a change. A
    later answer that is believed settles what was held before. Anonymous answers cannot be held,
    since nobody may see them: only those in the trap are not believed, and of them nothing is kept.
    """
    answer = check(answer)
    if not trapped:
        new = insert_first(invitation_ref=invitation_ref, answer=answer, now=now, screened=True)
        if new is not None:
            return Effect.NEW
        effect = change_invited(CUSTOMER, invitation_ref, answer, now)
        if effect is not Effect.REFUSED:
            return effect
    return _hold_in_doubt(invitation_ref, answer, now, trapped)


@transaction.atomic
def _hold_in_doubt(ref: str, answer: Answer, now: datetime, trapped: bool) -> Effect:
    if takes_anonymous(ref, now) is not None:
        return Effect.HELD
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(ref=ref, expires_at__gt=now, declined_at=None)
        .order_by()
        .first()
    )
    if invitation is None:
        return Effect.REFUSED
    signs = Signs(
        trapped=trapped,
        scanned_at=invitation.scanned_at,
        arrived_at=invitation.delivered_at or invitation.sent_at,
    )
    doubted = doubt_about(signs, now)
    if doubted is None:  # the five seconds passed between the two looks
        new = insert_first(invitation_ref=ref, answer=answer, now=now)
        return Effect.NEW if new is not None else Effect.REFUSED
    hold(invitation=invitation, answer=answer, doubt=doubted[0], detail=doubted[1], now=now)
    return Effect.HELD


def hold(
    *, invitation: Invitation, answer: Answer, doubt: Doubt, now: datetime, detail: str = ""
) -> HeldAnswer:
    """Keeps the answer uncounted; what comes later through the same invitation joins it while
    nobody has decided. Inside a transaction that holds the invitation."""
    row = invitation.held_answers.filter(decided_at=None).first()
    if row is None:
        row = HeldAnswer(invitation=invitation, unit_id=invitation.unit_id, given={})
    row.given = joined(row.given, answer)
    row.doubt, row.detail, row.at = doubt, detail, now
    row.save()
    return row


def joined(given: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    """What is held, with what was said now; None says nothing new."""
    comment, consent = answer.comment, answer.contact_consent
    return {
        **given,
        "score": answer.score,
        "comment": given.get("comment", "") if comment is None else comment,
        "contact_consent": given.get("contact_consent") if consent is None else consent,
        "answers": {**given.get("answers", {}), **(answer.answers or {})},
    }


def answer_of(given: Mapping[str, Any]) -> Answer:
    """What is held, as an answer."""
    return Answer(
        score=given["score"],
        comment=given.get("comment") or "",
        contact_consent=given.get("contact_consent"),
        answers=given.get("answers") or None,
    )


@transaction.atomic
def accept_held(*, actor: Actor, held: HeldAnswer, now: datetime) -> Response:
    """A customer gave it after all: it counts as of the time it came, and what follows from
    answers follows from it."""
    row = _mine(actor, held)
    response = _accept_invited(row, now) if row.invitation_id else _accept_open(actor, row, now)
    row.response = response
    _decide(row, actor, now)
    return response


@transaction.atomic
def refuse_held(*, actor: Actor, held: HeldAnswer, now: datetime) -> None:
    """No customer gave it: it stays where it can be seen and is never counted."""
    _decide(_mine(actor, held), actor, now)


def _mine(actor: Actor, held: HeldAnswer) -> HeldAnswer:
    require(actor, Right.WRITE_ANSWERS)
    row = HeldAnswer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=held.pk)
    if not actor.within(Right.WRITE_ANSWERS).covers(row.unit.path if row.unit else None):
        raise Forbidden(_("This answer belongs to another part of the company."))
    if row.decided_at is not None:
        raise CannotDecide(_("This answer has been decided about already."))
    return row


def _decide(row: HeldAnswer, actor: Actor, now: datetime) -> None:
    row.decided_at, row.decided_by_id = now, actor.user_id
    row.save(update_fields=["decided_at", "decided_by", "response"])


def _accept_invited(row: HeldAnswer, now: datetime) -> Response:
    invitation = Invitation.objects.get(pk=row.invitation_id or 0)
    answer = answer_of(row.given)
    new = insert_first(invitation_ref=invitation.ref, answer=answer, now=now, at=row.at)
    if new is not None:
        return Response.objects.get(pk=new)
    response = (
        Response.objects.select_for_update(of=("self",)).filter(invitation=invitation).first()
    )
    if response is None:
        raise CannotDecide(_("This customer has asked us since to be left alone."))
    apply_change(CUSTOMER, response, answer, now)
    return response


def _accept_open(actor: Actor, row: HeldAnswer, now: datetime) -> Response:
    link = opened(row.link.ref) if row.link else None
    if link is None:
        raise CannotDecide(_("The link it came through is gone."))
    given = row.given
    return write_open_response(
        link=link,
        answer=answer_of(given),
        at=row.at,
        now=now,
        language=given.get("language", ""),
        properties=given.get("properties") or {},
        actor=actor,
    )
