"""Do the pages of issues work for those who raise them and those who answer?"""

import pytest
from django.test import Client

from loopwell.cases.operations import open_by_hand
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Issue
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


def test_an_issue_from_a_case_to_its_answer_by_pages(client: Client, company: Company) -> None:
    who = factories.customer(name="Greta Lindqvist", unit=company.north)
    said = factories.response(
        score=2, comment="Invoice wrong again.", unit=company.north, customer=who
    )
    case = open_by_hand(actor=company.actor("mark"), now=NOW, ref=said.ref)
    client.force_login(company.mark)
    assert f"/issues/new/?case={case.ref}" in client.get(f"/cases/{case.ref}/").content.decode()
    assert "No issue was raised yet" in client.get("/issues/").content.decode()
    assert "Invoice wrong again." in client.get(f"/issues/new/?case={case.ref}").content.decode()
    facts = {"case": case.ref, "title": "Invoices are wrong", "text": "Each month.",
             "unit": company.north.ref, "theme": ""}  # fmt: skip
    assert client.post("/issues/new/", facts | {"title": ""}).status_code == 422
    assert client.post("/issues/new/", facts | {"unit": company.south.ref}).status_code == 422
    assert client.post("/issues/new/", facts).status_code == 302
    issue = Issue.objects.get()
    page = f"/issues/{issue.ref}/"
    assert "Greta Lindqvist" in client.get(page).content.decode()
    assert client.post(f"{page}answer/", {"answer-text": "No."}).status_code == 403

    client.force_login(company.alice)
    assert "1 issue waits for your answer" in client.get("/").content.decode()
    assert "Invoices are wrong" in client.get("/issues/").content.decode()
    assert client.post(f"{page}ask/", {"ask-text": "Which ones?"}).status_code == 302
    assert client.post(f"{page}ask/", {"ask-text": "Again?"}, follow=True).status_code == 200
    client.force_login(company.mark)
    assert "1 issue of yours has news" in client.get("/").content.decode()
    assert "Which ones?" in client.get(page).content.decode()
    assert client.post(f"{page}reply/", {"reply-text": "All of them"}).status_code == 302
    client.force_login(company.alice)
    work = {"accept-work": "New system", "accept-owner": company.mark.ref,
            "accept-due_on": "2099-01-31"}  # fmt: skip
    late = client.post(f"{page}accept/", work | {"accept-due_on": "2020-01-31"})
    assert (late.status_code, "still to come" in late.content.decode()) == (422, True)
    assert client.post(f"{page}accept/", work).status_code == 302
    assert client.post(f"{page}answer/", {"answer-text": ""}).status_code == 422
    assert client.post(f"{page}answer/", {"answer-text": "Mended."}).status_code == 302
    client.force_login(company.mark)
    text = client.get(page).content.decode()
    for words in ("Alice asked back", "Mark replied", "All of them", "New system", "Mended.",
                  "Alice took it into work", "Alice answered", "Write to them"):  # fmt: skip
        assert words in text
    assert client.post(f"{page}reopen/", {"reopen-text": "Still."}).status_code == 302
    assert Issue.objects.get().state == IssueState.NEW


def test_likely_duplicates_come_before_saving(client: Client, company: Company) -> None:
    facts = {"title": "Invoices are wrong", "text": "Each month.", "unit": company.north.ref}
    client.force_login(company.mark)
    client.post("/issues/new/", facts)
    first = Issue.objects.get()
    client.force_login(company.fiona)
    again = {**facts, "title": "Wrong invoices", "text": "Again each month"}
    shown = client.post("/issues/new/", again).content.decode()
    assert "That is ours too" in shown
    assert first.ref in shown
    assert Issue.objects.count() == 1
    said = factories.response(score=1, unit=company.north)
    link = f"/issues/new/?answer={said.ref}"
    assert link in client.get(f"/answers/{said.ref}/").content.decode()
    assert client.get(link).status_code == 200
    support = client.post(f"/issues/{first.ref}/support/", {"answer": said.ref})
    assert support.status_code == 302
    assert first.evidence.get().response == said
    assert first.supporters.count() == 2
    assert "No longer ours" in client.get(f"/issues/{first.ref}/").content.decode()
    assert client.post(f"/issues/{first.ref}/leave/").headers["Location"] == "/issues/"
    assert client.post("/issues/new/", again | {"sure": "1"}).status_code == 302

    second = Issue.objects.exclude(pk=first.pk).get()
    client.force_login(company.alice)
    assert "% alike" in client.get(f"/issues/{second.ref}/").content.decode()
    joined = {"join-first": first.ref}
    assert client.post(f"/issues/{second.ref}/join/", joined).status_code == 302
    assert first.title in client.get(f"/issues/{second.ref}/").content.decode()
    assert second.title in client.get(f"/issues/{first.ref}/").content.decode()


def test_outsiders_and_the_tabs(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    client.post("/issues/new/", {"title": "A", "text": "B", "unit": company.north.ref})
    ref = Issue.objects.get().ref
    for tab in ("new", "waiting", "work", "answered", "mine", "nonsense"):
        assert client.get(f"/issues/?tab={tab}").status_code == 200
    client.force_login(company.oscar)
    assert "No issue was raised yet" in client.get("/issues/").content.decode()
    assert client.get(f"/issues/{ref}/").status_code == 404
    assert client.post(f"/issues/{ref}/support/").status_code == 404
