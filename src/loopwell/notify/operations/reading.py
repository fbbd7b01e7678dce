"""How does somebody say that they have read what they were told? Nobody can do it for another."""

from datetime import datetime

from loopwell.access.rules import Actor
from loopwell.notify.models import Alarm
from loopwell.notify.queries import alarm_by_ref, own_alarms


def mark_read(*, actor: Actor, now: datetime, ref: str) -> Alarm:
    alarm = alarm_by_ref(actor, ref)
    if alarm.read_at is None:
        Alarm.objects.filter(pk=alarm.pk, read_at=None).update(read_at=now)
        alarm.read_at = now
    return alarm


def mark_all_read(*, actor: Actor, now: datetime, up_to: datetime | None = None) -> int:
    """`up_to` leaves what came after the page was made."""
    mine = own_alarms(actor).filter(read_at=None, created_at__lte=up_to or now)
    return Alarm.objects.filter(pk__in=mine.values("pk")).update(read_at=now)
