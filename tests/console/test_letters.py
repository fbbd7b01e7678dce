"""Can a letter be written, read and sent again on the page of a case, and are strays sorted?"""

from typing import Any

import pytest
from django.test import Client

from loopwell.cases.models import Case, Letter, LetterTemplate, StrayMail
from loopwell.cases.operations.receiving import take_mail
from loopwell.integrations.imap.models import Mailbox
from loopwell.kit.sealing import seal
from tests.cases.conftest import answer, case
from tests.conftest import NOW, Company

__all__ = ["answer", "case"]


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_letter_is_written_in_the_case(case: Case, company: Company, client: Client) -> None:
    client.force_login(company.mark)
    template = LetterTemplate.objects.get(purpose="thanks")
    page = client.get(f"/cases/{case.ref}/?template={template.ref}").content.decode()
    assert "Thank you from Acme" in page
    url = f"/cases/{case.ref}/letters/"
    assert client.post(url, {"subject": "", "text": "Kept words"}).status_code == 422
    sent = client.post(url, {"subject": "Hi", "text": "Words", "template": template.ref})
    assert sent.headers["Location"] == f"/cases/{case.ref}/#letters"
    letter = Letter.objects.get()
    assert (letter.by, letter.purpose, letter.text) == (company.mark, "thanks", "Words")
    Letter.objects.update(failed_at=NOW, error="<550> no such user")
    shown = client.get(f"/cases/{case.ref}/").content.decode()
    assert "&lt;550&gt; no such user" in shown
    assert "did not leave" in shown
    again = client.post(f"/cases/{case.ref}/letters/{letter.ref}/again/")
    assert again.status_code == 302
    assert Letter.objects.get().failed_at is None
    client.force_login(company.oscar)
    assert client.post(url, {"subject": "Hi", "text": "x"}).status_code == 404


def test_ready_words_are_changed_previewed_and_retired(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    assert "Apology and next step" in client.get("/letters/").content.decode()
    words = {"name": "Refund", "subject_en": "Your refund, {customer}", "text_en": "Hello {nobody}"}
    refused = client.post("/letters/new/", words)
    assert refused.status_code == 422
    assert "{nobody}" in refused.content.decode()
    words["text_en"] = "Hello {customer}, from {company}"
    preview = client.post("/letters/new/", {**words, "preview": "1"}).content.decode()
    assert "Hello Anna Kowalska, from Acme" in preview
    assert not LetterTemplate.objects.filter(name="Refund").exists()
    client.post("/letters/new/", words)
    row = LetterTemplate.objects.get(name="Refund")
    assert row.words == {
        "en": {"subject": "Your refund, {customer}", "text": "Hello {customer}, from {company}"}
    }
    client.post(f"/letters/{row.ref}/retirement/")
    row.refresh_from_db()
    assert row.retired_at is not None
    client.force_login(company.mark)
    assert client.get("/letters/").status_code == 403
    assert client.get(f"/letters/{row.ref}/").status_code == 403


def test_mails_without_a_case_are_sorted(case: Case, company: Company, client: Client) -> None:
    raw = b"From: Eve <eve@else.example>\r\nSubject: %d\r\nMessage-ID: <%d@x.example>\r\n\r\n<b>hi"
    for number in (1, 2):
        take_mail(raw=raw % (number, number), now=NOW)
    first, second = StrayMail.objects.order_by("id")
    client.force_login(company.alice)
    page = client.get("/letters/unsorted/").content.decode()
    assert "eve@else.example" in page
    assert "&lt;b&gt;hi" in page
    missed = client.post(f"/letters/unsorted/{first.ref}/case/", {"written": "nonsense"})
    assert missed.status_code == 302
    assert StrayMail.objects.filter(resolved_at=None).count() == 2
    address = f"https://nps.acme.example/cases/{case.ref}/"
    client.post(f"/letters/unsorted/{first.ref}/case/", {"written": address})
    client.post(f"/letters/unsorted/{second.ref}/dismissal/")
    assert StrayMail.objects.filter(resolved_at=None).count() == 0
    assert Letter.objects.get().case == case
    assert "From another address" in client.get(f"/cases/{case.ref}/").content.decode()


def test_the_mailbox_keeps_its_password_to_itself(company: Company, client: Client) -> None:
    fields = {"host": "127.0.0.1", "port": "9", "security": "none", "user": "care",
              "password": "s3cret-word", "folder": "INBOX", "is_on": "on"}  # fmt: skip
    client.force_login(company.mark)
    assert client.get("/channels/mailbox/").status_code == 403
    client.force_login(company.alice)
    refused = client.post("/channels/mailbox/", fields)
    assert refused.status_code == 422
    assert "port 9" in refused.content.decode()
    assert not Mailbox.objects.exists()
    del fields["is_on"]
    assert client.post("/channels/mailbox/", fields).status_code == 302
    assert "s3cret-word" not in client.get("/channels/mailbox/").content.decode()
    kept = Mailbox.objects.get().sealed
    client.post("/channels/mailbox/", {**fields, "password": ""})
    assert Mailbox.objects.get().sealed == kept
    elsewhere = client.post(
        "/channels/mailbox/", {**fields, "password": "", "host": "evil.example"}
    )
    assert elsewhere.status_code == 422


def test_failures_stand_on_the_status_page(case: Case, company: Company, client: Client) -> None:
    Mailbox.objects.create(
        host="h", user="u", sealed=seal("x", purpose="imap"), error="the server sleeps"
    )
    Letter.objects.create(
        case=case, direction="out", address="a@b.example", subject="s", text="t",
        message_id="<1@a>", failed_at=NOW, error="went wrong",
    )  # fmt: skip
    client.force_login(company.alice)
    page = client.get("/status/").content.decode()
    assert "the server sleeps" in page
    assert "went wrong" in page
    assert "the server sleeps" in client.get("/channels/").content.decode()
