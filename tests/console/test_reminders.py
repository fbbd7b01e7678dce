"""Pages of personal reminders, of messages perhaps sent, of files of addresses never to use."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.delivery.enums import State
from loopwell.delivery.models import DomainLimit, Message, Nudge, Suppression
from loopwell.journal.models import Entry
from loopwell.sampling.models import Invitation, Wave
from tests import factories
from tests.conftest import Company


@pytest.fixture
def olga(company: Company) -> User:
    return create_user(
        actor=SYSTEM, email="olga@acme.example", name="Olga", unit=company.north,
        roles=[Role.ACCOUNT_MANAGER],
    )  # fmt: skip


@pytest.fixture
def silent(company: Company, olga: User) -> Invitation:
    now = timezone.now()
    account = factories.account(unit=company.north, owner=olga, name="Client A")
    person = factories.customer(
        account=account, name="Ann Lee", phone="+48601234567", title="Head of IT"
    )
    version = factories.version()
    wave = Wave.objects.create(name="W", version=version, seed=1, reminders=[7])
    return factories.invitation(
        customer=person, account=account, version=version, wave=wave,
        sent_at=now - timedelta(days=9), expires_at=now + timedelta(days=20),
    )  # fmt: skip


def test_the_owner_notes_a_personal_reminder(
    client: Client, olga: User, silent: Invitation
) -> None:
    client.force_login(olga)
    page = client.get("/reminders/").content.decode()
    for words in ("Ann Lee", "Head of IT", "Client A", "tel:+48601234567", "mailto:", "9 days"):
        assert words in page
    assert "1 contact should be reminded now" in page

    done = client.post(f"/reminders/{silent.ref}/", {"note": "met her"}, follow=True)
    assert "Noted: you have reminded Ann Lee." in done.content.decode()
    assert Nudge.objects.get().note == "met her"


def test_outsiders_see_and_note_nothing(
    client: Client, company: Company, silent: Invitation
) -> None:
    client.force_login(company.oscar)
    assert "Ann Lee" not in client.get("/reminders/").content.decode()
    client.post(f"/reminders/{silent.ref}/")
    assert not Nudge.objects.exists()


def test_a_person_sends_an_unsure_message_again(
    client: Client, company: Company, silent: Invitation
) -> None:
    message = Message.objects.create(
        invitation=silent, purpose="invitation", to="a@b.example", state=State.UNSURE
    )
    client.force_login(company.alice)
    assert "it may arrive twice" in client.get(f"/outbox/{message.ref}/").content.decode()

    client.post(f"/outbox/{message.ref}/again/")
    assert client.post(f"/outbox/{message.ref}/again/").status_code == 409
    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert Entry.objects.filter(type="invitation.resent").count() == 1
    client.force_login(company.mark)
    assert client.post(f"/outbox/{message.ref}/again/").status_code == 403


def test_a_file_of_addresses(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    wrong = SimpleUploadedFile("a.csv", b"Mail\na@b.example\nnobody\n")
    page = client.post("/outbox/never/import/", {"file": wrong})
    assert page.status_code == 422
    assert "row 3" in page.content.decode()
    assert not Suppression.objects.exists()

    right = SimpleUploadedFile("a.csv", b"Mail\na@b.example\n+48 601 234 567\n")
    client.post("/outbox/never/import/", {"file": right})
    assert Suppression.objects.count() == 2


def test_speed_by_provider(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    given = {"name": "Google", "domains": "gmail.com, googlemail.com", "per_minute": "60"}
    assert (
        "Google is limited." in client.post("/outbox/limits/", given, follow=True).content.decode()
    )
    found = DomainLimit.objects.get()
    assert (found.domains, found.per_minute) == (["gmail.com", "googlemail.com"], 60)

    for wrong in ({"domains": "gmail"}, {"name": "G", "domains": "gmail.com"}):
        assert client.post("/outbox/limits/", given | wrong).status_code == 422
    client.post(f"/outbox/limits/{found.pk}/forget/")
    assert not DomainLimit.objects.exists()
    client.force_login(company.mark)
    assert client.get("/outbox/limits/").status_code == 403
