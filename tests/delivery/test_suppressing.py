"""Files of addresses never to use: all or nothing, each once, e-mails and phones."""

from datetime import datetime
from pathlib import Path

import pytest

from loopwell.delivery.models import Suppression
from loopwell.delivery.suppressing import Brought, import_suppressions
from loopwell.kit.errors import Forbidden, Invalid
from tests.conftest import Company


def bring(company: Company, now: datetime, folder: Path, text: str) -> Brought:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return import_suppressions(actor=company.actor("alice"), path=path, now=now)


def test_addresses_and_phones_each_once(company: Company, now: datetime, tmp_path: Path) -> None:
    Suppression.objects.create(address="known@mail.example", reason="bounced", at=now)
    text = (
        "Name,Contact\nAnn,ANN@mail.example\nAnn,<ann@mail.example>\n"
        "Bob,+48 601 234 567\nKim,known@mail.example\n,\n"
    )
    assert bring(company, now, tmp_path, text) == Brought(added=2, known=1, repeated=1)
    found = dict(Suppression.objects.values_list("address", "reason"))
    assert found == {
        "ann@mail.example": "manual", "+48601234567": "manual", "known@mail.example": "bounced",
    }  # fmt: skip


def test_a_list_without_headings(company: Company, now: datetime, tmp_path: Path) -> None:
    bring(company, now, tmp_path, "ann@mail.example\nbob@mail.example\n")
    assert Suppression.objects.count() == 2


def test_a_wrong_address_stops_all_and_names_its_row(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="row 3: “nobody at home”"):
        bring(company, now, tmp_path, "E-mail\nann@mail.example\nnobody at home\nb@mail.example\n")
    assert not Suppression.objects.exists()


def test_a_file_without_addresses(company: Company, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        bring(company, now, tmp_path, "a,b\n,\n")


def test_only_who_runs_surveys_for_the_company(
    company: Company, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Forbidden):
        import_suppressions(actor=company.actor("mark"), path=tmp_path / "x.csv", now=now)
