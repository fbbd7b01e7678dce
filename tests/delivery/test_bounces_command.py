"""`loopwell bounces`: what a mail system pipes in is recorded, the rest refused with 65."""

import io
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

import pytest

from loopwell.config.commands import bounces
from loopwell.delivery.models import Message
from loopwell.delivery.sending import send_waiting
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched
from tests.delivery.test_bounces import report


@pytest.fixture
def message(company: Company, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Message:
    monkeypatch.setattr(bounces, "prepare", lambda **_options: None)  # Django runs already
    launched(company, now, factories.customer(email="ann@mail.example"))
    send_waiting(now)
    return Message.objects.get()


def test_a_report_in_a_file(
    message: Message, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.eml"
    file.write_bytes(report(f"X-Loopwell-Message: {message.ref}"))

    assert bounces.run(Namespace(file=str(file))) == 0
    message.refresh_from_db()
    assert message.state == "bounced"
    assert "ann@mail.example: will not be written to again" in capsys.readouterr().out


def test_other_mail_from_a_pipe_is_refused(
    message: Message, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Subject: hello\n\nHow are you?"))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert bounces.run(Namespace(file="-")) == 65
    message.refresh_from_db()
    assert message.state == "sent"
    assert "no bounce report" in capsys.readouterr().err


def test_a_missing_file_is_named(message: Message, capsys: pytest.CaptureFixture[str]) -> None:
    assert bounces.run(Namespace(file="/nowhere/report.eml")) == 66
    assert "/nowhere/report.eml" in capsys.readouterr().err
