"""How do letters leave: claimed first, sent at most once, failures kept for people to see?"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection as database
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.cases.enums import Direction
from loopwell.cases.models import Letter
from loopwell.cases.queries.letters import letter_problem
from loopwell.cases.rules.letters import TRIES, back_off, reply_address
from loopwell.delivery.enums import Reason
from loopwell.delivery.operations import suppress
from loopwell.delivery.transports import Outcome, Result, Unreachable, configured

AT_ONCE = 50
PREFIX = "letter-"
"""Under this and the letter's ref a provider reports what became of it."""


def send_letters(now: datetime) -> int:
    """Sends what waits; returns how many left. For the clock, safe in many processes."""
    waiting = [letter for letter in _claim(now) if _may_leave(letter, now)]
    if not waiting:
        return 0
    transport, is_open, left = configured(), False, 0
    try:
        while waiting:
            if not is_open:
                transport.close()
                transport.open()
                is_open = True
            letter = waiting.pop(0)
            result = transport.send(_mail(letter), f"{PREFIX}{letter.ref}")
            _note(letter, result, now)
            is_open = not result.broken
            left += result.outcome is Outcome.SENT
    except Unreachable as error:
        for letter in waiting:
            _later(letter, str(error), now)
    finally:
        transport.close()
    return left


def letter_bounced(*, ref: str, detail: str, now: datetime) -> bool:
    """A provider says that it came back; False when it is none of ours."""
    return bool(
        Letter.objects.filter(ref=ref, direction=Direction.OUT).update(
            sent_at=None, claimed_at=None, failed_at=now, error=_came_back(detail)
        )
    )


def _came_back(detail: str) -> str:
    return _("It came back: %(what)s") % {"what": detail[:1000]}


def _claim(now: datetime) -> Sequence[Letter]:
    """Marks waiting letters as being sent, before any mail server is spoken to."""
    waiting = Letter.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now),
        direction=Direction.OUT,
        claimed_at=None,
        failed_at=None,
        sent_at=None,
    ).order_by("id")
    with transaction.atomic():
        if database.vendor == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True, of=("self",))
        mine = list(waiting.select_related("case__customer", "by")[:AT_ONCE])
        Letter.objects.filter(pk__in=[row.pk for row in mine], claimed_at=None).update(
            claimed_at=now
        )
    return mine


def _may_leave(letter: Letter, now: datetime) -> bool:
    """The address may have come back, or gone, since the letter was written."""
    problem = letter_problem(letter.case)
    if problem:
        _fail(letter, problem, now)
    return not problem


def _mail(letter: Letter) -> EmailMessage:
    """A personal letter: plain words, nothing that calls it bulk or automatic."""
    headers = {"Message-ID": letter.message_id}
    before = letter.case.letters.filter(direction=Direction.IN, id__lt=letter.pk).last()
    if before is not None:
        headers |= {"In-Reply-To": before.message_id, "References": before.message_id}
    answer_to = reply_address(letter.case.ref)
    return EmailMessage(
        letter.subject,
        letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.address],
        reply_to=[answer_to] if answer_to else None,
        headers=headers,
    )


def _note(letter: Letter, result: Result, now: datetime) -> None:
    row = Letter.objects.filter(pk=letter.pk)
    if result.outcome is Outcome.SENT:
        row.update(sent_at=now, error="", retry_at=None)
    elif result.outcome is Outcome.UNSURE:
        row.update(failed_at=now, error=_("Perhaps sent: %(error)s") % {"error": result.detail})
    elif result.outcome is Outcome.LATER:
        _later(letter, result.detail, now)
    else:
        if result.outcome is Outcome.BAD_ADDRESS:
            suppress(
                address=letter.address, reason=Reason.BOUNCED, now=now, detail=result.detail[:1000]
            )
        _fail(letter, result.detail, now)


def _later(letter: Letter, problem: str, now: datetime) -> None:
    """Surely not sent: tried again, and after some tries given up where people see it."""
    attempts = letter.attempts + 1
    over = attempts >= TRIES
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=None,
        attempts=attempts,
        retry_at=None if over else now + back_off(attempts),
        failed_at=now if over else None,
        error=problem,
    )


def _fail(letter: Letter, problem: str, now: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=None, retry_at=None, failed_at=now, error=problem
    )
