"""What do the pages about the company list: units, people, keys?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import ApiKey, Membership, Unit, User
from loopwell.access.queries.actors import (
    managed_paths,
    managers_of,
    visible_units,
    visible_users,
)
from loopwell.access.rules import Actor, ActorKind, require
from loopwell.kit.errors import NotFound


@dataclass(frozen=True)
class UnitRow:
    """A unit in the tree's order; `depth` counts from the actor's topmost unit."""

    unit: Unit
    depth: int
    people: int
    manager: User | None

    @property
    def steps(self) -> range:
        """One for each level, for pages to indent by."""
        return range(self.depth)


def tree(actor: Actor) -> Sequence[UnitRow]:
    """Depth first, siblings by name; every unit the actor sees."""
    active = Count("employees", filter=Q(employees__is_active=True))
    units = list(visible_units(actor).annotate(people=active))
    leaders = managers_of(units)
    people = {user.pk: user for user in User.objects.filter(pk__in=set(leaders.values()))}
    return [
        UnitRow(unit, depth, getattr(unit, "people"), people.get(leaders.get(unit.pk, 0)))  # noqa: B009 annotation
        for unit, depth in in_order(units)
    ]


def in_order(units: Iterable[Unit]) -> list[tuple[Unit, int]]:
    """Each unit with its depth, parents before children, siblings by name."""
    known = {unit.pk: unit for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in known.values():
        above = unit.parent_id if unit.parent_id in known else None
        children.setdefault(above, []).append(unit)
    found: list[tuple[Unit, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in sorted(children.get(parent, []), key=lambda u: (u.name.casefold(), u.pk)):
            found.append((unit, depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return found


def unit_by_ref(actor: Actor, ref: str) -> Unit:
    found = visible_units(actor).select_related("parent").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such unit."))
    return found


def managed_units(actor: Actor) -> QuerySet[Unit]:
    """Where the actor may give access."""
    require(actor, Right.MANAGE_ACCESS)
    if actor.kind is not ActorKind.USER:
        return visible_units(actor)
    wanted = Q(pk__in=[])
    for path in managed_paths(actor):
        wanted |= Q(path__startswith=path)
    return Unit.objects.filter(wanted)


def people(
    actor: Actor, *, search: str = "", unit: Unit | None = None, role: str = "", gone: bool = False
) -> QuerySet[User]:
    """By name, with memberships; a unit covers those below it."""
    memberships = Membership.objects.select_related("unit").order_by("unit__path", "role")
    rows = visible_users(actor).filter(is_active=not gone)
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word.lower()))
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    if role:
        rows = rows.filter(memberships__role=role).distinct()
    return rows.prefetch_related(Prefetch("memberships", memberships)).order_by("name", "pk")


def person_by_ref(actor: Actor, ref: str) -> User:
    found = visible_users(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def memberships_of(user: User) -> Sequence[Membership]:
    return list(user.memberships.select_related("unit").order_by("unit__path", "role"))


def roles_of(user: User) -> Sequence[Role]:
    return [Role(row.role) for row in memberships_of(user)]


def keys(actor: Actor) -> QuerySet[ApiKey]:
    """Keys of the units the actor manages, working ones first."""
    return (
        ApiKey.objects.filter(unit__in=managed_units(actor))
        .select_related("unit", "created_by")
        .order_by(F("revoked_at").desc(nulls_first=True), "-created_at")
    )


def key_by_ref(actor: Actor, ref: str) -> ApiKey:
    found = keys(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such key."))
    return found


def names_by_label(labels: Iterable[str]) -> dict[str, str]:
    """Names for the journal's actor labels ("user:k3…", "api_key:…")."""
    refs: dict[str, set[str]] = {}
    for label in labels:
        kind, _colon, ref = label.partition(":")
        refs.setdefault(kind, set()).add(ref)
    found: dict[str, str] = {}
    for kind, rows in (
        ("user", User.objects.filter(ref__in=refs.get("user", ()))),
        ("api_key", ApiKey.objects.filter(ref__in=refs.get("api_key", ()))),
    ):
        found |= {f"{kind}:{row.ref}": row.name for row in rows}
    return found
