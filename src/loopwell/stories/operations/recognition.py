"""How is somebody honoured for what customers said?"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.stories.models import Recognition
from loopwell.stories.rules import quarter_of


@transaction.atomic
def honour(
    *, actor: Actor, now: datetime, employee: User, quarter: date, reason: str
) -> Recognition:
    """For a quarter that has begun; the person is told, everybody can read it."""
    _check_actor(actor, employee)
    if not reason.strip():
        message = _("Write what for: it is the part people remember.")
        raise Invalid(message, fields={"reason": [message]})
    if quarter_of(quarter) > now.date():
        message = _("This quarter has not begun.")
        raise Invalid(message, fields={"quarter": [message]})
    try:
        with transaction.atomic():
            made = Recognition.objects.create(
                quarter=quarter_of(quarter),
                employee=employee,
                unit=employee.unit,
                reason=reason.strip(),
                by_id=actor.user_id,
                at=now,
            )
    except IntegrityError as error:
        text = _("%(name)s was honoured for this quarter already.") % {"name": employee}
        raise Conflict(text) from error
    payload = {"recognition": made.pk, "tell": [employee.pk]}
    event = Event("recognition.given", "recognition", made.pk, payload)
    append(actor=actor, now=now, events=[event])
    return made


@transaction.atomic
def take_back(*, actor: Actor, now: datetime, recognition: Recognition) -> None:
    _check_actor(actor, recognition.employee)
    payload = {"employee": recognition.employee_id, "quarter": str(recognition.quarter)}
    event = Event("recognition.taken_back", "recognition", recognition.pk, payload)
    append(actor=actor, now=now, events=[event])
    recognition.delete()


def _check_actor(actor: Actor, employee: User) -> None:
    require(actor, Right.PUBLISH)
    path = employee.unit.path if employee.unit else None
    if not actor.within(Right.PUBLISH).covers(path):
        raise Forbidden(_("You can honour only people of your own part of the company."))
