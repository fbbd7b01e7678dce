"""A warehouse that is missing, damaged or nowhere to be written costs numbers, never an answer."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loopwell.access.rules import SYSTEM
from loopwell.insights.operations import heal
from loopwell.insights.questions import Question, ask_one
from loopwell.insights.warehouse import WarehouseUnavailable, close_warehouse
from loopwell.jobs.running import run_all
from loopwell.journal.models import Cursor
from loopwell.journal.queries import parked
from loopwell.journal.reading import consume_all
from loopwell.responses.models import Response
from loopwell.responses.operations import record_response
from loopwell.responses.rules import Answer
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "facts" / "facts.duckdb"
    settings.WAREHOUSE_URL = f"duckdb:///{path}"
    return path


def answer(company: Company) -> None:
    asked = factories.invitation(unit=company.north)
    record_response(actor=SYSTEM, invitation_ref=asked.ref, answer=Answer(9), now=NOW)
    consume_all(now=NOW)


def damage(path: Path, how: str) -> None:
    close_warehouse()
    path.parent.mkdir(exist_ok=True)
    whole = path.read_bytes() if path.exists() else b""
    if how == "garbage":
        path.write_bytes(b"this is no database" * 1000)
    else:
        path.write_bytes(whole[: len(whole) // 3])


@pytest.mark.parametrize("how", ["garbage", "cut off"])
def test_a_damaged_file_is_said_with_the_mending_and_heals(
    client: Client, company: Company, file: Path, how: str
) -> None:
    answer(company)
    damage(file, how)

    answer(company)  # is accepted, and waits

    assert Response.objects.count() == 2
    client.force_login(company.mark)
    page = client.get("/")
    assert page.status_code == 200
    assert "move the file away and start Loopwell again" in page.content.decode()
    with pytest.raises(WarehouseUnavailable, match="Answers are still accepted"):
        ask_one(Question("answers"), company.actor("alice"))

    close_warehouse()
    file.unlink()
    Cursor.objects.update(retry_at=None)
    consume_all(now=NOW)
    heal(NOW)
    run_all(NOW)
    assert parked() == [], "an entry is not to blame for a broken disk"
    assert ask_one(Question("answers"), company.actor("alice")).n == 2


def test_where_no_folder_can_be_made(
    client: Client, company: Company, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file stands where the folder should be")
    settings.WAREHOUSE_URL = f"duckdb:///{tmp_path}/taken/facts.duckdb"
    answer(company)
    assert Response.objects.count() == 1
    client.force_login(company.mark)
    page = client.get("/")
    assert page.status_code == 200
    assert "Answers are still accepted" in page.content.decode()
