"""What the page of channels says, and a test to oneself through real servers."""

from typing import Any

import pytest
from django.test import Client

from loopwell.delivery.models import Message
from loopwell.integrations.secrets import hook_secret
from tests.conftest import Company
from tests.integrations.gateway import gateway


@pytest.fixture
def alice(company: Company, client: Client) -> Client:
    client.force_login(company.alice)
    return client


def test_nothing_set_up_says_what_to_do(alice: Client) -> None:
    page = alice.get("/channels/").content.decode()
    assert "LOOPWELL_EMAIL_URL=" in page
    assert "LOOPWELL_SMS_URL=" in page
    assert hook_secret("sms_http") not in page


def test_addresses_to_copy_are_for_administrators(
    alice: Client, company: Company, settings: Any
) -> None:
    settings.SMS_URL = "https://gateway.example/send?key=hidden-key"
    page = alice.get("/channels/").content.decode()
    assert hook_secret("sms_http") in page
    assert "gateway.example" in page
    assert "hidden-key" not in page
    alice.force_login(company.mark)
    assert alice.get("/channels/").status_code == 403


def test_a_test_to_myself_by_sms(alice: Client, settings: Any) -> None:
    with gateway() as server:
        settings.SMS_URL, settings.ALLOW_PRIVATE_NETWORKS = f"{server.url}/send", True
        answer = alice.post("/channels/sms/test/", {"address": "+48 123 456 789"}, follow=True)
        assert "The test left" in answer.content.decode()
        assert "%2B48123456789" in server.told[0].body
        server.answers(400, why="no credit")
        answer = alice.post("/channels/sms/test/", {"address": "+48 123 456 789"})
        assert answer.status_code == 502
        assert "no credit" in answer.content.decode()
        assert alice.post("/channels/sms/test/", {"address": "12"}).status_code == 422
        assert len(server.told) == 2
    assert not Message.objects.exists()


def test_a_test_by_mail_is_written_to_files(alice: Client, settings: Any, tmp_path: Any) -> None:
    settings.OUTBOX_DIR = tmp_path
    answer = alice.post("/channels/email/test/", {"address": "me@acme.example"}, follow=True)
    assert "The test left" in answer.content.decode()
    (written,) = tmp_path.glob("*.eml")
    assert "me@acme.example" in written.read_text()


def test_no_such_channel(alice: Client) -> None:
    assert alice.post("/channels/smoke/test/", {"address": "x"}).status_code == 404
