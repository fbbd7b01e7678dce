"""Do replies of customers come back into their cases, once, whoever brings them?"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from loopwell.cases.enums import Direction, Result
from loopwell.cases.models import Case, File, Letter, StrayMail
from loopwell.cases.operations import Interview, close_case, write_letter
from loopwell.cases.operations.posting import send_letters
from loopwell.cases.operations.receiving import (
    Taken,
    dismiss_stray,
    put_stray_into_case,
    take_mail,
)
from loopwell.cases.queries.letters import letters_of
from loopwell.cases.queries.strays import cases_for_stray, strays
from loopwell.cases.rules.letters import reply_address
from loopwell.cases.rules.mail import read_mail
from loopwell.integrations.imap.models import Mailbox
from loopwell.integrations.imap.operations import (
    MailboxChange,
    read_if_due,
    save_mailbox,
    try_mailbox,
)
from loopwell.integrations.imap.reading import MailboxProblem
from loopwell.integrations.secrets import USER, hook_secret
from loopwell.jobs.running import run_all, strike
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden
from tests import factories
from tests.cases.conftest import Answer, answer, case
from tests.conftest import NOW, Company
from tests.delivery.mail_server import mail_server
from tests.integrations.imap_server import PASSWORD, ImapServer, imap_server
from tests.integrations.imap_server import USER as IMAP_USER

__all__ = ["answer", "case"]
QUOTE = (
    "\n\nOn Wed, 4 Mar 2026 at 10:00, Acme <care@acme.example> wrote:\n\n> Hello Anna,\n> sorry."
)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Any) -> None:
    settings.REPLY_ADDRESS = "care@acme.example"
    settings.MEDIA_ROOT = tmp_path


def mail(case: Case, text: str = "Thank you, it works now." + QUOTE, **wishes: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"] = wishes.pop("sender", case.customer.email)
    made["To"] = wishes.pop("to", reply_address(case.ref))
    made["Subject"] = "Re: About your call"
    made["Message-ID"] = wishes.pop("message_id", "<reply-1@mail.example>")
    made["Date"] = "Wed, 04 Mar 2026 09:30:00 +0000"
    for name, value in wishes.pop("headers", {}).items():
        made[name] = value
    if text:
        made.set_content(text)
    return made


def take(case: Case, *args: Any, **wishes: Any) -> Taken:
    return take_mail(raw=mail(case, *args, **wishes).as_bytes(), now=NOW)


def told(kind: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(type=kind).values_list("payload", flat=True))


def closed(case: Case, company: Company, days: int) -> None:
    close_case(
        actor=company.actor("mark"), now=NOW - timedelta(days=days), case=case,
        version=case.version, interview=Interview(result=Result.UNREACHABLE),
    )  # fmt: skip


def test_a_reply_comes_into_its_case_without_what_it_quotes(case: Case) -> None:
    assert take(case) is Taken.CASE
    assert take(case) is Taken.KNOWN
    letter = Letter.objects.get()
    assert (letter.direction, letter.text) == (Direction.IN, "Thank you, it works now.")
    assert letter.quoted.startswith("On Wed, 4 Mar 2026")
    case.refresh_from_db()
    assert (case.next_step_at, case.version) == (NOW, 2)
    (event,) = told("case.replied")
    assert event["tell"] == [case.owner_id]


def test_it_is_found_by_the_letter_it_answers(case: Case, company: Company) -> None:
    letter = write_letter(
        actor=company.actor("mark"), now=NOW, case=case, subject="About", text="Sorry"
    )
    again = {"In-Reply-To": letter.message_id}
    assert take(case, to="hello@acme.example", sender="x@else.example", headers=again) is Taken.CASE
    assert [each.other_address for each in letters_of(case, NOW)] == [True, False]
    assert told("case.replied") != []


def test_a_sender_with_one_open_case_needs_no_more(case: Case, answer: Answer) -> None:
    wishes: dict[str, Any] = {"to": "care@acme.example"}
    assert take(case, **wishes) is Taken.CASE
    elsewhere = factories.response(customer=case.customer, score=2)
    Case.objects.create(
        customer=case.customer, response=elsewhere, score=2, opened_at=NOW, due_at=NOW,
        next_step_at=NOW,
    )  # fmt: skip
    assert take(case, message_id="<2@mail.example>", **wishes) is Taken.STRAY
    assert StrayMail.objects.get().why == "Its sender has several open cases."


def test_a_forged_tag_is_a_stray_that_somebody_puts_where_it_belongs(
    case: Case, company: Company
) -> None:
    address = f"care+{case.ref}.{'2' * 16}@acme.example"
    assert take(case, to=address, sender="boss@else.example") is Taken.STRAY
    (stray,) = strays(company.actor("alice"))
    assert list(strays(company.actor("mark"))) == []
    assert cases_for_stray(company.actor("alice"), stray) == []
    with pytest.raises(Forbidden):
        dismiss_stray(actor=company.actor("mark"), now=NOW, stray=stray)
    letter = put_stray_into_case(actor=company.actor("alice"), now=NOW, stray=stray, case=case)
    assert letter.text == "Thank you, it works now."
    assert list(strays(company.actor("alice"))) == []
    with pytest.raises(Conflict):
        dismiss_stray(actor=company.actor("alice"), now=NOW, stray=stray)
    assert take(case, to=address, sender="boss@else.example") is Taken.KNOWN


@pytest.mark.parametrize(("days", "opens"), [(29, True), (31, False)])
def test_a_case_closed_lately_opens_again(
    case: Case, company: Company, days: int, opens: bool
) -> None:
    closed(case, company, days)
    assert take(case) is Taken.CASE
    case.refresh_from_db()
    assert (case.closed_at is None) is opens
    assert [row.reason for row in case.reopenings.all()] == (
        ["The customer wrote: Re: About your call"] if opens else []
    )
    assert len(told("case.replied")) == 1


@pytest.mark.parametrize(
    "headers",
    [{"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"}, {"Precedence": "bulk"}],
)
def test_machines_open_nothing(case: Case, company: Company, headers: dict[str, str]) -> None:
    closed(case, company, 1)
    assert take(case, headers=headers) is Taken.CASE
    case.refresh_from_db()
    assert case.closed_at is not None
    assert (case.letters.get().purpose, told("case.replied")) == ("automatic", [])


def test_a_letter_that_came_back_is_said_to_have(case: Case, company: Company) -> None:
    letter = write_letter(
        actor=company.actor("mark"), now=NOW, case=case, subject="About", text="Sorry"
    )
    with mail_server() as box:
        send_letters(NOW)
    raw = (
        b"From: MAILER-DAEMON@mx.example\r\nTo: care@acme.example\r\nMessage-ID: <b@mx.example>\r\n"
        b"Subject: Undelivered\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.example\r\n\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + box.raw[0] + b"\r\n--b--\r\n"
    )
    assert take_mail(raw=raw, now=NOW) is Taken.CASE
    letter.refresh_from_db()
    assert letter.error == "It came back: smtp; 550 no such user"
    assert told("case.replied") == []


def test_files_are_kept_and_html_becomes_words(case: Case) -> None:
    made = mail(case, "")
    made.set_content(
        "<style>p{}</style><p>Добрый <b>день</b></p><script>alert(1)</script>"
        '<img src="https://spy.example/x.png"><blockquote>old words</blockquote>',
        subtype="html", charset="koi8-r",
    )  # fmt: skip
    made.add_attachment(b"\x89PNG\r\n\x1a\nxx", maintype="image", subtype="png", filename="a/b.png")
    made.add_attachment(b"x" * (11 * 1024 * 1024), maintype="application", subtype="pdf",
                        filename="huge.pdf")  # fmt: skip
    assert take_mail(raw=made.as_bytes(), now=NOW) is Taken.CASE
    letter = Letter.objects.get()
    assert (letter.text, letter.quoted) == ("Добрый день", "> old words")
    assert [(row.name, row.media_type) for row in File.objects.all()] == [("b.png", "image/png")]
    assert "huge.pdf" in letter.error


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Спасибо!\n\nср, 4 мар. 2026 г. в 10:00, Acme <c@a.example>:\n\n> Hello", "Спасибо!"),
        ("Дякую\n\nср, 4 бер. 2026 р. о 10:00 Acme <c@a.example> пише:\n> Hello", "Дякую"),
        ("Dzięki\n\nW dniu 4 mar 2026 Acme <c@a.example> napisał(a):\n\n> Hello", "Dzięki"),
        ("Ok\n\n-----Original Message-----\nFrom: Acme\nSent: today\n\nHello", "Ok"),
        ("Ок\n\nОт: Acme <c@a.example>\nОтправлено: среда\nКому: x\n\nHello", "Ок"),
        ("Not good: it was\n\nlate and cold.", "Not good: it was\n\nlate and cold."),
    ],
)
def test_only_what_they_wrote_themselves(text: str, own: str) -> None:
    made = EmailMessage()
    made.set_content(text)
    assert read_mail(made.as_bytes()).text == own


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff\xfe", b"From: =?bad?q?x?=\r\n\r\nhi",
     b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\x00caf\xe9"],
)  # fmt: skip
def test_strange_bytes_are_kept_too(company: Company, raw: bytes) -> None:
    assert take_mail(raw=raw, now=NOW) is Taken.STRAY
    assert take_mail(raw=raw, now=NOW) is Taken.KNOWN


@pytest.fixture(scope="module")
def dovecot() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


def change(server: ImapServer, **wishes: Any) -> MailboxChange:
    fields = {
        "host": server.host, "port": server.port, "security": "none", "user": IMAP_USER,
        "password": PASSWORD, "folder": "INBOX",
    }  # fmt: skip
    return MailboxChange(**{**fields, **wishes})


@pytest.fixture
def mailbox(dovecot: ImapServer, company: Company) -> ImapServer:
    with dovecot.session() as box:
        box.delete(box.uids())
    save_mailbox(actor=company.actor("alice"), now=NOW, change=change(dovecot))
    return dovecot


def test_mails_in_the_mailbox_are_taken_once_and_marked(mailbox: ImapServer, case: Case) -> None:
    mailbox.put(mail(case).as_bytes())
    mailbox.put(mail(case, "Hi", message_id="<9@x.example>", to="care@acme.example",
                     sender="new@else.example").as_bytes())  # fmt: skip
    later = NOW + timedelta(minutes=1)
    strike(later)
    run_all(later)
    row = Mailbox.objects.get()
    assert (row.taken, row.error) == (2, "")
    assert (Letter.objects.count(), StrayMail.objects.count()) == (1, 1)
    with mailbox.session() as box:
        assert [list(each.flags) for each in box.fetch(mark_seen=False)] == [["\\Seen"]] * 2
    read_if_due(later + timedelta(minutes=1))
    assert Mailbox.objects.get().taken == 2


def test_done_mails_may_move_and_numbers_may_begin_anew(
    mailbox: ImapServer, case: Case, company: Company
) -> None:
    with mailbox.session() as box:
        if not box.folder.exists("Done"):
            box.folder.create("Done")
    save_mailbox(actor=company.actor("alice"), now=NOW, change=change(mailbox, done_folder="Done"))
    mailbox.put(mail(case).as_bytes())
    Mailbox.objects.update(validity="1", last_uid=10_000)
    assert read_if_due(NOW).into_cases == 1
    with mailbox.session() as box:
        assert (len(box.uids()), box.folder.status("Done")["MESSAGES"]) == (0, 1)


def test_a_mail_too_large_is_said_to_be(
    mailbox: ImapServer, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopwell.integrations.imap.reading.LARGEST", 100)
    mailbox.put(mail(case).as_bytes())
    read_if_due(NOW)
    assert "larger than 25 MB" in Letter.objects.get().text


def test_a_failing_server_is_asked_again_less_and_less_often(
    company: Company, dovecot: ImapServer
) -> None:
    alice = company.actor("alice")
    save_mailbox(actor=alice, now=NOW, change=change(dovecot, password="wrong"))
    read_if_due(NOW)
    row = Mailbox.objects.get()
    assert "refuses user or password" in row.error
    assert row.retry_at == NOW + timedelta(minutes=1)
    read_if_due(NOW + timedelta(seconds=30))
    assert Mailbox.objects.get().failures == 1
    with pytest.raises(MailboxProblem):
        try_mailbox(actor=alice, change=change(dovecot, port=9))
    assert try_mailbox(actor=alice, change=change(dovecot)) >= 0
    with pytest.raises(Forbidden):
        try_mailbox(actor=company.actor("mark"), change=change(dovecot))
    save_mailbox(actor=alice, now=NOW, change=change(dovecot))
    read_if_due(NOW)
    assert Mailbox.objects.get().error == ""
    assert PASSWORD not in Mailbox.objects.get().sealed


def use(settings: Any, name: str, **keys: str) -> None:
    settings.EMAIL_ESP = name
    settings.ANYMAIL = keys


def mailgun_post(case: Case, *, key: str = "signing-key") -> dict[str, Any]:
    stamp = str(int(time.time()))
    sign = hmac.new(key.encode(), f"{stamp}token".encode(), hashlib.sha256).hexdigest()
    return {
        "timestamp": stamp, "token": "token", "signature": sign,
        "recipient": reply_address(case.ref), "sender": case.customer.email,
        "body-mime": mail(case, to="Care <care@acme.example>").as_string(),
    }  # fmt: skip


def test_mailgun_brings_replies(case: Case, client: Client, settings: Any) -> None:
    use(settings, "mailgun", MAILGUN_WEBHOOK_SIGNING_KEY="signing-key")
    url = "/hooks/esp/mailgun/inbound/"
    assert client.post(url, mailgun_post(case, key="other")).status_code == 403
    assert client.post(url, mailgun_post(case)).status_code == 200
    assert client.post(url, mailgun_post(case)).status_code == 200
    assert Letter.objects.get().text == "Thank you, it works now."
    assert client.post("/hooks/esp/postmark/inbound/", {}).status_code == 404


def test_postmark_brings_replies_with_files(case: Case, client: Client, settings: Any) -> None:
    use(settings, "postmark", POSTMARK_SERVER_TOKEN="x")
    told = {
        "FromFull": {"Email": "other@else.example", "Name": "Anna"}, "From": "other@else.example",
        "ToFull": [{"Email": reply_address(case.ref), "Name": ""}],
        "OriginalRecipient": reply_address(case.ref), "Subject": "Re: About your call",
        "TextBody": "Still broken" + QUOTE, "HtmlBody": "",
        "Date": "Wed, 4 Mar 2026 09:30:00 +0000",
        "MessageID": "f1", "Headers": [{"Name": "Message-ID", "Value": "<pm-1@mail.example>"}],
        "Attachments": [{"Name": "bill.pdf", "Content": base64.b64encode(b"%PDF-1.4").decode(),
                         "ContentType": "application/pdf", "ContentLength": 8}],
    }  # fmt: skip
    url, body = "/hooks/esp/postmark/inbound/", json.dumps(told)
    send = {"content_type": "application/json"}
    assert client.post(url, body, **send).status_code == 403  # type: ignore[arg-type]
    key = base64.b64encode(f"{USER}:{hook_secret('esp')}".encode()).decode()
    send["HTTP_AUTHORIZATION"] = f"Basic {key}"
    assert client.post(url, body, **send).status_code == 200  # type: ignore[arg-type]
    assert client.post(url, "[]", **send).status_code in (200, 400)  # type: ignore[arg-type]
    letter = Letter.objects.get()
    assert (letter.text, letter.message_id) == ("Still broken", "<pm-1@mail.example>")
    assert [row.name for row in letter.attachments.all()] == ["bill.pdf"]
    assert letters_of(case, NOW)[0].other_address


@pytest.mark.parametrize(
    "text",
    [
        ">\n" * 200_000 + "x",
        "a@b.c wrote:\n" + "\n" * 18_000 + "x",
        "On " * 6000,
        "\n" + " " * 10**5,
    ],
)
def test_a_mail_made_to_be_slow_is_not(text: str) -> None:
    made = EmailMessage()
    made.set_content(text + "x")
    began = time.monotonic()
    read_mail(made.as_bytes())
    assert time.monotonic() - began < 5
