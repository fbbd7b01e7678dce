"""The mail itself: headers, languages, odd names, links."""

import re
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from django.test import override_settings

from loopwell.access.models import Unit
from loopwell.delivery.jobs import remind
from loopwell.delivery.models import Message
from loopwell.delivery.sending import send_waiting
from loopwell.sampling.links import ref_of
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Brand
from loopwell.surveys.templates import TEMPLATES
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched
from tests.delivery.mail_server import mail_server
from tests.surveys.pictures import png


def mail_to(company: Company, now: datetime, **customer: object) -> EmailMessage:
    launched(company, now, factories.customer(**{"email": "ann@mail.example", **customer}))
    with mail_server() as box:
        send_waiting(now)
    assert len(box.mails) == 1
    return box.mails[0]


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert text is not None
    assert html is not None
    return tuple(part.get_content().replace("\r\n", "\n") for part in (text, html))  # type: ignore[return-value]


@override_settings(BASE_URL="https://nps.acme.example")
def test_every_score_is_a_link_of_this_customer(company: Company, now: datetime) -> None:
    text, html = parts(mail_to(company, now))

    links = re.findall(r'href="https://nps\.acme\.example/r/(\w+)/\?score=(\d+)"', html)
    assert [int(score) for _token, score in links] == list(range(11))
    assert {ref_of(token) for token, _score in links} == {Invitation.objects.get().ref}
    assert f"https://nps.acme.example/r/{links[0][0]}/\n" in text
    assert "<script" not in html
    assert "Acme" in html


@override_settings(BASE_URL="https://nps.acme.example")
def test_unsubscribing_takes_one_click(company: Company, now: datetime) -> None:
    mail = mail_to(company, now)

    found = re.fullmatch(
        r"<https://nps\.acme\.example/r/(\w+)/unsubscribe/>", mail["List-Unsubscribe"]
    )
    assert found is not None
    assert ref_of(found[1]) == Invitation.objects.get().ref
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].endswith("@nps.acme.example>")
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "How likely are you to recommend Acme to a friend or colleague?"),
        ("ru", "С какой вероятностью вы порекомендуете компанию Acme друзьям или коллегам?"),
        ("uk", "Наскільки ймовірно, що ви порадите компанію Acme друзям або колегам?"),
        ("pl-PL", "Jak bardzo prawdopodobne jest, że polecą Państwo firmę Acme znajomym "
                  "lub współpracownikom?"),
        ("", "How likely are you to recommend Acme to a friend or colleague?"),
    ],
)  # fmt: skip
def test_customers_read_their_language(
    company: Company, now: datetime, language: str, question: str
) -> None:
    mail = mail_to(company, now, language=language)
    text, html = parts(mail)

    assert question in text
    assert question in html
    assert mail["Content-Language"] == (language[:2] or "en")


@pytest.mark.parametrize(
    "name",
    [
        'O\'Hara, Ann "the Boss"',
        "Анна Ковальчук 🎉",
        "שרה כהן",
        "Łukasz Żółć; <b>bold</b> & co",
        "Ann\r\nBcc: everybody@mail.example",
        "x" * 190,
    ],
)
def test_odd_names_arrive_whole_and_harmless(company: Company, now: datetime, name: str) -> None:
    mail = mail_to(company, now, name=name)
    shown = " ".join(name.split())

    assert getaddresses([str(mail["To"])])[0][1] == "ann@mail.example"
    assert mail["To"].addresses[0].display_name == shown
    assert mail["Bcc"] is None
    assert mail["Subject"] == f"{shown}, would you recommend Acme?"
    assert f"Hello {shown}," in parts(mail)[0]
    assert "<b>bold" not in parts(mail)[1]


def test_the_company_is_the_sender_in_name(company: Company, now: datetime) -> None:
    Unit.objects.filter(pk=company.root.pk).update(name='Żabka, "Acme" & Sons')
    mail = mail_to(company, now)

    sender = mail["From"].addresses[0]
    assert sender.display_name == 'Żabka, "Acme" & Sons'
    assert sender.addr_spec == "loopwell@localhost"


def test_a_line_that_begins_with_a_dot_arrives(company: Company, now: datetime) -> None:
    person = factories.customer(email="ann@mail.example", name="Ann")
    wave = launched(company, now, person)
    texts = {"en": {**wave.version.texts["en"], "greeting": ".dot\n\n..two\n\n."}}
    type(wave.version).objects.filter(pk=wave.version_id).update(texts=texts)
    with mail_server() as box:
        send_waiting(now)

    assert parts(box.mails[0])[0].startswith(".dot\n\n..two\n\n.\n")


def test_without_a_name_nothing_is_left_over(company: Company, now: datetime) -> None:
    mail = mail_to(company, now, name="")

    assert mail["To"] == "ann@mail.example"
    assert mail["Subject"] == "Would you recommend Acme?"
    assert parts(mail)[0].startswith("Hello,\n")


def test_one_reminder_to_those_who_have_not_answered(company: Company, now: datetime) -> None:
    wave = launched(company, now, reminders=[7])
    with mail_server() as box:
        send_waiting(now)
        Invitation.objects.filter(customer__email="c0@mail.example").update(answered_at=now)
        Invitation.objects.filter(customer__email="c1@mail.example").update(declined_at=now)
        assert remind(now + timedelta(days=6, hours=23)) == 0
        due = now + timedelta(days=7)
        assert (remind(due), remind(due)) == (1, 0)
        send_waiting(due)
        assert remind(due + timedelta(days=7)) == 0
        send_waiting(due + timedelta(days=7))

    assert len(box.to) == 4
    assert box.to[3] == "c2@mail.example"
    assert box.mails[3]["Subject"] == "Customer 2, may we still have your opinion?"
    assert wave.invitations.get(customer__email="c2@mail.example").reminded_at == due


