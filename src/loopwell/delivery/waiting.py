"""Which messages may leave now, and which are not needed any more?"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.delivery.enums import State
from loopwell.delivery.holding import held_back
from loopwell.delivery.models import Message, Suppression
from loopwell.sampling.models import OptOut
from loopwell.surveys.models import Version

BATCH = 50
RELATED = ("invitation__customer", "invitation__wave", "invitation__programme")


def waiting(now: datetime) -> QuerySet[Message]:
    """What may leave now; messages of paused sendings and programmes stay where they are."""
    return Message.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now),
        state=State.QUEUED,
        invitation__wave__paused_at=None,
        invitation__programme__paused_at=None,
    ).order_by("id")


class Claims:
    """Takes the next messages for one sender: no other sender gets them."""

    def __init__(self) -> None:
        self._versions: dict[int, Version] = {}

    def next(self, now: datetime, *, without: Collection[str] = ()) -> list[Message] | None:
        """Messages to send, claimed; none at all are waiting if it is None. Those that are not
        needed any more or must wait for their hour are put where they belong on the way.
        `without` names channels that cannot be used now."""
        with transaction.atomic():
            rows = waiting(now).exclude(channel__in=without).select_related(*RELATED)
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            found = list(rows[:BATCH])
            if not found:
                return None
            wanted = _without_unneeded(found, now)
            later = held_back(wanted, now)
            for moment in set(later.values()):
                ids = [pk for pk, when in later.items() if when == moment]
                Message.objects.filter(pk__in=ids).update(retry_at=moment)
            going = [each for each in wanted if each.pk not in later]
            Message.objects.filter(pk__in=[each.pk for each in going]).update(
                state=State.SENDING, claimed_at=now, handed_at=None
            )
        for each in going:
            each.state, each.claimed_at = State.SENDING, now
        self._attach_versions(going)
        return going

    def _attach_versions(self, messages: Sequence[Message]) -> None:
        """Published versions never change: each is read once, not with every message."""
        missing = {m.invitation.version_id for m in messages} - self._versions.keys()
        if missing:
            self._versions |= Version.objects.select_related("survey").in_bulk(missing)
        for each in messages:
            each.invitation.version = self._versions[each.invitation.version_id]


def _without_unneeded(messages: Sequence[Message], now: datetime) -> list[Message]:
    """Those still needed; the others are told why they will not leave."""
    reasons = why_unneeded(messages, now)
    for reason in set(reasons.values()):
        ids = [pk for pk, words in reasons.items() if words == reason]
        Message.objects.filter(pk__in=ids).update(state=State.SKIPPED, error=reason)
    return [each for each in messages if each.pk not in reasons]


def why_unneeded(messages: Iterable[Message], now: datetime) -> dict[int, str]:
    """By message id why it must not leave any more; tests go out whatever the customer did."""
    rows = [each for each in messages if not each.invitation.is_test]
    addresses = {each.to.lower() for each in rows}
    suppressed = set(
        Suppression.objects.filter(address__in=addresses).values_list("address", flat=True)
    )
    left_alone = set(
        OptOut.objects.filter(customer__in={m.invitation.customer_id for m in rows}).values_list(
            "customer_id", "programme_id"
        )
    )
    return {
        each.pk: reason for each in messages if (reason := _why(each, now, suppressed, left_alone))
    }


def _why(
    message: Message,
    now: datetime,
    suppressed: Collection[str],
    left_alone: Collection[tuple[int, int | None]],
) -> str:
    asked = message.invitation
    if asked.expires_at <= now:
        return _("The survey is over.")
    if asked.is_test:
        return ""
    if asked.programme is not None and asked.programme.ended_at is not None:
        return _("The programme has ended.")
    if asked.answered_at is not None:
        return _("Already answered.")
    if asked.declined_at is not None:
        return _("The customer wants no more messages.")
    if {(asked.customer_id, None), (asked.customer_id, asked.programme_id)} & set(left_alone):
        return _("The customer wants no more messages.")
    if message.to.lower() in suppressed:
        return _("The address must not be used.")
    return ""
