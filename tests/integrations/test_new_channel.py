"""Is a new channel really one folder? The example of docs/developer/channels.md, at work."""

import json
import re
from collections.abc import Iterator
from importlib import import_module, reload
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.delivery.channels import CHANNELS
from loopwell.delivery.enums import State
from loopwell.delivery.models import Suppression
from loopwell.delivery.sending import send_waiting
from loopwell.integrations.discovery import hooks, load_channels
from loopwell.sampling.rules import ADDRESSES
from tests.conftest import Company
from tests.integrations.asked import PHONE, asked
from tests.integrations.gateway import Gateway, gateway

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pigeon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    module = reload(import_module("tests.integrations.pigeon.channel"))
    with gateway() as server:
        monkeypatch.setattr(module, "ADDRESS", f"{server.url}/messages")
        settings.ALLOW_PRIVATE_NETWORKS = True
        yield server
    del CHANNELS["pigeon"], ADDRESSES["pigeon"]


def test_its_messages_leave_once(company: Company, pigeon: Gateway, client: Client) -> None:
    pigeon.answers(200, id="p-1")
    message = asked(channel="pigeon")
    send_waiting(timezone.now())
    send_waiting(timezone.now())
    message.refresh_from_db()
    assert (message.state, message.message_id, message.to) == (State.SENT, "p-1", PHONE)
    (told,) = pigeon.told
    assert json.loads(told.body)["key"] == message.ref
    client.force_login(company.alice)
    assert "Pigeon" in client.get("/channels/").content.decode()


def test_numbers_it_does_not_know_are_never_used_again(company: Company, pigeon: Gateway) -> None:
    pigeon.answers(404)
    asked(channel="pigeon")
    send_waiting(timezone.now())
    assert Suppression.objects.get().address == PHONE


def test_the_guide_shows_the_very_example() -> None:
    guide = (ROOT / "docs/developer/channels.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert code
    assert code[1] == (ROOT / "tests/integrations/pigeon/channel.py").read_text(encoding="utf-8")


def test_folders_are_found_by_themselves() -> None:
    load_channels()
    assert {"email", "sms"} <= CHANNELS.keys()
    assert {name for name, _urls in hooks()} >= {"esp", "sms_http", "twilio"}
