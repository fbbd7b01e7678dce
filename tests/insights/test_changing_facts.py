"""Do facts follow what changes around an answer, and what is only a matter of time?"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.insights.checking import check
from loopwell.insights.operations import follow_the_clock, heal, refresh
from loopwell.insights.questions import Question, ask, ask_one
from loopwell.insights.warehouse import warehouse
from loopwell.insights.warehouse.tables import ANSWERS
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.journal.operations import append, position
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.people.models import Account, Property
from tests import factories
from tests.conftest import NOW, Company

Build = Callable[[], int]
pytestmark = pytest.mark.usefixtures("engine")


def test_the_revenue_of_an_account_follows_the_account(company: Company, built: Build) -> None:
    account = factories.account(unit=company.north)
    factories.response(unit=company.north, account=account, score=9)
    built()
    alice = company.actor("alice")
    assert ask_one(Question("nps_revenue"), alice).n == 0
    Account.objects.filter(pk=account.pk).update(revenue=Decimal("1200.50"))
    changed = Event("account.changed", "account", account.pk, {"created": False})
    append(actor=SYSTEM, now=NOW, events=[changed])
    consume_all(now=NOW)
    assert warehouse().read("SELECT revenue FROM answers") == [(1200.5,)]
    assert ask_one(Question("nps_revenue"), alice).value == 100.0


def test_a_case_becomes_late_without_anything_happening(company: Company, built: Build) -> None:
    answer = factories.response(unit=company.north, score=2)
    due = NOW + timedelta(days=1)
    case = Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, score=2, opened_at=NOW,
        due_at=due, next_step_at=due,
    )  # fmt: skip
    refresh({"case": {case.pk}}, NOW)
    assert follow_the_clock(NOW) == 0
    assert warehouse().read("SELECT in_time FROM cases") == [(None,)]
    later = NOW + timedelta(days=2)
    assert follow_the_clock(later) == 1
    assert follow_the_clock(later) == 0
    assert warehouse().read("SELECT in_time FROM cases") == [(0.0,)]


def test_a_property_of_another_kind_is_built_anew_under_readers(
    company: Company, built: Build
) -> None:
    Property.objects.create(name="age", label="Age")
    first = factories.response(unit=company.north, properties={"age": "40"})
    built()
    Property.objects.update(kind="number")
    late = factories.response(unit=company.north, properties={"age": "old"})
    refresh({"response": {first.pk, late.pk}}, NOW)  # the column is of text still
    heal(NOW)
    assert Job.objects.filter(kind="insights.rebuild").count() == 1
    run_all(NOW)
    rows = ask(Question("answers", by=("property:age",)), company.actor("alice"))
    assert [(row.key, row.n) for row in rows] == [((40.0,), 1), ((None,), 1)]
    Property.objects.all().delete()
    heal(NOW + timedelta(minutes=2))
    run_all(NOW + timedelta(minutes=2))
    assert "p_age" not in warehouse().columns(ANSWERS)
    assert all(each.agrees for each in check(SYSTEM))


def test_only_clickhouse_is_told_again_what_happened_during_a_rebuild(
    engine: str, company: Company, built: Build
) -> None:
    append(actor=SYSTEM, now=NOW, events=[Event("case.closed", "case", 1)])
    consume_all(now=NOW)
    before = position("insights")
    built()
    assert position("insights") == before
    assert warehouse().alone is (engine != "clickhouse")
