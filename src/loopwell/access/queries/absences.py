"""Who is away, who may say so, and who could stand in for them?"""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Absence, User
from loopwell.access.rules import ROLE_RIGHTS, Actor
from loopwell.kit.errors import NotFound

WORKING = sorted(role for role, rights in ROLE_RIGHTS.items() if Right.WORK_CASES in rights)


def keeps_absences_of(actor: Actor, person: User) -> bool:
    """Their own, and those of people whose coach or administrator they are."""
    if actor.user_id == person.pk:
        return True
    path = person.unit.path if person.unit else None
    return any(actor.within(right).covers(path) for right in (Right.COACH, Right.MANAGE_ACCESS))


def led_people(actor: Actor) -> QuerySet[User]:
    """People whose absences the actor keeps besides their own, by name."""
    wanted = Q(pk__in=[])
    for right in (Right.COACH, Right.MANAGE_ACCESS):
        if actor.may(right):
            scope = actor.within(right)
            wanted |= Q(pk__gt=0) if scope.everything else scope.rows()
    rows = User.objects.filter(wanted, is_active=True).select_related("unit")
    return rows.exclude(pk=actor.user_id or 0).order_by("name", "pk")


def absences(actor: Actor, now: datetime) -> QuerySet[Absence]:
    """Present and coming ones that the actor keeps, the earliest first; their own among them."""
    own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    wanted = own | Q(user__in=led_people(actor))
    rows = Absence.objects.filter(wanted, ends_on__gte=(now - timedelta(days=1)).date())
    return rows.select_related("user__unit", "deputy").order_by("starts_on", "pk")


def absence_by_ref(actor: Actor, ref: str) -> Absence:
    found = Absence.objects.filter(ref=ref).select_related("user__unit", "deputy").first()
    if found is None or not keeps_absences_of(actor, found.user):
        raise NotFound(_("There is no such absence."))
    return found


def deputies_for(person: User) -> QuerySet[User]:
    """Others who work on cases in the person's unit, above it or below it, by name."""
    path = person.unit.path if person.unit else ""
    above = [int(part) for part in path.strip("/").split("/") if part]
    near = Q(memberships__unit_id__in=above) if path else Q()
    if path:
        near |= Q(memberships__unit__path__startswith=path)
    rows = User.objects.filter(near, memberships__role__in=WORKING, is_active=True)
    return rows.exclude(pk=person.pk).distinct().order_by("name", "pk")


def overlapping(person: User, starts_on: date, ends_on: date) -> Absence | None:
    rows = Absence.objects.filter(user=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
    return rows.order_by("starts_on").first()
