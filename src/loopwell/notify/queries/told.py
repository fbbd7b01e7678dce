"""Who was told of a case, and which messages did not leave?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.notify.models import Alarm, Dispatch
from loopwell.notify.rules import UNSURE_AFTER


@dataclass(frozen=True)
class Told:
    """One person told of one thing by one channel, or not; empty `channel`: in the inbox only."""

    user: User
    kind: str
    channel: str
    at: datetime
    sent_at: datetime | None
    error: str

    @property
    def user_id(self) -> int:
        return self.user.pk


def visible_to(actor: Actor) -> QuerySet[Alarm]:
    """Alarms about cases and answers of the actor's units, and the actor's own."""
    mine = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    if not actor.may(Right.READ_CASES):
        return Alarm.objects.filter(mine)
    scope = actor.within(Right.READ_CASES)
    if scope.everything:
        return Alarm.objects.all()
    of_cases = Q(case__isnull=False) & scope.rows("case__unit", account="case__account")
    of_answers = Q(case=None, response__isnull=False) & scope.rows(
        "response__unit", account="response__account"
    )
    return Alarm.objects.filter(of_cases | of_answers | mine)


def alarms_of_case(actor: Actor, case_id: int) -> Sequence[Told]:
    """Who was told of a case, oldest first; once for each channel."""
    rows = visible_to(actor).filter(case_id=case_id).select_related("user")
    found = []
    for alarm in rows.prefetch_related("dispatches").order_by("id"):
        ways = sorted(alarm.dispatches.all(), key=lambda way: way.pk)
        found += [
            Told(alarm.user, alarm.kind, way.channel, alarm.created_at, way.sent_at, way.error)
            for way in ways
            if way.dropped_at is None
        ]
        if not ways:
            found.append(Told(alarm.user, alarm.kind, "", alarm.created_at, None, ""))
    return found


def troubled(actor: Actor, now: datetime) -> QuerySet[Dispatch]:
    """What did not leave: failed, being retried, or perhaps sent and never repeated."""
    unsure = Q(claimed_at__lt=now - UNSURE_AFTER, sent_at=None, failed_at=None)
    failing = Q(sent_at=None) & ~Q(error="")
    rows = Dispatch.objects.filter(failing | unsure, dropped_at=None)
    if not (actor.may(Right.READ_CASES) and actor.within(Right.READ_CASES).everything):
        rows = rows.filter(alarm__in=visible_to(actor).values("pk"))
    return rows.select_related("alarm__user", "alarm__case", "target")


def unsent_of(actor: Actor, now: datetime) -> QuerySet[Dispatch]:
    """One's own that did not leave."""
    return troubled(actor, now).filter(alarm__user_id=actor.user_id or 0)
