"""How does an event reach an endpoint, and what if it does not?

At least once: receivers know a repeated one by its id, so what may have arrived is tried again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM
from loopwell.integrations.webhooks.models import Attempt, Delivery, Endpoint
from loopwell.integrations.webhooks.rules import (
    GONE,
    LEASE,
    PURPOSE,
    SECONDS,
    TRIES,
    signed,
    wait_after,
)
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound
from loopwell.kit.sealing import Unreadable, unseal

AT_ONCE = 20


def send_deliveries(now: datetime) -> int:
    """Sends what waits, in order; returns how many arrived. Safe in many processes."""
    waiting, arrived = _claim(now), 0
    if not waiting:
        return 0
    outbound, silent = _outbound(), set()
    try:
        for delivery in waiting:
            if delivery.endpoint_id in silent:  # it just failed: the others wait for it
                _release(delivery)
            elif deliver(outbound, delivery, now).status in range(200, 300):
                arrived += 1
            else:
                silent.add(delivery.endpoint_id)
    finally:
        outbound.close()
    return arrived


def _outbound() -> Outbound:
    return Outbound(private=settings.ALLOW_PRIVATE_NETWORKS, seconds=SECONDS, most=64 * 1024)


def _claim(now: datetime) -> Sequence[Delivery]:
    ready = Q(endpoint__retry_at=None) | Q(endpoint__retry_at__lte=now)
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    waiting = Delivery.objects.filter(
        ready,
        free,
        endpoint__is_on=True,
        endpoint__paused_at=None,
        delivered_at=None,
        failed_at=None,
        next_at__lte=now,
    ).order_by("next_at", "id")
    with transaction.atomic():
        if database.vendor == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True, of=("self",))
        mine = list(waiting.select_related("endpoint__unit")[:AT_ONCE])
        Delivery.objects.filter(pk__in=[each.pk for each in mine]).update(claimed_at=now)
    return mine


def _release(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(claimed_at=None)


def deliver(outbound: Outbound, delivery: Delivery, now: datetime) -> Attempt:
    """One try of a delivery that the caller has claimed, and what follows from it."""
    attempt = Attempt(delivery=delivery, at=now)
    _call(outbound, delivery, attempt, now)
    with transaction.atomic():
        attempt.save()
        endpoint = delivery.endpoint
        if attempt.status is not None and 200 <= attempt.status < 300:
            Delivery.objects.filter(pk=delivery.pk).update(
                delivered_at=now, claimed_at=None, failed_at=None, tries=F("tries") + 1
            )
            Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, retry_at=None)
        else:
            _failed(delivery, attempt, now)
    return attempt


def _call(outbound: Outbound, delivery: Delivery, attempt: Attempt, now: datetime) -> None:
    endpoint = delivery.endpoint
    try:
        headers = signed(
            ref=delivery.ref, body=delivery.body, secrets_in_use=_secrets(endpoint, now), now=now
        )
        reply = outbound.call("POST", endpoint.url, headers=headers, content=delivery.body.encode())
    except Unreadable:
        attempt.error = _("The secret cannot be read any more: make a new one.")
    except (Blocked, NotReached, Lost) as error:
        attempt.error = str(error)[:300]
    else:
        attempt.status = reply.status
        attempt.reply = next(iter(reply.text.splitlines()), "").replace("\0", "")[:200]
        if 300 <= reply.status < 400:
            attempt.error = _("It sends us elsewhere: correct the address.")


def _secrets(endpoint: Endpoint, now: datetime) -> list[str]:
    found = [unseal(endpoint.sealed, purpose=PURPOSE)]
    if endpoint.sealed_before and endpoint.before_until and endpoint.before_until > now:
        found.append(unseal(endpoint.sealed_before, purpose=PURPOSE))
    return found


def _failed(delivery: Delivery, attempt: Attempt, now: datetime) -> None:
    """Later, with longer and longer waits; in the end given up. An endpoint that nothing has
    reached for a day is paused."""
    tries = delivery.tries + 1
    over = tries >= TRIES or delivery.entry_id is None  # a test is tried once
    Delivery.objects.filter(pk=delivery.pk).update(
        claimed_at=None,
        tries=tries,
        next_at=delivery.next_at if over else now + wait_after(tries),
        failed_at=now if over else None,
    )
    if delivery.entry_id is None:
        return
    endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
    endpoint.failures += 1
    endpoint.retry_at = now + wait_after(endpoint.failures)
    endpoint.save(update_fields=["failures", "retry_at"])
    if attempt.status == GONE or endpoint.failures >= TRIES:
        _pause(endpoint, attempt, now)


def _pause(endpoint: Endpoint, attempt: Attempt, now: datetime) -> None:
    if endpoint.paused_at is not None:
        return
    endpoint.paused_at = now
    endpoint.paused_why = (attempt.error or f"{attempt.status} {attempt.reply}")[:300]
    endpoint.save(update_fields=["paused_at", "paused_why"])
    payload = {
        "tell": [endpoint.created_by_id] if endpoint.created_by_id else [],
        "ref": endpoint.ref,
        "title": endpoint.name,
    }
    append(actor=SYSTEM, now=now, events=[Event("webhook.paused", "webhook", endpoint.pk, payload)])


def send_one_now(delivery: Delivery, now: datetime) -> Attempt:
    """Without waiting for the clock: a test."""
    Delivery.objects.filter(pk=delivery.pk).update(claimed_at=now)
    outbound = _outbound()
    try:
        return deliver(outbound, delivery, now)
    finally:
        outbound.close()
