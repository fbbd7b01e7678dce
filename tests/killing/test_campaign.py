"""A sending that is killed again and again: no message twice, none lost without being shown."""

import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.sending import PREPARE, TRUTH, Sink, compared

from tests.killing.server import Server
from tests.killing.test_kill import server  # noqa: F401 a fixture: both databases

MAILS, KILLS = 1200, 4

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("LOOPWELL_DATABASE_URL")), reason="ran with the SQLite half already"
    ),
]

LATER = """
from django.utils import timezone
from loopwell.delivery.ledger import LEASE, give_up_lost
give_up_lost(timezone.now() + LEASE)
print("null")
"""
WAITING = """
from loopwell.delivery.models import Message
print(json.dumps(Message.objects.filter(state__in=["queued", "sending"]).count()))
"""


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    made = Sink(tmp_path)
    yield made
    made.close()


def test_kills_double_and_lose_nothing(server: Server, sink: Sink) -> None:  # noqa: F811 the fixture
    chance = random.Random(11)
    server.env["LOOPWELL_EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
    server.env["LOOPWELL_EMAIL_PER_SECOND"] = "100000"
    server.loopwell("migrate")
    server.ask(PREPARE + "\nimport json\nprint(json.dumps(None))", str(MAILS))
    server.start()
    for number in range(KILLS):
        wait_for(sink, int(MAILS * (number + chance.random()) / (KILLS + 1)))
        time.sleep(chance.random() / 5)
        server.kill()
        server.ask(LATER)  # three minutes later nobody believes that the dead still work
        server.start()
    deadline = time.monotonic() + 120
    while server.ask(WAITING) and time.monotonic() < deadline:
        time.sleep(0.5)
    server.stop()
    server.ask(LATER)
    found = compared(sink.arrived(), json.loads(json.dumps(server.ask(TRUTH))))

    assert found["messages"] == MAILS
    assert found["doubles"] == 0
    assert found["said to be sent, not arrived"] == 0
    assert found["not arrived, not shown as perhaps sent"] == 0
    assert found["in other states"] == 0
    assert found["perhaps sent"] <= KILLS * 2  # one a sender and kill
    assert found["invitations told"] == found["journal entries"] == MAILS - found["perhaps sent"]


def wait_for(sink: Sink, count: int) -> None:
    deadline = time.monotonic() + 60
    while sum(sink.arrived().values()) < count:
        assert time.monotonic() < deadline, f"{count} messages did not arrive within a minute"
        time.sleep(0.05)
