"""How do waiting messages leave, each at most once?

A message is claimed (SENDING, committed) before the server hears of it. Whoever dies in
between leaves it claimed; after the lease it becomes UNSURE and is never sent again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import Purpose, State
from loopwell.delivery.letters import company_name, mail_for, message_id_of
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.operations import mark_bounced
from loopwell.delivery.transports import Outcome, Result, Transport, Unreachable, configured
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.sampling.models import Invitation

BATCH = 100
LEASE = timedelta(minutes=10)
UNREACHABLE_PAUSE = timedelta(minutes=1)
MOST_ATTEMPTS = 12
MOST_RECONNECTS = 3


@dataclass
class Tally:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    unsure: int = 0
    skipped: int = 0
    reconnects: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.later + self.unsure + self.skipped


def waiting(now: datetime) -> QuerySet[Message]:
    """What may leave now; messages of paused sendings stay where they are."""
    return Message.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now),
        state=State.QUEUED,
        invitation__wave__paused_at=None,
    ).order_by("id")


def give_up_lost(now: datetime) -> int:
    """Claims of dead workers: whether the message left, nobody knows."""
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lte=now - LEASE)
    return lost.update(
        state=State.UNSURE,
        error=_("The worker stopped while it handed the message over. It is not sent again."),
    )


def send_waiting(
    now: datetime, *, transport: Transport | None = None, keep_on: Callable[[], bool] | None = None
) -> Tally:
    """Sends until nothing is due, the server cannot be reached or `keep_on` says no."""
    tally = Tally()
    if not waiting(now).exists():
        return tally
    company = company_name()
    line = transport or configured()
    try:
        line.open()
        while ids := list(waiting(now).values_list("pk", flat=True)[:BATCH]):
            for pk in ids:
                if keep_on is not None and not keep_on():
                    return tally
                _one(pk, line, company, now, tally)
    except Unreachable as error:
        _wait_for_server(now, str(error))
    finally:
        line.close()
    return tally


def _one(pk: int, line: Transport, company: str, now: datetime, tally: Tally) -> None:
    """Everything that may have changed since the batch was read is looked at again."""
    began = time.monotonic()
    message = (
        waiting(now)
        .select_related("invitation__customer", "invitation__version__survey")
        .filter(pk=pk)
        .first()
    )
    if message is None:
        return
    if reason := _no_longer_needed(message, now):
        queued = Message.objects.filter(pk=pk, state=State.QUEUED)
        tally.skipped += queued.update(state=State.SKIPPED, error=reason)
        return
    untouched = Message.objects.filter(pk=pk, state=State.QUEUED, attempts=message.attempts)
    message.state, message.attempts = State.SENDING, message.attempts + 1
    claim = {"state": State.SENDING, "claimed_at": now, "attempts": message.attempts}
    if not untouched.update(**claim):
        return
    result = _hand_over(message, line, company)
    _record(message, result, now, tally)
    if result.broken:
        _reconnect(line, tally)
    if line.limited:
        time.sleep(max(0.0, 1 / settings.EMAIL_PER_SECOND - (time.monotonic() - began)))


def _hand_over(message: Message, line: Transport, company: str) -> Result:
    try:
        mail: EmailMessage = mail_for(message, company)
        return line.send(mail, message.ref)
    except ValueError as error:  # an address or a header that cannot be written in a mail
        return Result(Outcome.REFUSED, str(error))


def _reconnect(line: Transport, tally: Tally) -> None:
    tally.reconnects += 1
    line.close()
    if tally.reconnects > MOST_RECONNECTS:
        raise Unreachable(_("The mail server hung up again and again."))
    line.open()


def _no_longer_needed(message: Message, now: datetime) -> str:
    """Why it must not leave any more, or ""; tests go out whatever the customer did."""
    asked = message.invitation
    if asked.expires_at <= now:
        return _("The survey is over.")
    if asked.is_test:
        return ""
    if asked.answered_at is not None:
        return _("Already answered.")
    if asked.declined_at is not None:
        return _("The customer wants no more messages.")
    if Suppression.objects.filter(address=message.to.lower()).exists():
        return _("The address must not be used.")
    return ""


@transaction.atomic
def _record(message: Message, result: Result, now: datetime, tally: Tally) -> None:
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING)
    detail = result.detail[:2000]
    match result.outcome:
        case Outcome.SENT:
            tally.sent += 1
            identity = message_id_of(message)
            rows.update(state=State.SENT, sent_at=now, message_id=identity, error="")
            _mark_sent(message, now)
        case Outcome.UNSURE:
            tally.unsure += 1
            rows.update(state=State.UNSURE, error=detail, message_id=message_id_of(message))
        case Outcome.LATER if message.attempts < MOST_ATTEMPTS:
            tally.later += 1
            retry_at = now + back_off(message.attempts)
            rows.update(state=State.QUEUED, retry_at=retry_at, error=detail)
        case _:
            tally.failed += 1
            rows.update(state=State.FAILED, error=detail)
            if result.outcome is Outcome.BAD_ADDRESS:
                mark_bounced(message=message, detail=detail, now=now)


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most four hours: twelve attempts take a day and a half."""
    return timedelta(minutes=min(2 ** max(attempts - 1, 0), 240))


def _mark_sent(message: Message, now: datetime) -> None:
    invitation = Invitation.objects.filter(pk=message.invitation_id)
    if message.purpose == Purpose.REMINDER:
        invitation.update(reminded_at=now)
        return
    if invitation.filter(sent_at=None).update(sent_at=now) and not message.invitation.is_test:
        event = Event("invitation.sent", "invitation", message.invitation_id)
        append(actor=SYSTEM, now=now, events=[event])


def _wait_for_server(now: datetime, detail: str) -> None:
    """No message was tried, so none loses an attempt; the page shows what is the matter."""
    first = list(waiting(now).values_list("pk", flat=True)[:2000])
    Message.objects.filter(pk__in=first, state=State.QUEUED).update(
        retry_at=now + UNREACHABLE_PAUSE, error=detail[:2000]
    )
