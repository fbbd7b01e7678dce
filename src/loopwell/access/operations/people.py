"""How do people of the company come, get roles, and leave?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.changes import Change, record
from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.operations.guarding import (
    administrator_must_remain,
    lock_tree,
    must_hold,
    must_manage_person,
    must_manage_unit,
)
from loopwell.access.queries import manages
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Forbidden, Invalid


@dataclass(frozen=True)
class Grant:
    """A role at a unit, which holds for everything below it."""

    role: Role
    unit: Unit

    @property
    def key(self) -> tuple[str, int]:
        return (self.role.value, self.unit.pk)

    def __str__(self) -> str:
        return f"{self.role.value} @ {self.unit.name}"


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
    _check(email=email, name=name)
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
def add_person(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    name: str,
    unit: Unit,
    grants: Iterable[Grant] = (),
    language: str = "",
) -> User:
    """A new person with their roles; the door sends them the link to set a password."""
    must_manage_unit(actor, unit)
    user = create_user(actor=actor, email=email, name=name, unit=unit, language=language)
    _tell(actor, now, "person.added", user, unit=unit.name)
    set_roles(actor=actor, now=now, person=user, grants=grants)
    return user


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    now: datetime,
    person: User,
    name: str,
    email: str,
    unit: Unit,
    manager: User | None = None,
    languages: Sequence[str] | None = None,
    skills: Sequence[str] | None = None,
) -> User:
    """`languages` and `skills` are those they serve customers with; None leaves them."""
    must_manage_person(actor, person)
    must_manage_unit(actor, unit)
    _check(email=email, name=name, person=person)
    if manager is not None and manager.pk == person.pk:
        message = _("Nobody is their own manager.")
        raise Invalid(message, fields={"manager": [message]})
    person.name, person.email = name.strip(), email.strip().lower()
    person.unit, person.manager = unit, manager
    if languages is not None:
        person.languages = list(dict.fromkeys(languages))
    if skills is not None:
        person.skills = list(dict.fromkeys(s.strip()[:60] for s in skills if s.strip()))
    person.save(update_fields=["name", "email", "unit", "manager", "languages", "skills"])
    _tell(actor, now, "person.changed", person, unit=unit.name)
    return person


@transaction.atomic
def set_roles(*, actor: Actor, now: datetime, person: User, grants: Iterable[Grant]) -> None:
    """Exactly these roles, as far as the actor manages; roles at other units stay."""
    require(actor, Right.MANAGE_ACCESS)
    root = lock_tree()
    wanted = {grant.key: grant for grant in grants}
    rows = list(Membership.objects.filter(user=person).select_related("unit"))
    held = {(m.role, m.unit_id): m for m in rows if manages(actor, m.unit.path)}
    added = [grant for key, grant in wanted.items() if key not in held]
    removed = [row for key, row in held.items() if key not in wanted]
    for grant in added:
        must_manage_unit(actor, grant.unit)
    must_hold(actor, [grant.role for grant in added])
    must_hold(actor, [Role(row.role) for row in removed])
    Membership.objects.filter(pk__in=[row.pk for row in removed]).delete()
    Membership.objects.bulk_create(
        [Membership(user=person, unit=g.unit, role=g.role) for g in added]
    )
    if any(row.role == Role.ADMINISTRATOR for row in removed):
        administrator_must_remain(root)
    if added or removed:
        gone = [str(Grant(Role(row.role), row.unit)) for row in removed]
        _tell(actor, now, "roles.changed", person, added=[str(g) for g in added], removed=gone)


@transaction.atomic
def deactivate_person(*, actor: Actor, now: datetime, person: User) -> None:
    """They cannot log in any more; what they did stays theirs, open cases go on by rule."""
    must_manage_person(actor, person)
    root = lock_tree()
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    administrator_must_remain(root)
    _tell(actor, now, "person.deactivated", person)


@transaction.atomic
def reactivate_person(*, actor: Actor, now: datetime, person: User) -> None:
    must_manage_person(actor, person)
    must_hold(actor, [Role(m.role) for m in person.memberships.all()])
    User.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True
    _tell(actor, now, "person.reactivated", person)


def _tell(actor: Actor, now: datetime, what: str, person: User, **details: object) -> None:
    facts = {"name": person.name, **details}
    record(actor=actor, now=now, change=Change(what, "user", person.pk, facts))


def _check(*, email: str, name: str, person: User | None = None) -> None:
    fields: dict[str, list[str]] = {}
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        fields["email"] = [_("This is not an e-mail address.")]
    others = User.objects.exclude(pk=person.pk if person else 0)
    if others.filter(email=address).exists():
        fields["email"] = [
            _("Somebody with the address %(email)s exists already.") % {"email": address}
        ]
    if not name.strip():
        fields["name"] = [_("Give the person a name.")]
    if fields:
        raise Invalid(" ".join(t for texts in fields.values() for t in texts), fields=fields)


def may_invite(*, actor: Actor, person: User) -> None:
    """Raises Forbidden unless the actor may send this person a link to set a password."""
    must_manage_person(actor, person)
