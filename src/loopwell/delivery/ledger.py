"""What is written down before and after a message is handed over, so that none leaves twice?

Claimed (SENDING) without `handed_at`: it has not left. With it and no result: nobody knows. The
result of one message and the hand-over of the next are one transaction, and the hand-over is
refused when the claim was lost or the message is not needed any more. `claimed_at` stays until
the invitation and the journal know; whoever finds it old finishes that.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import Purpose, State
from loopwell.delivery.letters import message_id_of
from loopwell.delivery.models import Message
from loopwell.delivery.operations import mark_bounced
from loopwell.delivery.transports import Outcome, Result
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.sampling.models import Invitation

LEASE = timedelta(minutes=3)
"""How long a claim holds; longer than any mail server is waited for."""
MOST_ATTEMPTS = 12

HAND_OVER = """
UPDATE delivery_message SET handed_at = %s, attempts = attempts + 1
WHERE id = %s AND state = 'sending' AND claimed_at = %s AND handed_at IS NULL
AND EXISTS (
  SELECT 1 FROM sampling_invitation i
  LEFT JOIN sampling_wave w ON w.id = i.wave_id
  LEFT JOIN sampling_programme p ON p.id = i.programme_id
  WHERE i.id = %s AND i.expires_at > %s AND w.paused_at IS NULL AND p.paused_at IS NULL
  AND (i.is_test OR (
    i.answered_at IS NULL AND i.declined_at IS NULL AND p.ended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM delivery_suppression WHERE address = %s)
    AND NOT EXISTS (SELECT 1 FROM sampling_optout o WHERE o.customer_id = i.customer_id
      AND (o.programme_id IS NULL OR o.programme_id = i.programme_id))
  ))
)
"""
SENT = """
UPDATE delivery_message SET state = 'sent', sent_at = %s, message_id = %s, error = ''
WHERE id = %s AND state IN ('sending', 'unsure')
"""


class Ledger:
    """The book of one sender: hand over, note the result, close."""

    def __init__(self) -> None:
        self._noted: list[tuple[Message, Result, datetime]] = []
        self._open: list[Message] = []

    def hand_over(self, message: Message, now: datetime) -> bool:
        """Commits that it leaves now, with what is noted so far; False: it must not."""
        with transaction.atomic():
            self._write()
            handed = _execute(
                HAND_OVER,
                now,
                message.pk,
                message.claimed_at,
                message.invitation_id,
                now,
                message.to.lower(),
            )
        self._noted.clear()
        message.attempts += handed
        message.handed_at = now if handed else None
        return bool(handed)

    def note(self, message: Message, result: Result, now: datetime) -> None:
        """What became of it; committed with the next hand-over or `flush`."""
        self._noted.append((message, result, now))
        self._open.append(message)

    def flush(self) -> None:
        if self._noted:
            with transaction.atomic():
                self._write()
            self._noted.clear()

    def close(self, claimed: Sequence[Message] = ()) -> None:
        """Commits everything; what was claimed and not handed over may be taken by others."""
        self.flush()
        release([each for each in claimed if each.handed_at is None])
        finish([each.pk for each in self._open])
        self._open.clear()

    def _write(self) -> None:
        for message, result, now in self._noted:
            if result.outcome is Outcome.SENT:
                _execute(SENT, now, result.message_id or message_id_of(message), message.pk)
            else:
                _write_trouble(message, result, now)


def _execute(sql: str, *values: int | str | datetime | None) -> int:
    """How many rows it changed."""
    fitting = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(sql, [fitting(v) if isinstance(v, datetime) else v for v in values])
        return int(cursor.rowcount)


def _write_trouble(message: Message, result: Result, now: datetime) -> None:
    rows = Message.objects.filter(pk=message.pk, state__in=[State.SENDING, State.UNSURE])
    detail = result.detail[:2000]
    if result.outcome is Outcome.UNSURE:
        identity = result.message_id or message_id_of(message)
        rows.update(state=State.UNSURE, error=detail, message_id=identity)
    elif result.outcome is Outcome.LATER and message.attempts < MOST_ATTEMPTS:
        rows.update(
            state=State.QUEUED,
            retry_at=now + back_off(message.attempts),
            error=detail,
            claimed_at=None,
            handed_at=None,
        )
    else:
        rows.update(state=State.FAILED, error=detail)
        if result.outcome is Outcome.BAD_ADDRESS:
            mark_bounced(message=message, detail=detail, now=now)


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most four hours: twelve attempts take a day and a half."""
    return timedelta(minutes=min(2 ** max(attempts - 1, 0), 240))


