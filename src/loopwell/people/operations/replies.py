"""How does a program that sends the same request twice get the same answer, done once?"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.kit.errors import Conflict
from loopwell.people.models import KeptReply

KEPT_FOR = timedelta(hours=24)
Reply = tuple[int, Any]


class KeyUsed(Conflict):
    """The idempotency key came before with another body."""


def once(
    *, actor: Actor, now: datetime, key: str | None, body: bytes, work: Callable[[], Reply]
) -> Reply:
    """What `work` gives, or what it gave when the caller sent this key before, within 24 hours.

    The reply is kept in the transaction of the work itself; work that raises keeps nothing, so
    that a mended request may use the key again. Raises KeyUsed for another body.
    """
    if key is None:
        return work()
    told = hashlib.sha256(f"{actor.ref}\n{key}".encode()).hexdigest()
    digest = hashlib.sha256(body).hexdigest()
    KeptReply.objects.filter(key=told, created_at__lt=now - KEPT_FOR).delete()
    known = KeptReply.objects.filter(key=told).first()
    if known is None:
        try:
            with transaction.atomic():
                # The claim comes first: a second request with the key waits for it here.
                row = KeptReply.objects.create(key=told, digest=digest, created_at=now)
                row.status, row.body = work()
                row.save(update_fields=["status", "body"])
                return row.status, row.body
        except IntegrityError:  # the same key, at the same moment
            known = KeptReply.objects.filter(key=told).first()
            if known is None:
                raise
    if known.digest != digest:
        raise KeyUsed(_("This Idempotency-Key was used for another body in the last 24 hours."))
    return known.status, known.body


def forget_replies(now: datetime) -> int:
    return KeptReply.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
