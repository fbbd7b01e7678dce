"""How is a webhook made, changed, paused, tried and taken away?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import manages
from loopwell.access.rules import Actor, require
from loopwell.integrations.webhooks.models import Attempt, Delivery, Endpoint
from loopwell.integrations.webhooks.payloads import body_of
from loopwell.integrations.webhooks.queries import delivery_by_ref, endpoint_by_ref
from loopwell.integrations.webhooks.rules import OLD_SECRET_FOR, PURPOSE, TEST, TYPES, new_secret
from loopwell.integrations.webhooks.sending import send_one_now
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.kit.outbound import Blocked, check
from loopwell.kit.sealing import seal


@dataclass(frozen=True)
class Wanted:
    """What an endpoint is to be."""

    name: str
    url: str
    unit: Unit
    types: Sequence[str]
    with_comments: bool = False


def add_endpoint(*, actor: Actor, now: datetime, wanted: Wanted) -> tuple[Endpoint, str]:
    """The endpoint and its secret, which is shown this once."""
    _check(actor, wanted)
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        name=wanted.name.strip(),
        url=wanted.url.strip(),
        unit=wanted.unit,
        types=list(wanted.types),
        with_comments=wanted.with_comments,
        sealed=seal(secret, purpose=PURPOSE),
        created_by_id=actor.user_id,
        created_at=now,
    )
    return endpoint, secret


def change_endpoint(*, actor: Actor, now: datetime, ref: str, wanted: Wanted) -> Endpoint:
    endpoint = endpoint_by_ref(actor, ref)
    _check(actor, wanted)
    endpoint.name, endpoint.url = wanted.name.strip(), wanted.url.strip()
    endpoint.unit, endpoint.types = wanted.unit, list(wanted.types)
    endpoint.with_comments = wanted.with_comments
    endpoint.save(update_fields=["name", "url", "unit", "types", "with_comments"])
    return endpoint


def _check(actor: Actor, wanted: Wanted) -> None:
    require(actor, Right.MANAGE_ACCESS)
    if not manages(actor, wanted.unit.path):
        raise Forbidden(_("You do not manage this unit."))
    unknown = sorted(set(wanted.types) - set(TYPES))
    if unknown or not wanted.types:
        message = _("Choose what it is to hear of.")
        raise Invalid(message, fields={"types": [message]})
    try:
        check(wanted.url.strip(), private=settings.ALLOW_PRIVATE_NETWORKS)
    except Blocked as error:
        raise Invalid(str(error), fields={"url": [str(error)]}) from error


def rotate_secret(*, actor: Actor, now: datetime, ref: str) -> tuple[Endpoint, str]:
    """A new secret; for a day everything is signed with the old one too."""
    endpoint, secret = endpoint_by_ref(actor, ref), new_secret()
    endpoint.sealed_before, endpoint.before_until = endpoint.sealed, now + OLD_SECRET_FOR
    endpoint.sealed = seal(secret, purpose=PURPOSE)
    endpoint.save(update_fields=["sealed", "sealed_before", "before_until"])
    return endpoint, secret


def switch_endpoint(*, actor: Actor, now: datetime, ref: str, is_on: bool) -> Endpoint:
    """Switched off it hears of nothing; what waits is kept."""
    endpoint = endpoint_by_ref(actor, ref)
    endpoint.is_on = is_on
    endpoint.save(update_fields=["is_on"])
    return endpoint


@transaction.atomic
def resume_endpoint(*, actor: Actor, now: datetime, ref: str) -> int:
    """Goes on, also with what was given up; returns how many wait to be sent now."""
    endpoint = endpoint_by_ref(actor, ref)
    endpoint.paused_at, endpoint.paused_why = None, ""
    endpoint.failures, endpoint.retry_at = 0, None
    endpoint.save(update_fields=["paused_at", "paused_why", "failures", "retry_at"])
    rows = Delivery.objects.filter(endpoint=endpoint, delivered_at=None, entry_id__isnull=False)
    return rows.update(failed_at=None, claimed_at=None, tries=0, next_at=now)


def remove_endpoint(*, actor: Actor, now: datetime, ref: str) -> None:
    endpoint_by_ref(actor, ref).delete()


def send_again(*, actor: Actor, now: datetime, ref: str) -> Delivery:
    """The same event with the same id, as if it had never been sent."""
    delivery = delivery_by_ref(actor, ref)
    Delivery.objects.filter(pk=delivery.pk).update(
        delivered_at=None, failed_at=None, claimed_at=None, tries=0, next_at=now
    )
    return delivery


def send_test(*, actor: Actor, now: datetime, ref: str) -> Attempt:
    """At once, also to one that is paused; the answer stands in the list like any other."""
    endpoint = endpoint_by_ref(actor, ref)
    body = body_of(TEST, now.isoformat(), {"words": "This is a test from Loopwell."})
    delivery = Delivery.objects.create(
        endpoint=endpoint, type=TEST, body=body, created_at=now, next_at=now, claimed_at=now
    )
    return send_one_now(delivery, now)
