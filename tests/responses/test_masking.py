"""Where comments leave, personal data is masked as the company chose; inside they stand whole."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.huddles.rules.months import month_of, month_text
from loopwell.integrations.webhooks.payloads import told_of
from loopwell.journal.models import Entry
from loopwell.journal.rules import Record
from loopwell.kit.errors import Forbidden
from loopwell.notify.models import Alarm
from loopwell.notify.queries import inbox, tidings
from loopwell.notify.wording import with_details, words_for
from loopwell.responses.masking import masking
from loopwell.responses.models import Response
from loopwell.responses.operations import set_masking
from loopwell.stories.operations import suggested
from tests import factories
from tests.cases.conftest import Answer, answer
from tests.conftest import NOW, Company

__all__ = ["answer"]
WHOLE = "Olena here, +380671234567: nobody called"
MASKED = "[name] here, [phone]: nobody called"
CHOICES = pytest.mark.parametrize("is_on", [True, False])


def choose(company: Company, *, feeds: bool = False, exports: bool = False) -> None:
    set_masking(actor=company.actor("alice"), now=NOW, in_feeds=feeds, in_exports=exports)


def of_olena(company: Company, **fields: Any) -> dict[str, Any]:
    who = factories.customer(name="Olena Kovalenko", unit=company.north)
    return {"customer": who, "comment": WHOLE, "unit": company.north} | fields


def only(text: str, is_on: bool) -> None:
    """Exactly one of both is there: a text without the comment proves nothing."""
    assert (MASKED in text, WHOLE in text) == (is_on, not is_on)


def test_feeds_are_masked_until_somebody_chooses_and_exports_are_not(db: None) -> None:
    assert (masking().in_feeds, masking().in_exports) == (True, False)


@CHOICES
@pytest.mark.parametrize("count", [1, 2])
def test_alarms(company: Company, answer: Answer, is_on: bool, count: int) -> None:
    choose(company, feeds=is_on, exports=not is_on)
    for _number in range(count):
        answer(**of_olena(company))
    alarms = list(with_details(Alarm.objects.filter(kind="case.opened", user=company.mark)))
    assert len(alarms) == count

    words = words_for(company.mark, alarms, NOW)

    only(words.text, is_on)
    only(words.html, is_on)
    assert WHOLE not in words.short


def test_one_reads_the_whole_comment_in_ones_own_alarms(company: Company, answer: Answer) -> None:
    choose(company, feeds=True)
    answer(**of_olena(company))

    assert {each.comment for each in tidings(inbox(company.actor("mark")))} == {WHOLE}


@CHOICES
def test_digests(client: Client, company: Company, built: Callable[[], int], is_on: bool) -> None:
    choose(company, feeds=is_on, exports=not is_on)
    at = timezone.now() - timedelta(days=1)
    factories.response(**of_olena(company, score=9, answered_at=at))
    built()
    client.force_login(company.mark)

    only(client.get("/me/digests/weekly/").content.decode(), is_on)


@CHOICES
def test_webhooks(company: Company, answer: Answer, is_on: bool) -> None:
    choose(company, feeds=is_on, exports=not is_on)
    answer(**of_olena(company))
    case = Case.objects.get()
    assert case.response is not None

    for subject, pk in (("response", case.response.pk), ("case", case.pk)):
        kept = Entry.objects.filter(subject=subject, subject_id=pk)[:1]
        ((told,),) = [told_of([_record(entry)]) for entry in kept]
        only(told.body(with_comments=True), is_on)
        assert "comment" not in json.loads(told.body(with_comments=False))["data"]


def _record(entry: Entry) -> Record:
    return Record(
        id=entry.pk, xid=0, type=entry.type, subject=entry.subject, subject_id=entry.subject_id,
        at=entry.at, payload=entry.payload, actor=entry.actor,
    )  # fmt: skip


@CHOICES
def test_stories(company: Company, is_on: bool) -> None:
    choose(company, feeds=is_on, exports=not is_on)
    comment = "Olena, passport АВ123456"
    given = factories.response(**of_olena(company, comment=comment, score=2))

    draft = suggested(actor=company.actor("alice"), case=None, response=given)

    left = "the customer, passport [number]" if is_on else "the customer, passport АВ123456"
    assert f"“{left}”" in draft.text


@CHOICES
def test_the_file_of_answers(client: Client, company: Company, is_on: bool) -> None:
    choose(company, feeds=not is_on, exports=is_on)
    factories.response(**of_olena(company, answered_at=timezone.now()))
    client.force_login(company.mark)

    only(_file(client), is_on)


def _file(client: Client) -> str:
    reply = client.get("/answers/export.csv?period=all")
    return b"".join(reply).decode()  # type: ignore[arg-type]  # a streaming response


@CHOICES
def test_further_answers_in_the_file(client: Client, company: Company, is_on: bool) -> None:
    choose(company, feeds=not is_on, exports=is_on)
    asked = [{"key": "more", "type": "text"}]
    texts = {"en": {"question": "How likely?", "why": "Why?", "more": "What else?"}}
    shown = factories.version(questions=asked, texts=texts)
    factories.response(
        **of_olena(company, comment="", survey=shown.survey, version=shown, answers={"more": WHOLE},
                   answered_at=timezone.now())
    )  # fmt: skip
    client.force_login(company.mark)

    only(_file(client), is_on)


@CHOICES
def test_the_workbook_of_the_report(client: Client, company: Company, is_on: bool) -> None:
    choose(company, feeds=not is_on, exports=is_on)
    factories.response(**of_olena(company, score=1, answered_at=timezone.now()))
    client.force_login(company.mark)
    month = month_text(month_of(timezone.localdate()))

    reply = client.get(f"/reports/{company.north.ref}/{month}/xlsx/")

    only(str(load_workbook(BytesIO(reply.content))["Comments"]["C2"].value), is_on)


def test_pages_of_answers_and_cases_keep_the_text(
    client: Client, company: Company, answer: Answer
) -> None:
    choose(company, feeds=True, exports=True)
    given = answer(**of_olena(company))
    client.force_login(company.mark)

    for path in (f"/answers/{given.ref}/", f"/cases/{Case.objects.get().ref}/"):
        only(client.get(path).content.decode(), is_on=False)


def test_a_masked_file_of_many_costs_as_few_queries(client: Client, company: Company) -> None:
    choose(company, exports=True)
    client.force_login(company.mark)

    def cost() -> int:
        factories.response(**of_olena(company, answered_at=timezone.now()))
        with CaptureQueriesContext(connection) as seen:
            _file(client)
        return len(seen)

    cost()  # the first visit of the day is counted
    assert cost() == cost()


def test_an_administrator_of_the_whole_company_chooses(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    assert client.post("/company/personal-data/", {"in_exports": "on"}).status_code == 302

    assert (masking().in_feeds, masking().in_exports) == (False, True)
    assert Entry.objects.get(type="masking.changed").payload == {
        "in_feeds": False, "in_exports": True,
    }  # fmt: skip


def test_an_administrator_of_a_part_and_a_manager_do_not(client: Client, company: Company) -> None:
    part = create_user(
        actor=SYSTEM, email="p@acme.example", name="Part", unit=company.north,
        roles=[Role.ADMINISTRATOR],
    )  # fmt: skip

    for user in (part, company.mark):
        client.force_login(user)
        assert client.get("/company/personal-data/").status_code == 403
        assert client.post("/company/personal-data/", {}).status_code == 403
    with pytest.raises(Forbidden):
        set_masking(actor=company.actor("mark"), now=NOW, in_feeds=False, in_exports=False)
    assert masking().in_feeds


def test_the_page_shows_an_example_and_tries_ones_own(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    page = client.get("/company/personal-data/").content.decode()
    assert "Call me, [name], on [phone] or write to [e-mail]. My card is [card]." in page

    tried = client.post("/company/personal-data/", {"words": WHOLE, "name": "Olena"})

    assert MASKED in tried.content.decode()
    assert client.post("/company/personal-data/", {"words": ""}).status_code == 422
    assert not Response.objects.exists()
    assert masking().pk is None
