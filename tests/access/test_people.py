"""Roles: nobody gives what they do not have, and an administrator always remains."""

from datetime import datetime

import pytest

from loopwell.access.enums import Right, Role
from loopwell.access.models import ApiKey, User
from loopwell.access.operations import (
    Grant,
    add_person,
    change_person,
    create_api_key,
    create_user,
    deactivate_person,
    reactivate_person,
    revoke_api_key,
    set_roles,
)
from loopwell.access.operations.guarding import LastAdministrator
from loopwell.access.queries import actor_for, actor_for_key, memberships_of
from loopwell.access.rules import SYSTEM, Actor, ActorKind, Scope
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from tests.conftest import Company


def roles(person: User) -> list[str]:
    return [f"{row.role} {row.unit.name}" for row in memberships_of(person)]


def local_administrator(company: Company) -> Actor:
    person = create_user(actor=SYSTEM, email="local@x.example", name="Local", unit=company.north,
                         roles=[Role.ADMINISTRATOR])  # fmt: skip
    return actor_for(person)


def test_a_person_comes_with_roles_and_no_password(company: Company, now: datetime) -> None:
    added = add_person(
        actor=company.actor("alice"),
        now=now,
        email=" Nina@Acme.Example",
        name="Nina",
        unit=company.north,
        grants=[Grant(Role.SUPERVISOR, company.north)],
    )

    assert (added.email, added.has_usable_password(), roles(added)) == (
        "nina@acme.example", False, ["supervisor North"],
    )  # fmt: skip
    told = Entry.objects.filter(type="access.changed").values_list("payload__what", flat=True)
    assert list(told) == ["person.added", "roles.changed"]


def test_two_people_cannot_share_an_address(company: Company, now: datetime) -> None:
    with pytest.raises(Invalid) as error:
        add_person(actor=company.actor("alice"), now=now, email="MARK@acme.example", name="M",
                   unit=company.north)  # fmt: skip
    assert list(error.value.fields) == ["email"]


def test_the_last_administrator_stays(company: Company, now: datetime) -> None:
    alice = company.actor("alice")
    local_administrator(company)  # of North alone: does not count for the company

    with pytest.raises(LastAdministrator):
        set_roles(actor=alice, now=now, person=company.alice, grants=[])
    with pytest.raises(LastAdministrator):
        deactivate_person(actor=alice, now=now, person=company.alice)

    company.alice.refresh_from_db()
    assert (roles(company.alice), company.alice.is_active) == (["administrator Acme"], True)
    set_roles(actor=alice, now=now, person=company.mark,
              grants=[Grant(Role.ADMINISTRATOR, company.root)])  # fmt: skip
    set_roles(actor=alice, now=now, person=company.alice, grants=[])
    assert roles(company.alice) == []


def test_roles_elsewhere_stay_and_their_owner_is_not_touched(
    company: Company, now: datetime
) -> None:
    local = local_administrator(company)
    company.fiona.memberships.create(unit=company.south, role=Role.ANALYST)

    set_roles(actor=local, now=now, person=company.fiona, grants=[])

    assert roles(company.fiona) == ["analyst South"]
    for change in (
        lambda: change_person(actor=local, now=now, person=company.fiona, name="F",
                              email="mine@x.example", unit=company.north),
        lambda: deactivate_person(actor=local, now=now, person=company.fiona),
        lambda: set_roles(actor=local, now=now, person=company.fiona,
                          grants=[Grant(Role.MANAGER, company.root)]),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            change()


def test_nobody_gives_more_than_they_have(company: Company, now: datetime) -> None:
    """A key that may manage access, and nothing else, cannot make an administrator."""
    clerk = Actor(kind=ActorKind.API_KEY, name="HR", rights=frozenset({Right.MANAGE_ACCESS}),
                  scope=Scope(everything=True))  # fmt: skip
    with pytest.raises(Forbidden):
        set_roles(actor=clerk, now=now, person=company.fiona,
                  grants=[Grant(Role.ADMINISTRATOR, company.root)])  # fmt: skip
    with pytest.raises(Forbidden):
        create_api_key(actor=clerk, name="K", rights=[Right.READ_ANSWERS], unit=company.root,
                       user=company.alice)  # fmt: skip


def test_managers_manage_no_access(company: Company, now: datetime) -> None:
    for name in ("mark", "fiona", "oscar"):
        with pytest.raises(Forbidden):
            set_roles(actor=company.actor(name), now=now, person=company.fiona, grants=[])


def test_leaving_and_coming_back(company: Company, now: datetime, client: object) -> None:
    alice = company.actor("alice")
    deactivate_person(actor=alice, now=now, person=company.fiona)
    assert User.objects.get(pk=company.fiona.pk).is_active is False

    reactivate_person(actor=alice, now=now, person=company.fiona)

    assert User.objects.get(pk=company.fiona.pk).is_active is True
    assert roles(company.fiona) == ["front_line North"]


def test_a_key_lives_until_it_is_revoked(company: Company, now: datetime) -> None:
    alice = company.actor("alice")
    key, secret = create_api_key(actor=alice, name="K", rights=[Right.READ_ANSWERS],
                                 unit=company.north, user=company.alice, now=now)  # fmt: skip
    actor = actor_for_key(secret, now)
    assert actor is not None
    assert (actor.rights, actor.scope.paths) == ({Right.READ_ANSWERS}, (company.north.path,))
    assert secret not in str(ApiKey.objects.values())
    assert actor_for_key(secret + "x", now) is None

    revoke_api_key(actor=alice, key=key, now=now)
    revoke_api_key(actor=alice, key=key, now=now)

    assert actor_for_key(secret, now) is None
    told = Entry.objects.filter(type="access.changed").values_list("payload__what", flat=True)
    assert list(told) == ["key.created", "key.revoked"]
