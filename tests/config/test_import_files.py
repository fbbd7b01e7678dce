"""Does `loopwell import` say what it did, by words and by exit code?"""

from pathlib import Path

import pytest

from loopwell.config.cli import main
from loopwell.people.models import Customer, Interaction, Upload
from tests.conftest import Company


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]  # pytest-django's


def test_a_file_is_tried_then_imported(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, rejects = tmp_path / "c.csv", tmp_path / "rejects.csv"
    path.write_text("id;mail;who;plan\n1;a@mail.example;Anna;gold\n2;nobody;Bob;\n")
    words = ["import", "customers", str(path), "--map", "name=who", "--map", "tariff=plan"]

    assert main([*words, "--dry-run"]) == 3
    assert (Customer.objects.count(), Upload.objects.count()) == (0, 0)

    assert main([*words, "--rejects", str(rejects)]) == 3
    assert list(Customer.objects.values_list("name", "properties")) == [
        ("Anna", {"tariff": "gold"})
    ]
    assert "not an e-mail address" in capsys.readouterr().out
    assert rejects.read_text(encoding="utf-8-sig").splitlines()[1].startswith("3,mail,not an")
    path.write_text("id;mail;who;plan\n1;a@mail.example;Anna;gold\n")
    assert main(words) == 0


def test_what_cannot_be_used_changes_nothing(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,mail\n1,a@mail.example\n")
    assert main(["import", "customers", str(tmp_path / "none.csv")]) == 1
    assert main(["import", "customers", str(path), "--map", "email=Nope"]) == 1
    assert main(["import", "answers", str(path)]) == 1
    told = capsys.readouterr().err
    assert "no column “Nope”. It has: id, mail." in told
    assert "which column holds the score" in told
    assert not Customer.objects.exists()


def test_interactions_come_in_by_their_own_clock(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("order id;event;date;client id\nA1;call;13.02.2026 10:00;C1\n")
    Customer.objects.create(external_id="C1")
    words = ["import", "interactions", str(path)]

    assert main([*words, "--time-zone", "Mars"]) == 1
    assert main([*words, "--map", "touchpoint="]) == 1
    assert "Choose the column of the touchpoint" in capsys.readouterr().err
    assert main([*words, "--time-zone", "Europe/Warsaw"]) == 0
    assert Interaction.objects.get().at.isoformat() == "2026-02-13T09:00:00+00:00"
