"""Do issues and calls find their way into initiatives, and are those who raised them told?"""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Closure
from loopwell.huddles.models import Issue
from loopwell.initiatives.models import Initiative, Telling, Told
from loopwell.initiatives.operations.raising import take_in
from loopwell.initiatives.queries.naming import raisers
from loopwell.initiatives.queries.seeing import may_work_on, to_work_on, visible_to
from loopwell.jobs.running import run_all
from loopwell.kit.errors import Conflict, Invalid
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention
from tests import factories
from tests.conftest import NOW, Company
from tests.initiatives.help import proposed, running, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(company: Company) -> Issue:
    return Issue.objects.create(
        unit=company.north, title="Vans break down", text="x", theme=theme(), by=company.fiona
    )


@pytest.fixture
def case(company: Company) -> Case:
    """Closed by Fiona, with a root cause."""
    answer = factories.response(
        score=2, unit=company.north, contact_consent=True,
        answered_at=datetime(2026, 1, 10, 12, tzinfo=UTC),
    )  # fmt: skip
    Mention.objects.create(
        response=answer, theme=theme(), source=MentionSource.INTERVIEWER, weight=Decimal(100)
    )
    made = Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, score=2, opened_at=NOW,
        due_at=NOW, next_step_at=NOW, closed_at=NOW,
    )  # fmt: skip
    Closure.objects.create(case=made, result=Result.SOLVED, learnt="x", by=company.fiona, at=NOW)
    return made


def text(client: Client, address: str) -> str:
    got = client.get(address)
    assert got.status_code == 200, address
    return got.content.decode()


def test_an_issue_and_a_call_are_added_to_an_initiative_and_taken_out(
    client: Client, company: Company, issue: Issue, case: Case
) -> None:
    made = running(company)
    other = proposed(company, "Cheaper bills", by="alice", units=[company.south], owner=None)
    client.force_login(company.mark)
    for name, row in (("issue", issue), ("case", case)):
        page = {"issue": f"/issues/{issue.ref}/", "case": f"/cases/{case.ref}/"}[name]
        shown = text(client, page)
        assert f"/initiatives/new/?{name}={row.ref}" in shown
        assert made.title not in shown
        address = f"/initiatives/add/?{name}={row.ref}"
        assert address in shown
        offered = text(client, address)
        assert (made.ref in offered, other.ref in offered) == (True, False)
        assert client.post(address, {name: row.ref}).status_code == 422
        said = {name: row.ref, "initiative": made.ref}
        assert client.post("/initiatives/add/", said).status_code == 302
        assert client.post("/initiatives/add/", said).status_code == 422  # there already
        assert made.title in text(client, page)
    whole = text(client, f"/initiatives/{made.ref}/")
    assert "Vans break down" in whole
    assert str(case.customer) in whole
    assert raisers(made, NOW.date()) == [company.fiona]
    for row in made.raised.all():
        assert client.post(f"/initiatives/{made.ref}/raised/{row.ref}/remove/").status_code == 302
    assert made.raised.count() == 0
    assert raisers(made, NOW.date()) == []


def test_who_does_not_lead_it_sees_no_way_and_goes_none(
    client: Client, company: Company, issue: Issue, case: Case
) -> None:
    made = running(company)
    client.force_login(company.fiona)
    for page in (f"/issues/{issue.ref}/", f"/cases/{case.ref}/"):
        assert "Add to an initiative" not in text(client, page)
    assert client.get(f"/initiatives/add/?issue={issue.ref}").status_code == 403
    client.force_login(company.oscar)
    assert client.get(f"/initiatives/add/?issue={issue.ref}").status_code == 404
    assert client.get("/initiatives/add/").status_code == 404
    assert made.raised.count() == 0


def test_what_is_over_takes_nothing_in_and_nothing_twice(
    company: Company, issue: Issue, case: Case
) -> None:
    made, facts = running(company), {"actor": SYSTEM, "now": NOW}
    with pytest.raises(Invalid):
        take_in(**facts, initiative=made, issue=issue, case=case)  # type: ignore[arg-type]  # mixed
    Initiative.objects.update(state="stopped")
    with pytest.raises(Conflict, match="over"):
        take_in(**facts, initiative=made, issue=issue)  # type: ignore[arg-type]  # mixed
    Initiative.objects.update(state="running", issue=issue)
    with pytest.raises(Conflict, match="already"):
        take_in(**facts, initiative=made, issue=issue)  # type: ignore[arg-type]  # mixed


@pytest.mark.parametrize("name", ["alice", "mark", "fiona", "oscar"])
def test_many_at_once_are_the_same_as_one_by_one(company: Company, name: str) -> None:
    proposed(company, "North's")
    proposed(company, "South's", by="oscar", units=[company.south], owner=company.oscar)
    proposed(company, "Both", by="alice", units=[company.north, company.south], owner=None)
    proposed(company, "All", by="alice", units=[], owner=None)
    Initiative.objects.filter(title="All").update(sponsor=company.mark)
    actor = company.actor(name)
    one_by_one = {row for row in visible_to(actor) if may_work_on(actor, row)}
    assert set(to_work_on(actor)) == one_by_one


def test_a_call_costs_one_query_more(client: Client, company: Company, case: Case) -> None:
    client.force_login(company.mark)
    text(client, f"/cases/{case.ref}/")
    with CaptureQueriesContext(connection) as queries:
        text(client, f"/cases/{case.ref}/")
    asked = [q["sql"] for q in queries if "initiatives_initiative" in q["sql"]]
    assert len(asked) == 1


def test_the_message_by_pages(
    client: Client, company: Company, case: Case, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path
    made = running(company)
    made.roll_outs.create(unit=company.north, on=date(2026, 2, 1))
    page = f"/initiatives/{made.ref}/telling/"
    client.force_login(company.fiona)
    assert "Nobody has written the message yet." in text(client, page)
    assert client.post(page, {"version": 0}).status_code == 403
    client.force_login(company.mark)
    assert page in text(client, f"/initiatives/{made.ref}/")
    assert client.post(page, {"version": 0}).status_code == 422
    said = {"subject_en": "You were heard", "text_en": "Dear {customer}, <b>thanks</b>"}
    assert client.post(page, {"version": 0, **said}).status_code == 302
    assert client.post(page, {"version": 0, **said}).status_code == 409
    assert "Dear Anna Kowalska, &lt;b&gt;thanks" in text(client, page)
    assert "Approve these words" not in text(client, page)
    assert client.post(f"{page}approve/", {"version": 1}).status_code == 403
    assert client.post(f"{page}test/", {"language": "en"}).status_code == 302
    assert len(list(tmp_path.glob("test-*.eml"))) == 1
    client.force_login(company.alice)
    assert "Approve these words" in text(client, page)
    assert client.post(f"{page}approve/", {"version": 1}).status_code == 302
    assert "Approved by Alice" in text(client, page)
    client.force_login(company.mark)
    assert "Tell them (customers: 1, colleagues: 1)" in text(client, page)
    assert client.post(f"{page}start/", {"version": 1}).status_code == 302
    run_all(timezone.now())
    assert "Told: customers 1 of 1 who agreed to be contacted, colleagues 1." in text(client, page)
    assert "Told: customers 1 of 1" in text(client, f"/initiatives/{made.ref}/")
    assert (Telling.objects.count(), Told.objects.count()) == (1, 2)
    client.force_login(company.oscar)
    assert client.get(page).status_code == 404
