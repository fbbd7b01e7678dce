"""How do alarms leave: claimed first, sent at most once, failures kept for people to see?"""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.core.mail import EmailMultiAlternatives
from django.db import connection as database
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.delivery.transports import Outcome, Result, Transport, Unreachable, configured
from loopwell.notify.models import Alarm
from loopwell.notify.rules import ATTEMPTS, MOST_SINGLE_MAILS, back_off, may_leave
from loopwell.notify.wording import words_for

log = logging.getLogger("loopwell.notify")
AT_ONCE = 200


def send_alarms(now: datetime) -> int:
    """Sends what waits; returns how many alarms left. For the clock, safe in many processes."""
    groups = _groups([alarm for alarm in _claim(now) if _has_address(alarm, now)])
    transport, is_open, left = configured(), False, 0
    try:
        while groups:
            if not is_open:
                transport.close()
                transport.open()
                is_open = True
            group = groups.pop(0)
            result = _send(transport, group, now)
            if result is not None:
                is_open = not result.broken
                left += len(group) if result.outcome is Outcome.SENT else 0
    except Unreachable as error:
        for group in groups:
            _later(group, str(error), now)
    finally:
        transport.close()
    return left


def _claim(now: datetime) -> list[Alarm]:
    """Marks waiting alarms as being sent, before any mail server is spoken to."""
    waiting = Alarm.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now), claimed_at=None, failed_at=None
    ).order_by("id")
    with transaction.atomic():
        if database.vendor == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True, of=("self",))
        rows = waiting.select_related(
            "user", "case__customer", "case__response", "case__unit", "case__account"
        )[:AT_ONCE]
        mine = [
            alarm
            for alarm in rows
            if may_leave(
                created_at=alarm.created_at,
                has_comment=alarm.case.response is None or bool(alarm.case.response.comment),
                now=now,
            )
        ]
        Alarm.objects.filter(pk__in=[alarm.pk for alarm in mine], claimed_at=None).update(
            claimed_at=now
        )
    return mine


def _has_address(alarm: Alarm, now: datetime) -> bool:
    """Whoever cannot be told shows as an error, for somebody to give the case to another."""
    if not alarm.user.is_active:
        problem = _("%(name)s has left: give the case to somebody else.")
    elif not alarm.user.email:
        problem = _("%(name)s has no e-mail address.")
    elif alarm.case.closed_at is not None or alarm.case.owner_id != alarm.user_id:
        problem = _("Not needed any more: the case was closed or went to somebody else.")
    else:
        return True
    text = problem % {"name": alarm.user} if "%(" in problem else problem
    Alarm.objects.filter(pk=alarm.pk).update(failed_at=now, error=text, claimed_at=None)
    return False


def _groups(alarms: Sequence[Alarm]) -> list[list[Alarm]]:
    """Each alarm alone, or all of one person together when they are many."""
    found: list[list[Alarm]] = []
    for _user, rows in groupby(sorted(alarms, key=lambda a: (a.user_id, a.pk)), _user_of):
        group = list(rows)
        found += [group] if len(group) > MOST_SINGLE_MAILS else [[alarm] for alarm in group]
    return found


def _user_of(alarm: Alarm) -> int:
    return alarm.user_id


def _send(transport: Transport, alarms: Sequence[Alarm], now: datetime) -> Result | None:
    """One mail, and what became of it; None when it could not even be worded."""
    user: User = alarms[0].user
    try:
        words = words_for(user, alarms, now)
    except Exception as error:  # whatever a template raises: nothing left, logged, retried, shown
        log.exception("alarm for %s could not be worded", user.pk)
        _later(alarms, f"{type(error).__name__}: {error}", now)
        return None
    mail = EmailMultiAlternatives(
        words.subject, words.text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    )
    mail.attach_alternative(words.html, "text/html")
    result = transport.send(mail, f"alarm-{alarms[0].pk}")
    if result.outcome is Outcome.SENT:
        _rows(alarms).update(sent_at=now, error="", retry_at=None)
    elif result.outcome is Outcome.UNSURE:
        text = _("Perhaps sent: %(error)s") % {"error": result.detail}
        _rows(alarms).update(failed_at=now, error=text)
    else:
        _later(alarms, result.detail, now, final=result.outcome is not Outcome.LATER)
    return result


def _later(alarms: Sequence[Alarm], problem: str, now: datetime, *, final: bool = False) -> None:
    """Surely not sent: tried again, and after some attempts given up where people see it."""
    for alarm in alarms:
        attempts = alarm.attempts + 1
        over = final or attempts >= ATTEMPTS
        Alarm.objects.filter(pk=alarm.pk).update(
            claimed_at=None,
            attempts=attempts,
            retry_at=None if over else now + back_off(attempts),
            failed_at=now if over else None,
            error=problem,
        )


def _rows(alarms: Sequence[Alarm]) -> QuerySet[Alarm]:
    return Alarm.objects.filter(pk__in=[alarm.pk for alarm in alarms])
