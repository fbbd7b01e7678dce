"""Does the unsubscribe button of mail programs (RFC 8058) end the mails of a kept question?

The mail goes through a real SMTP server; what it says there is posted as a mail program does.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from loopwell.digests.operations.subscribing import send_subscriptions
from loopwell.digests.wording import subscription_token
from loopwell.insights.enums import Every
from loopwell.insights.models import SavedQuestion, Subscription
from loopwell.insights.saved_questions import keep_question, subscribe
from tests import factories
from tests.conftest import Company
from tests.delivery.mail_server import mail_server

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def kept(company: Company, built: Callable[[], int], settings: Any) -> SavedQuestion:
    """Alice and Mark get its answer every working day."""
    settings.TIME_ZONE = "UTC"
    settings.BASE_URL = "https://nps.acme.example"
    for _number in range(3):
        factories.response(unit=company.north, score=10, answered_at=MONDAY - timedelta(days=3))
    built()
    alice = company.actor("alice")
    found = keep_question(
        actor=alice, now=MONDAY, name="Units", address="by=unit&period=30d", share="all"
    )
    for who in (alice, company.actor("mark")):
        subscribe(actor=who, now=MONDAY, question=found, every=Every.DAY)
    return found


def sent(now: datetime) -> dict[str, EmailMessage]:
    """By the address of who got it."""
    with mail_server() as box:
        send_subscriptions(now)
        return dict(zip(box.to, box.mails, strict=True))


def one_click(mail: EmailMessage) -> tuple[str, str]:
    """Where a mail program posts, and what."""
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address.startswith("https://nps.acme.example/digest/question/")
    return urlsplit(address).path, str(mail["List-Unsubscribe-Post"])


def test_one_click_ends_the_mails_of_one_reader(
    kept: SavedQuestion, company: Company, client: Client
) -> None:
    mails = sent(MONDAY)
    assert set(mails) == {company.alice.email, company.mark.email}
    path, body = one_click(mails[company.mark.email])
    assert body == "List-Unsubscribe=One-Click"

    posted = Client(enforce_csrf_checks=True).post(
        path, body, content_type="application/x-www-form-urlencoded"
    )

    assert posted.status_code == 200
    assert set(sent(MONDAY + timedelta(days=1))) == {company.alice.email}
    assert client.post(path).status_code == 200


def test_scanners_that_open_links_end_nothing(
    kept: SavedQuestion, company: Company, client: Client
) -> None:
    path, _body = one_click(sent(MONDAY)[company.mark.email])

    page = client.get(path).content.decode()

    assert "You get the answer to “Units” by mail. Shall it stop?" in page
    assert client.head(path).status_code == 200
    assert Subscription.objects.count() == 2


def test_forged_links_and_what_is_gone_are_not_found(
    kept: SavedQuestion, company: Company, client: Client
) -> None:
    token = subscription_token(kept.ref, company.mark.pk)
    forged = f"/digest/question/{token[:-2]}xx/stop/"

    assert client.post(forged).status_code == 404
    assert client.post("/digest/question/nonsense/stop/").status_code == 404
    kept.delete()
    assert client.post(f"/digest/question/{token}/stop/").status_code == 404
