"""How do those who raised a problem get told: each once, claimed before the mail leaves?"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM
from loopwell.cases.rules.letters import TRIES, back_off
from loopwell.delivery.enums import Reason
from loopwell.delivery.operations import suppress
from loopwell.delivery.transports import Outcome, Result, Transport, Unreachable, configured
from loopwell.initiatives.models import Telling, Told
from loopwell.initiatives.operations.claiming import tell
from loopwell.initiatives.operations.told_mail import mail_to
from loopwell.initiatives.queries.naming import Receiver, namers, raisers, why_barred
from loopwell.sampling.models import OptOut

AT_ONCE = 50
PREFIX = "told-"


@transaction.atomic
def list_receivers(telling: Telling, now: datetime) -> int:
    """Everybody who is to be told and has not been; the same again changes nothing. Colleagues
    have their notice at once. Returns how many are new."""
    telling = Telling.objects.select_for_update().select_related("initiative").get(pk=telling.pk)
    row, today = telling.initiative, localdate(now)
    told = set(telling.told.filter(user=None).values_list("customer", flat=True))
    noticed = set(telling.told.filter(customer=None).values_list("user", flat=True))
    people = [each.pk for each in raisers(row, today) if each.pk not in noticed]
    new = [_customer(telling, each, now) for each in namers(row, today).reachable
           if each.customer not in told]  # fmt: skip
    new += [Told(telling=telling, user_id=user, at=now, sent_at=now) for user in people]
    Told.objects.bulk_create(new, batch_size=1000)
    if people:
        tell(SYSTEM, now, row, "solved", people)
    return len(new)


def _customer(telling: Telling, who: Receiver, now: datetime) -> Told:
    return Told(
        telling=telling, customer_id=who.customer, unit_id=who.unit, address=who.address,
        language=who.language, at=now,
    )  # fmt: skip


def waiting(now: datetime) -> QuerySet[Told]:
    """Claimed by nobody and due, of messages that are approved."""
    return Told.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now),
        telling__approved_at__isnull=False,
        customer__isnull=False,
        claimed_at=None,
        failed_at=None,
        sent_at=None,
    ).order_by("id")


def send_told(telling: Telling, now: datetime, after: Callable[[], None]) -> int:
    """Sends all that wait; returns how many left. `after` is called after each batch."""
    transport, left = configured(), 0
    try:
        while rows := _claim(telling, now):
            left += _send(transport, telling, _that_may(rows, now), now)
            after()
    finally:
        transport.close()
    return left


def _claim(telling: Telling, now: datetime) -> Sequence[Told]:
    """Marks some as being sent, before any mail server is spoken to."""
    with transaction.atomic():
        rows = waiting(now).filter(telling=telling)
        if database.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        mine = list(rows.select_related("customer")[:AT_ONCE])
        Told.objects.filter(pk__in=[row.pk for row in mine], claimed_at=None).update(claimed_at=now)
    return mine


def _that_may(rows: Sequence[Told], now: datetime) -> list[Told]:
    """Some may have left the list, or changed their address, since it was made."""
    barred = why_barred({row.customer_id or 0: row.address for row in rows})
    for row in rows:
        if (why := barred.get(row.customer_id or 0)) is not None:
            _fail(row, str(why.label), now)
    return [row for row in rows if row.customer_id not in barred]


def _send(transport: Transport, telling: Telling, rows: list[Told], now: datetime) -> int:
    left, is_open = 0, False
    try:
        while rows:
            if not is_open:
                transport.close()
                transport.open()
                is_open = True
            row = rows.pop(0)
            result = transport.send(mail_to(telling, _receiver(row), row.ref), PREFIX + row.ref)
            _note(row, result, now)
            is_open, left = not result.broken, left + (result.outcome is Outcome.SENT)
            if transport.limited:
                time.sleep(1 / settings.EMAIL_PER_SECOND)
    except Unreachable as error:
        for row in rows:
            _later(row, str(error), now)
    return left


def _receiver(row: Told) -> Receiver:
    who = row.customer
    assert who is not None  # noqa: S101 only customers are claimed
    return Receiver(who.pk, row.address, row.language, who.name, row.unit_id)


def _note(row: Told, result: Result, now: datetime) -> None:
    rows = Told.objects.filter(pk=row.pk)
    if result.outcome is Outcome.SENT:
        rows.update(sent_at=now, error="", retry_at=None)
    elif result.outcome is Outcome.UNSURE:
        rows.update(failed_at=now, error=_("Perhaps sent: %(error)s") % {"error": result.detail})
    elif result.outcome is Outcome.LATER:
        _later(row, result.detail, now)
    else:
        if result.outcome is Outcome.BAD_ADDRESS:
            suppress(
                address=row.address, reason=Reason.BOUNCED, now=now, detail=result.detail[:1000]
            )
        _fail(row, result.detail, now)


def _later(row: Told, problem: str, now: datetime) -> None:
    """Surely not sent: tried again, and after some tries given up."""
    attempts = row.attempts + 1
    over = attempts >= TRIES
    Told.objects.filter(pk=row.pk).update(
        claimed_at=None, attempts=attempts, error=problem,
        retry_at=None if over else now + back_off(attempts), failed_at=now if over else None,
    )  # fmt: skip


def _fail(row: Told, problem: str, now: datetime) -> None:
    Told.objects.filter(pk=row.pk).update(
        claimed_at=None, retry_at=None, failed_at=now, error=problem
    )


def want_no_more(*, ref: str, now: datetime) -> bool:
    """Whoever was told this wants no more mail of ours; the signed link is the permission.
    Repeating it changes nothing; False when there is no such message (a test, say)."""
    row = Told.objects.filter(ref=ref, customer__isnull=False).first()
    if row is None or row.customer_id is None:
        return False
    with transaction.atomic():
        OptOut.objects.get_or_create(
            customer_id=row.customer_id, programme=None, defaults={"at": now}
        )
        suppress(address=row.address, reason=Reason.UNSUBSCRIBED, now=now)
    return True
