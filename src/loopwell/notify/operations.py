"""How do alarms leave: claimed first, sent at most once, failures kept for people to see?"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.notify.models import Alarm
from loopwell.notify.rules import ATTEMPTS, MOST_SINGLE_MAILS, back_off, may_leave
from loopwell.notify.wording import words_for

log = logging.getLogger("loopwell.notify")
AT_ONCE = 200


def send_alarms(now: datetime) -> int:
    """Sends what waits; returns how many alarms left. For the clock, safe in many processes."""
    claimed = _claim(now)
    if not claimed:
        return 0
    sendable = [alarm for alarm in claimed if _has_address(alarm, now)]
    if not sendable:
        return 0
    mailer = get_connection()
    try:
        if not settings.EMAIL_TO_FILES:
            mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        _later(sendable, error, now)
        return 0
    try:
        return sum(_send(mailer, group, now) for group in _groups(sendable))
    finally:
        mailer.close()


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
                has_comment=bool(alarm.case.response.comment),
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


def _send(mailer: BaseEmailBackend, alarms: Sequence[Alarm], now: datetime) -> int:
    """One mail; an error after the server may have taken it is never followed by another."""
    user: User = alarms[0].user
    try:
        words = words_for(user, alarms, now)
    except Exception as error:  # whatever a template raises: nothing left, logged, retried, shown
        log.exception("alarm for %s could not be worded", user.pk)
        _later(alarms, error, now)
        return 0
    try:
        mail = EmailMultiAlternatives(
            words.subject,
            words.text,
            to=[user.email],
            # Written to files, each mail gets its own: the outbox page shows one a file.
            connection=get_connection() if settings.EMAIL_TO_FILES else mailer,
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(words.html, "text/html")
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        _later(alarms, error, now, final=all(code >= 500 for code in codes))
        return 0
    except smtplib.SMTPResponseException as error:
        _later(alarms, error, now, final=error.smtp_code >= 500)
        return 0
    except (OSError, smtplib.SMTPException) as error:  # the line broke: perhaps it left
        _rows(alarms).update(failed_at=now, error=_("Perhaps sent: %(error)s") % {"error": error})
        return 0
    _rows(alarms).update(sent_at=now, error="", retry_at=None)
    return len(alarms)


def _later(
    alarms: Sequence[Alarm], error: Exception, now: datetime, *, final: bool = False
) -> None:
    """Surely not sent: tried again, and after some attempts given up where people see it."""
    for alarm in alarms:
        attempts = alarm.attempts + 1
        over = final or attempts >= ATTEMPTS
        Alarm.objects.filter(pk=alarm.pk).update(
            claimed_at=None,
            attempts=attempts,
            retry_at=None if over else now + back_off(attempts),
            failed_at=now if over else None,
            error=f"{type(error).__name__}: {error}",
        )


def _rows(alarms: Sequence[Alarm]) -> QuerySet[Alarm]:
    return Alarm.objects.filter(pk__in=[alarm.pk for alarm in alarms])
