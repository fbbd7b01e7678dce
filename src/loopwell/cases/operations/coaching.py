"""How does a manager's note, or a customer's praise, reach the employee?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.cases.enums import NoteKind
from loopwell.cases.models import Case, CoachingNote
from loopwell.cases.queries.coaching import may_coach, told_of_praise
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

FRESH = timedelta(days=14)


@transaction.atomic
def write_coaching(*, actor: Actor, now: datetime, answer: Response, text: str) -> CoachingNote:
    """Words to the employee the answer is about; they are told and alone read them."""
    require(actor, Right.COACH)
    if answer.employee is None:
        raise Invalid(_("This answer names no employee."))
    if not may_coach(actor, answer.employee):
        raise Forbidden(_("You coach the people of your own units. Ask this person's manager."))
    said = text.strip()
    if not said:
        message = _("Write a sentence or two.")
        raise Invalid(message, fields={"text": [message]})
    note = CoachingNote.objects.create(
        response=answer,
        employee=answer.employee,
        kind=NoteKind.COACHING,
        text=said[:5000],
        by_id=actor.user_id,
        at=now,
    )
    _tell(actor, now, "coaching.written", note, [note.employee_id])
    return note


def mark_read(*, actor: Actor, now: datetime, note: CoachingNote) -> None:
    """By who it was written to; the first time counts."""
    if actor.user_id != note.employee_id:
        raise Forbidden(_("This note was written to somebody else."))
    CoachingNote.objects.filter(pk=note.pk, read_at=None).update(read_at=now)


@transaction.atomic
def pass_on_praise(*, now: datetime, response_ids: Iterable[int]) -> int:
    """A promoter's words about an employee reach them and their manager, once for an answer."""
    rows = Response.objects.filter(
        pk__in=list(response_ids), score__gte=9, employee__is_active=True, is_test=False,
        kind__in=OUR_CUSTOMERS, answered_at__gt=now - FRESH,
    ).exclude(comment="")  # fmt: skip
    rows = rows.exclude(coaching__kind=NoteKind.PRAISE)
    passed = 0
    for answer in rows.select_related("employee__unit"):
        employee = answer.employee
        if employee is None:
            continue
        note, new = CoachingNote.objects.get_or_create(
            response=answer, employee=employee, kind=NoteKind.PRAISE, defaults={"at": now}
        )
        if new:
            _tell(SYSTEM, now, "praise.received", note, told_of_praise(employee))
            passed += 1
    return passed


def _tell(actor: Actor, now: datetime, what: str, note: CoachingNote, told: list[int]) -> None:
    case = Case.objects.filter(response_id=note.response_id).values_list("pk", flat=True).first()
    facts = {
        "note": note.pk,
        "employee": note.employee_id,
        "customer": note.response.customer_id,
        "case": case,
        "tell": told,
    }
    append(actor=actor, now=now, events=[Event(what, "response", note.response_id, facts)])
