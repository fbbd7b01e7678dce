"""A right holds where the role that carries it was given, and nowhere else."""

import pytest

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Outcome
from loopwell.cases.models import Case
from loopwell.cases.operations import record_attempt
from loopwell.cases.queries import case_by_ref
from loopwell.kit.errors import Forbidden
from loopwell.people.queries import visible_to as customers_visible_to
from loopwell.responses.queries import visible_to as responses_visible_to
from tests import factories
from tests.conftest import NOW, Company

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


def test_who_reads_everywhere_works_only_their_own_units_cases(company: Company) -> None:
    Membership.objects.create(user=company.fiona, unit=company.root, role=Role.ANALYST)
    answer = factories.response(customer=factories.customer(unit=company.south), score=2)
    case = Case.objects.create(
        response=answer,
        customer=answer.customer,
        unit=company.south,
        owner=company.oscar,
        score=2,
        opened_at=NOW,
        due_at=NOW,
        next_step_at=NOW,
    )
    fiona = actor_for(company.fiona)

    assert case_by_ref(fiona, case.ref) == case
    with pytest.raises(Forbidden):
        record_attempt(actor=fiona, now=NOW, case=case, version=1, outcome=Outcome.REACHED)
    assert case.attempts.count() == 0


def test_who_reads_answers_everywhere_sees_only_their_own_units_customers(
    company: Company,
) -> None:
    Membership.objects.create(user=company.mark, unit=company.root, role=Role.FUNCTION)
    near = factories.customer(unit=company.north)
    far = factories.customer(unit=company.south)
    for person in (near, far):
        factories.response(customer=person)
    mark = actor_for(company.mark)

    assert list(customers_visible_to(mark)) == [near]
    assert responses_visible_to(mark).count() == 2
