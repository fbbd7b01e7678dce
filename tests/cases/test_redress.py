"""Does a customer get something within limits, and does somebody else decide above them?"""

from collections.abc import Callable
from decimal import Decimal

import pytest

from loopwell.access.enums import Role
from loopwell.cases.enums import RedressState
from loopwell.cases.models import Case, Redress, RedressLimit
from loopwell.cases.operations import (
    Gift,
    decide_redress,
    give_redress,
    save_limits,
)
from loopwell.cases.queries.redress import may_decide, waiting_redress
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import NOW, Company

Give = Callable[..., Redress]


@pytest.fixture
def give(case: Case, company: Company) -> Give:
    def act(
        name: str = "fiona", amount: str = "50", currency: str = "", version: int = 1
    ) -> Redress:
        gift = Gift(" Voucher ", Decimal(amount), currency)
        return give_redress(
            actor=company.actor(name), now=NOW, case=case, version=version, gift=gift
        )

    return act


def told(kind: str) -> list[int]:
    found: list[int] = Entry.objects.get(type=kind).payload["tell"]
    return found


def test_within_the_limit_it_is_given_at_once(give: Give) -> None:
    row = give()
    assert (row.state, row.what, row.currency) == (RedressState.GIVEN, "Voucher", "EUR")
    assert told("redress.given") == []


def test_above_it_those_who_may_decide_are_told(give: Give, company: Company) -> None:
    row = give(amount="50.01")
    assert row.state == RedressState.ASKED
    assert told("redress.asked") == [company.alice.pk, company.mark.pk]
    assert not may_decide(company.actor("oscar"), row)
    assert list(waiting_redress(company.actor("oscar"))) == []
    done = decide_redress(actor=company.actor("mark"), now=NOW, redress=row, approve=True)
    assert (done.state, done.decided_by) == (RedressState.APPROVED, company.mark)
    assert told("redress.decided") == [company.fiona.pk]
    with pytest.raises(Conflict):
        decide_redress(actor=company.actor("alice"), now=NOW, redress=row, approve=True)


def test_a_no_needs_a_reason(give: Give, company: Company) -> None:
    row, mark = give(amount="400"), company.actor("mark")
    with pytest.raises(Invalid) as caught:
        decide_redress(actor=mark, now=NOW, redress=row, approve=False)
    assert set(caught.value.fields) == {"reason"}
    done = decide_redress(actor=mark, now=NOW, redress=row, approve=False, reason="Paid already")
    assert (done.state, done.reason) == (RedressState.REFUSED, "Paid already")


def test_nobody_approves_their_own_nor_above_their_limit(give: Give, company: Company) -> None:
    row = give("mark", amount="1001")
    assert row.state == RedressState.ASKED
    assert told("redress.asked") == [company.alice.pk]
    RedressLimit.objects.filter(role=Role.MANAGER).update(amount=None)
    for name, error in (("mark", Forbidden), ("fiona", Forbidden), ("oscar", NotFound)):
        with pytest.raises(error):
            decide_redress(actor=company.actor(name), now=NOW, redress=row, approve=True)


def test_other_money_is_compared_with_no_limit(give: Give) -> None:
    assert give(amount="1", currency="usd").state == RedressState.ASKED
    assert give("alice", amount="1", currency="usd", version=2).state == RedressState.GIVEN


@pytest.mark.parametrize("amount", ["0", "-1", "NaN"])
def test_what_costs_nothing_is_no_redress(give: Give, amount: str) -> None:
    with pytest.raises(Invalid) as caught:
        give(amount=amount)
    assert set(caught.value.fields) == {"redress_amount"}
    assert Redress.objects.count() == 0


def test_two_people_do_not_give_it_twice(give: Give) -> None:
    give()
    with pytest.raises(Conflict):
        give("mark")
    assert Redress.objects.count() == 1


def test_limits_are_set_by_who_runs_the_programme(give: Give, company: Company) -> None:
    wanted = {Role.FRONT_LINE: Decimal(0), Role.MANAGER: None}
    with pytest.raises(Forbidden):
        save_limits(actor=company.actor("mark"), amounts=wanted)
    save_limits(actor=company.actor("alice"), amounts=wanted)
    assert give(amount="1").state == RedressState.ASKED
    assert give("mark", amount="99999", version=2).state == RedressState.GIVEN
