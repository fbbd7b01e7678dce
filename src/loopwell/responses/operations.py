"""How is an answer recorded and changed?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.people.models import Customer
from loopwell.responses.anonymity import is_anonymous
from loopwell.responses.anonymous import record_anonymous
from loopwell.responses.changing import apply_change
from loopwell.responses.enums import Source
from loopwell.responses.masking import masking
from loopwell.responses.models import Masking, Response
from loopwell.responses.recording import insert_first
from loopwell.responses.rules import Answer, Effect, check
from loopwell.surveys.models import Survey


class AnswerClosed(Conflict):
    """The survey no longer takes this answer."""


class NotAnonymous(Invalid):
    """Whoever hands in an answer knows whose it is."""


def record_response(
    *,
    actor: Actor,
    invitation_ref: str,
    answer: Answer,
    now: datetime,
    source: Source | None = None,
) -> Effect:
    """Stores what a customer says through their link, at once and only once.

    The first score becomes a Response; later calls change it and keep what it said before.
    An invitation that is unknown, expired or declined gives Effect.REFUSED. The link is the
    permission: the door has checked its signature. Without a `source` it is the invitation's
    channel. What comes from a customer's page goes through `holding.receive` instead.
    """
    answer = check(answer)
    new = insert_first(invitation_ref=invitation_ref, answer=answer, now=now, source=source)
    if new is not None:
        return Effect.NEW
    return change_invited(actor, invitation_ref, answer, now)


@transaction.atomic
def change_invited(actor: Actor, invitation_ref: str, answer: Answer, now: datetime) -> Effect:
    """Changes what was said through this invitation, as long as its survey is open; records what
    is said to an anonymous one, which `insert_first` leaves to us."""
    response = (
        Response.objects.select_for_update(of=("self",))
        .filter(
            invitation__ref=invitation_ref,
            invitation__expires_at__gt=now,
            invitation__declined_at=None,
        )
        .first()
    )
    if response is not None:
        return apply_change(actor, response, answer, now)
    return record_anonymous(actor=actor, invitation_ref=invitation_ref, answer=answer, now=now)


@transaction.atomic
def change_response(*, actor: Actor, response: Response, answer: Answer, now: datetime) -> Effect:
    """Changes an answer on the customer's behalf (API); history is kept."""
    require(actor, Right.WRITE_ANSWERS)
    mine = actor.within(Right.WRITE_ANSWERS).rows(account="account")
    rows = Response.objects.select_for_update(of=("self",)).filter(mine, pk=response.pk)
    locked = rows.first()
    if locked is None:
        raise NotFound(_("There is no such answer."))
    return apply_change(actor, locked, check(answer), now)


@transaction.atomic
def add_response(
    *,
    actor: Actor,
    survey: Survey,
    answer: Answer,
    now: datetime,
    customer: Customer | None = None,
    unit: Unit | None = None,
    employee: User | None = None,
    answered_at: datetime | None = None,
    properties: dict[str, str] | None = None,
    key: str | None = None,
) -> Response:
    """An answer that came without an invitation of ours (API).

    `key` makes a repeated call harmless: the answer stored under it is returned unchanged.
    """
    require(actor, Right.WRITE_ANSWERS)
    answer = check(answer)
    if is_anonymous(survey.kind):
        raise NotAnonymous(_("Anonymous surveys are answered only through their own links."))
    if key is not None:
        known = Response.objects.filter(import_key=key).first()
        if known is not None:
            return known
    if answered_at is not None and answered_at > now:
        raise AnswerClosed(_("The answer lies in the future: check its time and time zone."))
    place = unit or (customer.unit if customer else None)
    if not actor.within(Right.WRITE_ANSWERS).covers(place.path if place else None):
        raise Forbidden(_("You can record answers only for your own part of the company."))
    response = Response.objects.create(
        survey=survey,
        kind=survey.kind,
        touchpoint=survey.touchpoint,
        customer=customer,
        unit=place,
        employee=employee,
        account=customer.account if customer else None,
        properties={**(customer.properties if customer else {}), **(properties or {})},
        score=answer.score,
        comment=answer.comment or "",
        contact_consent=answer.contact_consent,
        answers=dict(answer.answers or {}),
        language=customer.language if customer else "",
        source=Source.API,
        import_key=key,
        answered_at=answered_at or now,
        updated_at=now,
    )
    append(actor=actor, now=now, events=[Event("response.recorded", "response", response.pk)])
    return response


@transaction.atomic
def set_masking(*, actor: Actor, now: datetime, in_feeds: bool, in_exports: bool) -> Masking:
    """Where personal data in comments is masked from now on; what has left stays as it left."""
    require(actor, Right.MANAGE_ACCESS)
    if not actor.within(Right.MANAGE_ACCESS).everything:
        raise Forbidden(_("Only administrators of the whole company choose this."))
    row = masking()
    row.in_feeds, row.in_exports = in_feeds, in_exports
    row.save()
    payload = {"in_feeds": in_feeds, "in_exports": in_exports}
    append(actor=actor, now=now, events=[Event("masking.changed", "masking", row.pk, payload)])
    return row
