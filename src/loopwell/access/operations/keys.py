"""How do API keys come to be, get used and end?"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.changes import Change, record
from loopwell.access.enums import Right
from loopwell.access.models import ApiKey, Unit, User
from loopwell.access.operations.guarding import must_manage_unit
from loopwell.access.queries import key_actor, usable_key
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Forbidden, Invalid

USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_api_key(
    *,
    actor: Actor,
    name: str,
    rights: Iterable[Right],
    unit: Unit,
    user: User,
    now: datetime | None = None,
) -> tuple[ApiKey, str]:
    """The key and its secret, which is shown once and never stored."""
    require(actor, Right.MANAGE_ACCESS)
    wanted = sorted({Right(right).value for right in rights})
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give the key a name.")]
    if not wanted:
        fields["rights"] = [_("Choose at least one right.")]
    if fields:
        raise Invalid(_("Give the key a name and at least one right."), fields=fields)
    must_manage_unit(actor, unit)
    if not {Right(right) for right in wanted} <= actor.rights:
        raise Forbidden(_("A key cannot do more than whoever makes it."))
    moment = now or timezone.now()
    secret = f"lw_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name.strip(),
        prefix=secret[:12],
        rights=wanted,
        unit=unit,
        created_by=user,
        created_at=moment,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
    )
    details = {"name": key.name, "rights": wanted, "unit": unit.name}
    record(actor=actor, now=moment, change=Change("key.created", "api_key", key.pk, details))
    return key, secret


@transaction.atomic
def revoke_api_key(*, actor: Actor, key: ApiKey, now: datetime) -> None:
    """The key works no more; doing it twice changes nothing."""
    must_manage_unit(actor, key.unit)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        return
    key.revoked_at = now
    details = {"name": key.name}
    record(actor=actor, now=now, change=Change("key.revoked", "api_key", key.pk, details))


def use_api_key(*, secret: str, now: datetime) -> Actor | None:
    """The actor behind a secret; that the key was used is noted once a minute at most."""
    key = usable_key(secret, now)
    if key is None:
        return None
    if key.last_used_at is None or key.last_used_at <= now - USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk, last_used_at=key.last_used_at).update(last_used_at=now)
    return key_actor(key)
