"""Panel files as people have them, and what is left out of them."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.benchmarks import queries
from loopwell.benchmarks.importing import import_panel, try_panel
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import (
    PanelDraft,
    remove_panel,
    rename_brand,
    say_who_we_are,
)
from loopwell.benchmarks.rules import Columns, proposed_columns
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from tests.conftest import Company

pytestmark = pytest.mark.django_db
DRAFT = PanelDraft("Autumn", date(2026, 9, 1), date(2026, 9, 30), double_blind=True)
LONG = Columns(brand="Marka", score="Ocena", person="ID", weight="Waga", date="Data",
               aspects=("Cena",))  # fmt: skip


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "panel.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_for_each_person_and_brand(company: Company, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "ID;Marka;Ocena;Waga;Data;Cena\n"
        "1;Żabka;9;1,5;03.09.2026;8\n1;Inna;NA;1,5;03.09.2026;\n2;Żabka;11;1;04.09.2026;7\n"
        "2;Inna;0;0;04.09.2026;2\n3;Inna;6;;31.09.2026;\n3;żabka;7;;05.09.2026;\n"
        "1;Żabka;3;1;06.09.2026;1\n4;;5;;06.09.2026;\n",
        "cp1250",
    )

    panel, trial = import_panel(
        actor=SYSTEM, now=timezone.now(), path=path, columns=LONG, draft=DRAFT
    )

    kept = PanelAnswer.objects.filter(panel=panel).order_by("row")
    assert [(a.brand.name, a.person, a.score, a.weight) for a in kept] == [
        ("Żabka", "1", 9, 1.5),
        ("Żabka", "3", 7, 1.0),
    ]
    assert kept[0].ratings == {"Cena": 8.0}
    assert kept[0].answered_on == date(2026, 9, 3)
    assert [(f.row, f.column, f.value) for f in trial.faults] == [
        (4, "Ocena", "11"),
        (5, "Waga", "0"),
        (6, "Data", "31.09.2026"),
        (9, "Marka", ""),
    ]
    assert (trial.rows, trial.answers, trial.left_out, trial.repeated) == (8, 2, 4, 1)


def test_a_column_for_each_brand(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "respondent,Us,Them\n1,9,4\n2,,8\n3,10,10\n")
    columns = Columns(person="respondent", wide={"Us": "Us", "Them": "Them"})

    panel, trial = import_panel(
        actor=SYSTEM, now=timezone.now(), path=path, columns=columns, draft=DRAFT
    )

    us, them = Brand.objects.get(name="Us"), Brand.objects.get(name="Them")
    assert trial.by_brand == {"Us": 2, "Them": 3}
    found = queries.sums(SYSTEM, panel=panel)
    assert (found[panel.pk, us.pk].promoters, found[panel.pk, them.pk].detractors) == (2, 1)
    assert not found[panel.pk, us.pk].is_weighted
    assert queries.paired(SYSTEM, panel, us, them) == [[0, 0, 0], [0, 0, 0], [1, 0, 1]]


def test_trying_keeps_nothing(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "brand,score\nA,9\nB,2\n")

    trial = try_panel(
        actor=SYSTEM, path=path, columns=proposed_columns(["brand", "score"]), day=date(2026, 9, 1)
    )

    assert (trial.answers, trial.first) == (2, date(2026, 9, 1))
    assert not Panel.objects.exists()
    assert not Brand.objects.exists()


def test_a_file_without_answers_leaves_nothing_behind(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "brand,score\nA,x\n")

    with pytest.raises(Invalid, match="No row"):
        import_panel(
            actor=SYSTEM, now=timezone.now(), path=path,
            columns=Columns(brand="brand", score="score"), draft=DRAFT,
        )  # fmt: skip
    with pytest.raises(Invalid, match="Choose the column"):
        try_panel(actor=SYSTEM, path=path, columns=Columns(), day=date(2026, 9, 1))

    assert not Panel.objects.exists()
    assert not Brand.objects.exists()


def test_brands_are_named_joined_and_thrown_away(company: Company, tmp_path: Path) -> None:
    now = timezone.now()
    path = written(tmp_path, "person,brand,score\n1,Acme,9\n2,ACME Ltd,2\n1,Other,5\n2,Other,5\n")
    panel, _trial = import_panel(
        actor=SYSTEM, now=now, path=path, draft=DRAFT,
        columns=Columns(person="person", brand="brand", score="score"),
    )  # fmt: skip
    acme, other = Brand.objects.get(name="Acme"), Brand.objects.get(name="Other")
    say_who_we_are(actor=SYSTEM, now=now, brand=Brand.objects.get(name="ACME Ltd"))

    with pytest.raises(Conflict, match="not the same"):
        rename_brand(actor=SYSTEM, now=now, brand=acme, name="other")
    rename_brand(actor=SYSTEM, now=now, brand=Brand.objects.get(name="ACME Ltd"), name="acme")

    assert queries.our_brand() == acme
    assert acme.answers.count() == 2
    assert remove_panel(actor=SYSTEM, now=now, panel=panel) == 4
    assert list(Brand.objects.values_list("name", flat=True)) == ["Acme"]
    assert other.pk


def test_a_manager_of_a_part_brings_no_benchmark(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "brand,score\nA,9\n")

    with pytest.raises(Forbidden):
        import_panel(
            actor=company.actor("mark"), now=timezone.now(), path=path,
            columns=Columns(brand="brand", score="score"), draft=DRAFT,
        )  # fmt: skip

    assert not Panel.objects.exists()
