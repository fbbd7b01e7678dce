"""How do digests leave: claimed first, sent at most once, left out when nothing happened?"""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.db import connection as database
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.queries import actor_for
from loopwell.delivery.transports import Outcome, Transport, Unreachable, configured
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest
from loopwell.digests.operations.planning import working_days, zone_of
from loopwell.digests.queries import Brief, Readings, brief
from loopwell.digests.rules import ATTEMPTS, back_off, days_of
from loopwell.digests.wording import Words, as_they_read, words_for
from loopwell.kit.working_time import Calendar

log = logging.getLogger("loopwell.digests")
AT_ONCE = 50
Hours = Mapping[int | None, Calendar]


def waiting_digests(now: datetime) -> bool:
    return _waiting(now).exists()


def send_digests(now: datetime, readings: dict[date, Readings] | None = None) -> int:
    """Some of what waits; returns how many were settled. Safe in many processes.

    `readings` keeps numbers between the calls of one piece of work.
    """
    mine = _claim(now)
    if not mine:
        return 0
    known = {} if readings is None else readings
    hours = working_days([digest.user for digest in mine])
    transport, is_open = configured(), False
    try:
        for place, digest in enumerate(mine):
            words = _words(digest, hours, known, now)
            if words is None:
                continue
            try:
                if not is_open:
                    transport.close()
                    transport.open()
                    is_open = True
            except Unreachable as error:
                for each in mine[place:]:
                    _later(each, str(error), now)
                return place
            is_open = _send(transport, digest, words, now)
    finally:
        transport.close()
    return len(mine)


def brief_of(
    digest: Digest, hours: Hours, readings: dict[date, Readings], now: datetime
) -> tuple[Brief, ZoneInfo]:
    """What this digest says, in the words of its reader's language."""
    zone = zone_of(digest.user, hours)
    today = now.astimezone(zone).date()
    days = days_of(Edition(digest.edition), digest.day, hours[digest.user.unit_id].works_on)
    numbers = readings.setdefault(today, Readings(today))
    with as_they_read(digest.user, zone):
        actor = actor_for(digest.user)
        return brief(actor, now=now, today=today, days=days, readings=numbers), zone


def _waiting(now: datetime) -> QuerySet[Digest]:
    due = Q(retry_at=None) | Q(retry_at__lte=now)
    return Digest.objects.filter(due, claimed_at=None, failed_at=None)


def _claim(now: datetime) -> list[Digest]:
    """Marks waiting digests as being sent, before anything else is done about them."""
    rows = _waiting(now).order_by("id")
    with transaction.atomic():
        if database.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        mine = list(rows.select_related("user__unit")[:AT_ONCE])
        Digest.objects.filter(pk__in=[d.pk for d in mine], claimed_at=None).update(claimed_at=now)
    return mine


def _words(
    digest: Digest, hours: Hours, readings: dict[date, Readings], now: datetime
) -> Words | None:
    """The mail; None where there is nothing to say or nobody to say it to."""
    if not digest.user.is_active or not digest.user.email:
        problem = _("%(name)s has left or has no e-mail address.") % {"name": digest.user}
        _rows(digest).update(failed_at=now, error=problem)
        return None
    try:
        found, zone = brief_of(digest, hours, readings, now)
        if found.is_empty:
            _rows(digest).update(paused_at=now)
            return None
        return words_for(digest, found, paused=_paused_before(digest), zone=zone)
    except Exception as error:  # whatever a number or template raises: logged, retried, shown
        log.exception("digest for %s could not be written", digest.user_id)
        _later(digest, f"{type(error).__name__}: {error}", now)
        return None


def _paused_before(digest: Digest) -> int:
    """How many in a row were left out before this one."""
    count = 0
    earlier = Digest.objects.filter(user_id=digest.user_id, day__lt=digest.day)
    for sent, paused in earlier.order_by("-day").values_list("sent_at", "paused_at")[:30]:
        if sent is not None or paused is None:
            break
        count += 1
    return count


def _send(transport: Transport, digest: Digest, words: Words, now: datetime) -> bool:
    """Whether the connection can still be used."""
    mail = EmailMultiAlternatives(
        words.subject,
        words.text,
        to=[digest.user.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{words.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(words.html, "text/html")
    result = transport.send(mail, f"digest-{digest.pk}")
    if result.outcome is Outcome.SENT:
        _rows(digest).update(sent_at=now, error="", retry_at=None)
    elif result.outcome is Outcome.UNSURE:
        text = _("Perhaps sent: %(error)s") % {"error": result.detail}
        _rows(digest).update(failed_at=now, error=text)
    else:
        _later(digest, result.detail, now, final=result.outcome is not Outcome.LATER)
    return not result.broken


def _later(digest: Digest, problem: str, now: datetime, *, final: bool = False) -> None:
    attempts = digest.attempts + 1
    over = final or attempts >= ATTEMPTS
    _rows(digest).update(
        claimed_at=None,
        attempts=attempts,
        retry_at=None if over else now + back_off(attempts),
        failed_at=now if over else None,
        error=problem,
    )


def _rows(digest: Digest) -> QuerySet[Digest]:
    return Digest.objects.filter(pk=digest.pk)
