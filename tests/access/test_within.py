"""A right holds where the role that carries it was given, and nowhere else."""

import pytest

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from tests.conftest import Company

pytestmark = pytest.mark.django_db


def test_two_roles_do_not_lend_each_other_their_rights(company: Company) -> None:
    """Fiona works North's cases and reads answers everywhere as an analyst of the company."""
    Membership.objects.create(user=company.fiona, unit=company.root, role=Role.ANALYST)

    fiona = actor_for(company.fiona)

    assert fiona.within(Right.READ_ANSWERS).everything is True
    assert fiona.within(Right.WORK_CASES).paths == (company.north.path,)
    assert fiona.within(Right.WORK_CASES).covers(company.south.path) is False
    assert fiona.within(Right.MANAGE_ACCESS).covers(company.north.path) is False


def test_an_account_manager_reaches_their_accounts_only(company: Company) -> None:
    Membership.objects.create(user=company.fiona, unit=company.root, role=Role.ACCOUNT_MANAGER)

    fiona = actor_for(company.fiona)

    assert fiona.within(Right.READ_CUSTOMERS).owner_id == company.fiona.pk
    assert fiona.within(Right.READ_CUSTOMERS).everything is False


def test_loopwell_itself_may_everything_everywhere() -> None:
    assert all(SYSTEM.within(right).everything for right in Right)
