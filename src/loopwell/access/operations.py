"""How do units, people, roles and API keys come to be and change?"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role, UnitKind
from loopwell.access.models import ApiKey, Membership, Unit, User
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.kit.errors import Conflict, Forbidden, Invalid


@transaction.atomic
def create_unit(
    *,
    actor: Actor,
    name: str,
    parent: Unit | None,
    kind: UnitKind,
    external_id: str | None = None,
    time_zone: str = "",
    is_demo: bool = False,
) -> Unit:
    require(actor, Right.MANAGE_ACCESS)
    if not name.strip():
        raise Invalid(_("Give the unit a name."), fields={"name": [_("Give the unit a name.")]})
    unit = Unit.objects.create(
        name=name.strip(),
        parent=parent,
        kind=kind,
        path="",
        external_id=external_id or None,
        time_zone=time_zone,
        is_demo=is_demo,
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    email: str,
    name: str,
    unit: Unit,
    roles: Iterable[Role] = (),
    password: str | None = None,
    language: str = "",
    external_id: str | None = None,
    manager: User | None = None,
    is_demo: bool = False,
) -> User:
    """A person with these roles at the unit; without a password they cannot log in yet."""
    require(actor, Right.MANAGE_ACCESS)
    if not actor.scope.covers(unit.path):
        raise Forbidden(_("This unit is not yours to manage."))
    if User.objects.filter(email=email.strip().lower()).exists():
        message = _("Somebody with the address %(email)s exists already.") % {"email": email}
        raise Invalid(message, fields={"email": [message]})
    user = User.objects.create_user(
        email,
        password,
        name=name.strip(),
        unit=unit,
        language=language,
        external_id=external_id or None,
        manager=manager,
        is_demo=is_demo,
    )
    Membership.objects.bulk_create([Membership(user=user, unit=unit, role=role) for role in roles])
    return user


@transaction.atomic
def set_up_company(
    *, company: str, time_zone: str, name: str, email: str, password: str, language: str
) -> User:
    """The root unit and the first administrator of a new installation."""
    if Unit.objects.exists():
        raise Conflict(_("This installation has a company already."))
    root = create_unit(
        actor=SYSTEM, name=company, parent=None, kind=UnitKind.COMPANY, time_zone=time_zone
    )
    return create_user(
        actor=SYSTEM,
        email=email,
        name=name,
        unit=root,
        roles=[Role.ADMINISTRATOR],
        password=password,
        language=language,
    )


def create_api_key(
    *, actor: Actor, name: str, rights: Iterable[Right], unit: Unit, user: User
) -> tuple[ApiKey, str]:
    """The key and its secret, which is shown once and never stored."""
    require(actor, Right.MANAGE_ACCESS)
    wanted = sorted(Right(right).value for right in rights)
    if not wanted or not name.strip():
        raise Invalid(_("Give the key a name and at least one right."))
    if not actor.scope.covers(unit.path):
        raise Forbidden(_("This unit is not yours to manage."))
    secret = f"lw_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name.strip(),
        prefix=secret[:12],
        rights=wanted,
        unit=unit,
        created_by=user,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
    )
    return key, secret


def revoke_api_key(*, actor: Actor, key: ApiKey, now: datetime) -> None:
    require(actor, Right.MANAGE_ACCESS)
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])


def change_own_settings(*, actor: Actor, language: str, time_zone: str) -> User:
    """A person's own language and time zone; "" follows the browser and the company."""
    user = User.objects.filter(pk=actor.user_id).first()
    if user is None:
        raise Forbidden(_("Only a person has settings of their own."))
    if language and language not in dict(settings.LANGUAGES):
        message = _("Choose one of the languages in the list.")
        raise Invalid(message, fields={"language": [message]})
    if time_zone and time_zone not in available_timezones():
        message = _("There is no time zone called %(name)s.") % {"name": time_zone}
        raise Invalid(message, fields={"time_zone": [message]})
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["language", "time_zone"])
    return user
