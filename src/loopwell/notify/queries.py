"""Who was told of a case, and which messages did not leave?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.notify.models import Alarm
from loopwell.notify.rules import UNSURE_AFTER


def visible_to(actor: Actor) -> QuerySet[Alarm]:
    """Alarms about cases of the actor's units, and the actor's own."""
    if not actor.may(Right.READ_CASES):
        return Alarm.objects.none()
    if actor.within(Right.READ_CASES).everything:
        return Alarm.objects.all()
    mine = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    return Alarm.objects.filter(
        actor.within(Right.READ_CASES).rows("case__unit", account="case__account") | mine
    )


def alarms_of_case(actor: Actor, case_id: int) -> Sequence[Alarm]:
    """Who was told of a case, oldest first."""
    rows = visible_to(actor).filter(case_id=case_id).select_related("user")
    return list(rows.order_by("id"))


def troubled(actor: Actor, now: datetime) -> QuerySet[Alarm]:
    """Alarms that did not leave: failed, being retried, or perhaps sent and never repeated."""
    unsure = Q(claimed_at__lt=now - UNSURE_AFTER, sent_at=None, failed_at=None)
    failing = Q(sent_at=None) & ~Q(error="")
    return visible_to(actor).filter(failing | unsure).select_related("user", "case")
