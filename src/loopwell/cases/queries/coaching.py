"""What do customers say about an employee, and what did their manager write about it?"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.queries import managers_of
from loopwell.access.rules import Actor
from loopwell.cases.enums import NoteKind
from loopwell.cases.models import CoachingNote
from loopwell.kit.errors import NotFound
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS


def may_coach(actor: Actor, employee: User | None) -> bool:
    """Their own manager, and who has the right in their unit; nobody coaches themselves."""
    if employee is None or not actor.may(Right.COACH) or employee.pk == actor.user_id:
        return False
    if actor.user_id is not None and employee.manager_id == actor.user_id:
        return True
    return actor.within(Right.COACH).covers(employee.unit.path if employee.unit else None)


def notes_on(actor: Actor, answer: Response) -> Sequence[CoachingNote]:
    """Only for who wrote to the employee or may: notes are between the two of them."""
    rows = CoachingNote.objects.filter(response=answer).select_related("by", "employee")
    if may_coach(actor, answer.employee):
        return list(rows)
    return list(rows.filter(by_id=actor.user_id)) if actor.user_id is not None else []


def own_notes(actor: Actor) -> QuerySet[CoachingNote]:
    """What was written to the actor, newest first."""
    if actor.user_id is None:
        return CoachingNote.objects.none()
    rows = CoachingNote.objects.filter(employee_id=actor.user_id)
    return rows.select_related("by", "response__customer").order_by("-pk")


def note_by_ref(actor: Actor, ref: str) -> CoachingNote:
    found = own_notes(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such note."))
    return found


def own_feedback(actor: Actor) -> QuerySet[Response]:
    """Answers of customers about the actor, newest first, wherever they were given."""
    if actor.user_id is None:
        return Response.objects.none()
    return _counted().filter(employee_id=actor.user_id).order_by("-answered_at", "-pk")


def team_feedback(actor: Actor) -> QuerySet[Response]:
    """About colleagues of the actor's own unit; the page shows it without their names."""
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    if user is None or user.unit_id is None:
        return Response.objects.none()
    rows = _counted().filter(unit_id=user.unit_id, employee__isnull=False).exclude(comment="")
    return rows.exclude(employee_id=user.pk).order_by("-answered_at", "-pk")


def told_of_praise(employee: User) -> list[int]:
    """The employee, and who leads them."""
    manager = employee.manager_id
    if manager is None and employee.unit is not None:
        manager = managers_of([employee.unit]).get(employee.unit.pk)
    return [pk for pk in (employee.pk, manager if manager != employee.pk else None) if pk]


def praised(answer: Response) -> bool:
    return CoachingNote.objects.filter(response=answer, kind=NoteKind.PRAISE).exists()


def _counted() -> QuerySet[Response]:
    rows = Response.objects.filter(is_test=False, kind__in=OUR_CUSTOMERS)
    return rows.select_related("customer", "unit")
