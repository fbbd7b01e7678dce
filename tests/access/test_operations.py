"""Every operation × every role × their own and another unit: who may, and who is refused?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from loopwell.access.enums import Right, Role
from loopwell.access.models import Unit, User
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import ROLE_RIGHTS, SYSTEM, Actor
from loopwell.cases.enums import Priority, Result
from loopwell.cases.operations import bulk
from loopwell.kit.errors import Conflict, ExpectedError, Forbidden, Invalid, NotFound
from loopwell.people.rules.problems import CannotSave
from tests.access.calls import OPERATIONS, takes, untouched
from tests.access.table import BY_LINK, BY_RIGHT, INSIDE, OF_UNIT, OWN, SEVERAL
from tests.access.world import Call, North
from tests.conftest import Company

pytestmark = pytest.mark.django_db
LOCAL = [role for role in Role if role not in {Role.ADMINISTRATOR, Role.PROGRAMME}]
PLACED = set(OF_UNIT) | SEVERAL | OWN | INSIDE | BY_LINK
COMPANY_WIDE = sorted(set(OPERATIONS) - PLACED)
COMPARED = {
    "access", "cases", "huddles", "initiatives", "journal", "notify", "people", "promoters",
    "responses", "stories", "targets", "themes",
}  # fmt: skip
OTHERWISE: dict[str, type[Exception]] = {
    "huddles.issues.raise_issue": Invalid,
    "people.interactions.record_interaction": CannotSave,
    "people.saving.save_customer": CannotSave,
    "targets.cascading.propose": Conflict,
    "targets.figures.put_values": Invalid,
}
"""Refused with the field or the reason: who may raise or aim somewhere may not for that unit."""
OF_NO_ACCOUNT = {
    "huddles.issues.support_issue", "initiatives.talking.write_comment",
    "stories.notices.mark_read",
}  # fmt: skip
"""Belong to a unit; account managers see what is of their accounts."""


@pytest.fixture
def north(company: Company) -> North:
    return North(company)


def person(role: Role, unit: Unit) -> User:
    return create_user(
        actor=SYSTEM, email=f"{role}@{unit.external_id}.example".lower(), name=role.value,
        unit=unit, roles=[role],
    )  # fmt: skip


def everything() -> dict[str, list[tuple[object, ...]]]:
    models = [m for m in apps.get_models() if m._meta.app_label in COMPARED]
    return {m._meta.label: list(m._default_manager.order_by("pk").values_list()) for m in models}


def call(name: str, actor: Actor, north: North | None, filled: dict[str, Any]) -> Exception | None:
    """What it raised of the errors that people are shown; None when it was done."""
    operation = OPERATIONS[name]
    if north is not None and takes(operation, "now"):
        filled = {"now": north.now, **filled}
    try:
        operation(actor=actor, **filled)
    except ExpectedError as error:
        return error
    return None


def test_each_operation_in_the_table_is_there() -> None:
    assert set(OPERATIONS) >= PLACED
    assert len(OPERATIONS) > 200


@pytest.mark.parametrize("role", LOCAL)
def test_what_concerns_the_whole_company_asks_for_the_right_first(
    role: Role, company: Company
) -> None:
    """Also of any operation that is new: place it in the table if it does something in a unit."""
    actor = actor_for(person(role, company.south))
    for name in COMPANY_WIDE:
        raised = call(name, actor, north=None, filled=untouched(OPERATIONS[name]))
        assert isinstance(raised, Forbidden), (name, raised)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_unit_does_anything(role: Role, company: Company, north: North) -> None:
    actor = actor_for(person(role, company.south))
    before = everything()
    raised = {name: call(name, actor, north, filled(north)) for name, filled in OF_UNIT.items()}
    allowed = {
        name: error
        for name, error in raised.items()
        if not isinstance(error, Forbidden | NotFound) and type(error) is not OTHERWISE.get(name)
    }
    assert not allowed
    assert everything() == before


def own_calls() -> Iterator[tuple[Right, str, Call]]:
    for right, calls in BY_RIGHT.items():
        for name, filled in calls.items():
            yield right, name, filled


@pytest.mark.parametrize("role", list(Role))
def test_in_their_own_unit_who_has_the_right_may(
    role: Role, company: Company, north: North
) -> None:
    user = person(role, company.north)
    north.give_account_to(user)
    actor = actor_for(user)
    wrong = {}
    for right, name, filled in own_calls():
        with transaction.atomic():
            raised = call(name, actor, north, filled(north))
            transaction.set_rollback(True)
        may = right in ROLE_RIGHTS[role]
        if role == Role.ACCOUNT_MANAGER and name in OF_NO_ACCOUNT:
            may = False
        if (raised is None) is not may or not isinstance(raised, Forbidden | NotFound | None):
            wrong[name] = raised
    assert not wrong


def test_many_cases_at_once_are_refused_one_by_one(company: Company, north: North) -> None:
    ids = north.case_ids
    facts: dict[str, Any] = {"actor": company.actor("oscar"), "now": north.now, "case_ids": ids}
    before = everything()
    done = [
        bulk.give_many(**facts, owners=[company.oscar], reason="x"),
        bulk.rank_many(**facts, priority=Priority.HIGH),
        bulk.remark_on_many(**facts, text="x"),
        bulk.close_many(**facts, result=Result.UNREACHABLE),
    ]
    assert [each.done for each in done] == [0, 0, 0, 0]
    assert everything() == before