def release(messages: Sequence[Message]) -> None:
    """Claimed and not handed over: they wait again, unless somebody else has them by now."""
    for claimed_at in {each.claimed_at for each in messages}:
        ids = [each.pk for each in messages if each.claimed_at == claimed_at]
        rows = Message.objects.filter(
            pk__in=ids, state=State.SENDING, claimed_at=claimed_at, handed_at=None
        )
        rows.update(state=State.QUEUED, claimed_at=None)


@transaction.atomic
def finish(ids: Sequence[int]) -> None:
    """Invitations and the journal learn what was sent; doing it again changes nothing."""
    if not ids:
        return
    rows = Message.objects.filter(pk__in=ids, claimed_at__isnull=False).exclude(state=State.SENDING)
    ours = rows.select_for_update() if connection.vendor == "postgresql" else rows
    found = list(ours.order_by("pk").values_list("pk", "purpose", "invitation_id", "sent_at"))
    sent = [each for each in found if each[3] is not None]
    newest = max((at for *_rest, at in sent if at), default=None)
    if newest is not None:
        _tell_invited([row[2] for row in sent if row[1] == Purpose.INVITATION], newest)
    _tell_reminded([row[2] for row in sent if row[1] == Purpose.REMINDER])
    Message.objects.filter(pk__in=[each[0] for each in found]).update(claimed_at=None)


def _tell_invited(invitations: Sequence[int], now: datetime) -> None:
    rows = Invitation.objects.filter(pk__in=invitations, sent_at=None)
    news = [pk for pk, is_test in rows.values_list("pk", "is_test") if not is_test]
    first = Message.objects.filter(invitation=OuterRef("pk"), purpose=Purpose.INVITATION)
    moment = Subquery(first.exclude(sent_at=None).order_by("sent_at").values("sent_at")[:1])
    rows.update(sent_at=moment)
    events = [Event("invitation.sent", "invitation", pk) for pk in news]
    append(actor=SYSTEM, now=now, events=events)


def _tell_reminded(invitations: Sequence[int]) -> None:
    if not invitations:
        return
    reminders = Message.objects.filter(
        invitation=OuterRef("pk"), purpose=Purpose.REMINDER, sent_at__isnull=False
    ).order_by()
    counted = reminders.values("invitation").annotate(number=Count("pk")).values("number")
    newest = reminders.order_by("-sent_at").values("sent_at")[:1]
    Invitation.objects.filter(pk__in=invitations).update(
        reminded_at=Subquery(newest), reminders_sent=Subquery(counted)
    )


def give_up_lost(now: datetime) -> int:
    """What senders that died left behind: not handed over, it waits again; handed over and
    nothing heard, it becomes UNSURE; sent, its invitation is told. How many became unsure."""
    old = Message.objects.filter(claimed_at__lte=now - LEASE)
    old.filter(state=State.SENDING, handed_at=None).update(state=State.QUEUED, claimed_at=None)
    lost = old.filter(state=State.SENDING, handed_at__lte=now - LEASE).update(
        state=State.UNSURE,
        error=_("The worker stopped while it handed the message over. It is not sent again."),
    )
    while ids := list(old.exclude(state=State.SENDING).values_list("pk", flat=True)[:500]):
        finish(ids)
    return lost
