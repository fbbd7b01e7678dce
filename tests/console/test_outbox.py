"""The outbox: what was written, to whom, and who may look."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client, override_settings

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.operations import suppress
from loopwell.delivery.sending import send_waiting
from loopwell.sampling.links import token_of
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched
from tests.delivery.mail_server import mail_server


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Path]:
    with override_settings(OUTBOX_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def message(company: Company, now: datetime) -> Message:
    launched(company, now, factories.customer(name="Анна", language="ru", unit=company.north))
    return Message.objects.get()


def pages(message: Message) -> list[str]:
    return ["/outbox/", f"/outbox/{message.ref}/", f"/outbox/{message.ref}/html/"]


def test_a_written_message_can_be_opened_and_answered(
    company: Company, message: Message, now: datetime, client: Client
) -> None:
    send_waiting(now)
    client.force_login(company.alice)

    assert (configured.OUTBOX_DIR / f"{message.ref}.eml").is_file()
    page = client.get(f"/outbox/{message.ref}/")
    html = client.get(f"/outbox/{message.ref}/html/")

    assert page.context["subject"] == "Анна, вы бы порекомендовали нас друзьям?"
    assert f"/r/{token_of(message.invitation.ref)}/?score=3" in html.content.decode()
    assert "<base target='_blank'>" in html.content.decode()
    assert "sandbox allow-popups" in html.headers["Content-Security-Policy"]


def test_a_message_that_left_by_smtp_is_shown_without_its_links(
    company: Company, message: Message, now: datetime, client: Client
) -> None:
    with mail_server():
        send_waiting(now)
        client.force_login(company.alice)
        page = client.get(f"/outbox/{message.ref}/")
        html = client.get(f"/outbox/{message.ref}/html/").content.decode()

    assert page.context["written"].from_file is False
    for shown in (html, page.content.decode()):
        assert token_of(message.invitation.ref) not in shown
    assert "/r/preview/?score=3" in html


def test_the_state_filters_and_errors_are_told(
    company: Company, message: Message, now: datetime, client: Client
) -> None:
    with mail_server(refuse={message.to: "550 5.1.1 no such user"}):
        send_waiting(now)
    client.force_login(company.alice)

    failed = client.get("/outbox/?state=failed")
    assert "550 5.1.1 no such user" in failed.content.decode()
    assert [str(each) for each, _count in failed.context["tabs"]] == ["failed"]
    assert not client.get("/outbox/?state=sent").context["page"].object_list
    assert client.get("/outbox/?state=nonsense").context["state"] == ""


@pytest.mark.parametrize("name", ["mark", "fiona", "oscar"])
def test_readers_are_refused(company: Company, message: Message, client: Client, name: str) -> None:
    client.force_login(getattr(company, name))
    for page in pages(message):
        assert client.get(page).status_code == 403, page


def test_another_units_programme_sees_nothing(
    company: Company, message: Message, client: Client
) -> None:
    sue = create_user(
        actor=SYSTEM, email="sue@acme.example", name="Sue", unit=company.south,
        roles=[Role.PROGRAMME],
    )  # fmt: skip
    client.force_login(sue)

    assert list(client.get("/outbox/").context["page"]) == []
    for page in pages(message)[1:]:
        assert client.get(page).status_code == 404


def test_nobody_is_sent_to_the_login(message: Message, client: Client) -> None:
    for page in pages(message):
        assert client.get(page).status_code == 302


@override_settings(EMAIL_TO_FILES=True)
def test_a_newcomer_reads_why_nothing_is_sent(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    assert "No mail server is named" in client.get("/outbox/").content.decode()


def test_mail_to_colleagues_is_shown_to_those_who_run_everything(
    company: Company, message: Message, client: Client, outbox: Path
) -> None:
    (outbox / "alarm-1.eml").write_text("Subject: Call Ann\nTo: mark@acme.example\n\nNow.")
    (outbox / "secret.eml").write_text("Subject: Secret\n\nNo.")
    client.force_login(company.alice)

    assert [each.name for each in client.get("/outbox/").context["colleagues"]] == ["alarm-1"]
    page = client.get("/outbox/colleagues/alarm-1/")
    assert (page.context["subject"], page.context["written"].text) == ("Call Ann", "Now.")
    assert client.get("/outbox/colleagues/secret/").status_code == 404
    client.force_login(company.mark)
    assert client.get("/outbox/colleagues/alarm-1/").status_code == 403


def test_addresses_never_to_use_are_kept_by_those_who_run_everything(
    company: Company, client: Client, now: datetime
) -> None:
    suppress(address="gone@mail.example", reason=Reason.BOUNCED, now=now, detail="=1+1")
    number = Suppression.objects.get().pk
    pages = ["/outbox/never/", "/outbox/never/addresses.csv", f"/outbox/never/{number}/remove/"]
    north = create_user(
        actor=SYSTEM, email="n@acme.example", name="N", unit=company.north, roles=[Role.PROGRAMME]
    )
    for who in (north, company.mark, company.fiona):
        client.force_login(who)
        assert [client.get(page).status_code for page in pages] == [403, 403, 403]
        assert client.post(pages[2]).status_code == 403

    client.force_login(company.alice)
    for wrong in ("nobody", "a@b.example\nBcc: c@d.example", ""):
        assert client.post(pages[0], {"address": wrong}).status_code == 422
    client.post(pages[0], {"address": " Ann@Mail.Example "})
    assert "Added by hand" in client.get(pages[0], {"q": "ann@"}).content.decode()
    assert "gone@mail.example" not in client.get(pages[0], {"q": "ann@"}).content.decode()
    lines = b"".join(client.get(pages[1])).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]  # a stream of bytes
    assert lines[1].startswith("ann@mail.example,") or lines[2].startswith("ann@mail.example,")
    assert any(line.endswith(",'=1+1") for line in lines)
    assert "gone@mail.example" in client.get(pages[2]).content.decode()
    assert Suppression.objects.count() == 2  # asked, not yet done
    client.post(pages[2])
    assert [each.address for each in Suppression.objects.all()] == ["ann@mail.example"]
    assert client.post(pages[2]).status_code == 404
