"""Who is this, what may they see, and who manages a unit?"""

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from loopwell.access.enums import Right, Role
from loopwell.access.models import ApiKey, Membership, Unit, User
from loopwell.access.rules import ROLE_RIGHTS, Actor, ActorKind, Scope

SECRET = re.compile(r"lw_[A-Za-z0-9_-]{20,100}")


def root_unit() -> Unit | None:
    return Unit.objects.filter(parent=None).order_by("id").first()


def actor_for(user: User) -> Actor:
    """One person's rights, each where a role that has it was given to them."""
    memberships = list(Membership.objects.filter(user=user).select_related("unit"))
    by_right: dict[Right, list[Membership]] = defaultdict(list)
    for membership in memberships:
        for right in ROLE_RIGHTS[Role(membership.role)]:
            by_right[right].append(membership)
    return Actor(
        kind=ActorKind.USER,
        name=str(user),
        ref=user.ref,
        user_id=user.pk,
        rights=frozenset(by_right),
        roles=frozenset(Role(m.role) for m in memberships),
        scope=_scope(memberships),
        scopes=tuple((right, _scope(by_right[right])) for right in by_right),
    )


def _scope(memberships: Sequence[Membership]) -> Scope:
    """What these roles reach: units and below, for account managers the accounts they own."""
    owners = [m.user_id for m in memberships if m.role == Role.ACCOUNT_MANAGER]
    units = [m.unit for m in memberships if m.role != Role.ACCOUNT_MANAGER]
    return Scope(
        everything=any(unit.parent_id is None for unit in units),
        paths=tuple(sorted({unit.path for unit in units})),
        owner_id=owners[0] if owners else None,
    )


def usable_key(secret: str, now: datetime) -> ApiKey | None:
    """The key of a secret unless revoked; compares digests in constant time."""
    if not SECRET.fullmatch(secret):
        return None
    key = ApiKey.objects.select_related("unit").filter(prefix=secret[:12]).first()
    expected = key.digest if key else "0" * 64
    matches = hmac.compare_digest(hashlib.sha256(secret.encode()).hexdigest(), expected)
    return key if key is not None and matches and key.is_usable(now) else None


def actor_for_key(secret: str, now: datetime) -> Actor | None:
    """The actor behind an API key, or None."""
    key = usable_key(secret, now)
    return key_actor(key) if key else None


def key_actor(key: ApiKey) -> Actor:
    return Actor(
        kind=ActorKind.API_KEY,
        name=key.name,
        ref=key.ref,
        rights=frozenset(Right(r) for r in key.rights if r in Right.values),
        scope=Scope(everything=key.unit.parent_id is None, paths=(key.unit.path,)),
    )


def visible_units(actor: Actor) -> QuerySet[Unit]:
    return units_within(actor.scope)


def units_within(scope: Scope) -> QuerySet[Unit]:
    if scope.everything:
        return Unit.objects.all()
    wanted = Unit.objects.none()
    for path in scope.paths:
        wanted |= Unit.objects.filter(path__startswith=path)
    return wanted


def visible_users(actor: Actor) -> QuerySet[User]:
    return User.objects.filter(actor.scope.rows()).select_related("unit", "manager")


def managers_of(units: Iterable[Unit]) -> dict[int, int]:
    """For each unit id the id of the person who leads it: its own manager, else its
    supervisor, else the nearest unit above that has one. Units nobody leads are left out."""
    leaders: dict[int, int] = {}
    ranks = {Role.MANAGER: 0, Role.SUPERVISOR: 1, Role.PROGRAMME: 2, Role.ADMINISTRATOR: 3}
    rows = Membership.objects.filter(role__in=ranks, user__is_active=True)
    for row in sorted(rows, key=lambda m: (ranks[Role(m.role)], m.pk)):
        leaders.setdefault(row.unit_id, row.user_id)
    found = {}
    for unit in units:
        above = [int(part) for part in unit.path.strip("/").split("/")]
        for unit_id in reversed(above):
            if unit_id in leaders:
                found[unit.pk] = leaders[unit_id]
                break
    return found


def manages(actor: Actor, path: str) -> bool:
    """Whether the actor administers the unit at `path`."""
    return actor.within(Right.MANAGE_ACCESS).covers(path)


def managed_paths(actor: Actor) -> tuple[str, ...]:
    return actor.within(Right.MANAGE_ACCESS).paths