def test_a_sending_without_reminder_or_paused_reminds_nobody(
    company: Company, now: datetime
) -> None:
    wave = launched(company, now, reminders=[])
    Invitation.objects.update(sent_at=now)
    later = now + timedelta(days=20)
    assert remind(later) == 0
    type(wave).objects.update(reminders=[3], paused_at=now)
    assert remind(later) == 0
    type(wave).objects.update(paused_at=None)
    assert remind(later) == 3


def test_an_answer_after_the_reminder_was_queued_stops_it(company: Company, now: datetime) -> None:
    launched(company, now, factories.customer(email="ann@mail.example"))
    with mail_server() as box:
        send_waiting(now)
        due = now + timedelta(days=7)
        remind(due)
        Invitation.objects.update(answered_at=due)
        send_waiting(due)

    assert len(box.to) == 1
    assert Message.objects.get(purpose="reminder").state == "skipped"


@override_settings(BASE_URL="https://nps.acme.example")
def test_the_plain_text_has_every_score_too(company: Company, now: datetime) -> None:
    text, _html = parts(mail_to(company, now))

    links = re.findall(r"(?m)^(\d+): https://nps\.acme\.example/r/\w+/\?score=(\d+)$", text)
    assert links == [(str(score), str(score)) for score in range(11)]


@override_settings(BASE_URL="https://nps.acme.example")
def test_a_link_that_nobody_sees_catches_who_follows_all(company: Company, now: datetime) -> None:
    text, html = parts(mail_to(company, now))

    (trap,) = re.findall(r'<a href="https://nps\.acme\.example/r/\w+/all/"[^>]*>', html)
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap
    assert "display:none" in trap
    assert "/all/" not in text


def test_outlook_gets_eleven_cells_in_one_row(company: Company, now: datetime) -> None:
    _text, html = parts(mail_to(company, now))

    (row,) = re.findall(r'(?s)<tr class="cells">(.*?)</tr>', html)
    cells = re.findall(r'<td class="cell"[^>]*>', row)
    assert len(cells) == 11
    assert all('bgcolor="#ffffff"' in cell and "mso-padding-alt:11px" in cell for cell in cells)


def test_our_look_dresses_the_message(company: Company, now: datetime) -> None:
    Brand.objects.create(
        logo=png(120, 40),
        colour="#7a1fa2",
        sender_name="Acme Care",
        reply_to="care@acme.example",
        postal_address="Acme, 1 Long Road, Springfield",
    )
    mail = mail_to(company, now)
    text, html = parts(mail)

    assert mail["From"].addresses[0].display_name == "Acme Care"
    assert mail["Reply-To"] == "care@acme.example"
    assert "border-top:4px solid #7a1fa2" in html
    assert "1 Long Road" in html
    assert "1 Long Road" in text
    assert 'src="cid:logo@loopwell" alt="Acme" width="120" height="40"' in html
    assert mail.get_content_type() == "multipart/related"
    (logo,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert logo["Content-ID"] == "<logo@loopwell>"
    assert logo.get_content_disposition() == "inline"
    assert logo.get_payload(decode=True) == png(120, 40)


def test_without_a_logo_the_name_stands_and_nothing_hangs_on(
    company: Company, now: datetime
) -> None:
    mail = mail_to(company, now)

    assert mail.get_content_type() == "multipart/alternative"
    assert "<img" not in parts(mail)[1]
    assert mail["Reply-To"] is None


def test_a_panel_does_not_learn_who_asks(company: Company, now: datetime) -> None:
    Brand.objects.create(
        logo=png(120, 40), colour="#7a1fa2", sender_name="Acme Care", reply_to="care@acme.example",
        postal_address="Acme, 1 Long Road",
    )  # fmt: skip
    person = factories.customer(email="ann@mail.example", name="Ann")
    wave = launched(company, now, person)
    type(wave.version.survey).objects.update(kind=SurveyKind.BENCHMARK)
    type(wave.version).objects.update(texts={"en": TEMPLATES["benchmark"].texts["en"]})
    with mail_server() as box:
        send_waiting(now)

    raw = box.mails[0].as_string() + "".join(parts(box.mails[0]))
    assert "Acme" not in raw
    assert "acme" not in raw.replace("alice@acme.example", "")
    assert "#7a1fa2" not in raw


def test_the_contact_is_named_where_the_words_ask_for_it(company: Company, now: datetime) -> None:
    person = factories.customer(email="ann@mail.example", name="Ann")
    wave = launched(company, now, person)
    words = "About {product|your order}, served by {employee|our team}:"
    texts = {"en": {**wave.version.texts["en"], "greeting": words}}
    type(wave.version).objects.filter(pk=wave.version_id).update(texts=texts)
    Invitation.objects.update(product="a blue <bicycle>")
    with mail_server() as box:
        send_waiting(now)
    text, html = parts(box.mails[0])

    assert text.startswith("About a blue <bicycle>, served by our team:\n")
    assert "About a blue &lt;bicycle&gt;, served by our team:" in html
