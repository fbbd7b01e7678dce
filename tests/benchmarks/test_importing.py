"""Panel files as people have them, and what is left out of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from loopwell.access.rules import SYSTEM, Actor
from loopwell.benchmarks import queries
from loopwell.benchmarks.importing import panels_for
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import remove_panel, rename_brand, say_who_we_are
from loopwell.kit.errors import Conflict, Forbidden
from loopwell.people.enums import UploadKind
from loopwell.people.importing.runner import CannotImport
from tests.conftest import Company
from tests.importing_help import brought

pytestmark = pytest.mark.django_db
LONG = {"brand": "Marka", "score": "Ocena", "person": "ID", "weight": "Waga",
        "answered_on": "Data", "property.cena": "Cena"}  # fmt: skip


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "panel.csv"
    path.write_bytes(text.encode(encoding))
    return path


def panel_of(path: Path, mapping: dict[str, str], actor: Actor = SYSTEM, **told: Any) -> Any:
    options = {"panel_name": "Autumn", "fielded_to": "2026-09-30", **told}
    return brought(path, UploadKind.PANEL, panels_for(actor), mapping, **options)


def test_a_row_for_each_person_and_brand(company: Company, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "ID;Marka;Ocena;Waga;Data;Cena\n"
        "1;Żabka;9;1,5;03.09.2026;8\n1;Inna;NA;1,5;03.09.2026;\n2;Żabka;11;1;04.09.2026;7\n"
        "2;Inna;0;0;04.09.2026;2\n3;Inna;6;;31.09.2026;\n3;żabka;7;;05.09.2026;\n"
        "1;Żabka;3;1;06.09.2026;1\n4;;5;;06.09.2026;\n",
        "cp1250",
    )

    report = panel_of(path, LONG, double_blind=True)

    panel = Panel.objects.get()
    kept = PanelAnswer.objects.filter(panel=panel).order_by("row")
    assert [(a.brand.name, a.person, a.score, a.weight, a.ratings) for a in kept] == [
        ("żabka", "3", 7, 1.0, {}),
        ("żabka", "1", 3, 1.0, {"Cena": 1.0}),
    ]
    assert kept[0].answered_on == date(2026, 9, 5)
    assert (panel.fielded_from, panel.fielded_to) == (date(2026, 9, 5), date(2026, 9, 30))
    assert panel.double_blind
    wrong = {(e["row"], e["column"], e["value"]) for e in report["examples"]}
    assert {(4, "Ocena", "11"), (5, "Waga", "0"), (6, "Data", "31.09.2026"), (9, "Marka", "")} < (
        wrong
    )
    assert report["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 6}


def test_a_column_for_each_brand(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "respondent,Us,Them\n1,9,4\n2,,8\n3,10,10\n4,,\n")
    mapping = {"person": "respondent", "property.us": "Us", "property.them": "Them"}

    report = panel_of(path, mapping)

    panel = Panel.objects.get()
    us, them = Brand.objects.get(name="Us"), Brand.objects.get(name="Them")
    assert report["extra"] == {"brands": 2}
    assert report["counts"]["refused"] == 1
    found = queries.sums(SYSTEM, panel=panel)
    assert (found[panel.pk, us.pk].promoters, found[panel.pk, them.pk].detractors) == (2, 1)
    assert (found[panel.pk, us.pk].n, found[panel.pk, them.pk].n) == (2, 3)
    assert not found[panel.pk, us.pk].is_weighted
    assert queries.paired(SYSTEM, panel, us, them) == [[0, 0, 0], [0, 0, 0], [1, 0, 1]]


def test_trying_keeps_nothing(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "brand,score\nA,9\nB,2\n")
    mapping = {"brand": "brand", "score": "score"}

    report = brought(path, UploadKind.PANEL, panels_for(SYSTEM), mapping, write=False)

    assert report["counts"]["new"] == 2
    assert not Panel.objects.exists()
    assert not Brand.objects.exists()


def test_a_file_without_brands_is_told(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "who,score\nA,9\n")

    with pytest.raises(CannotImport, match="Choose both"):
        panel_of(path, {"score": "score"})
    with pytest.raises(CannotImport, match="tick a column"):
        panel_of(path, {"person": "who"})


def test_brands_are_named_joined_and_thrown_away(company: Company, tmp_path: Path) -> None:
    now = timezone.now()
    path = written(tmp_path, "person,brand,score\n1,Acme,9\n2,ACME Ltd,2\n1,Other,5\n2,Other,5\n")
    panel_of(path, {"person": "person", "brand": "brand", "score": "score"})
    acme, other = Brand.objects.get(name="Acme"), Brand.objects.get(name="Other")
    say_who_we_are(actor=SYSTEM, now=now, brand=Brand.objects.get(name="ACME Ltd"))

    with pytest.raises(Conflict, match="not the same"):
        rename_brand(actor=SYSTEM, now=now, brand=acme, name="other")
    rename_brand(actor=SYSTEM, now=now, brand=Brand.objects.get(name="ACME Ltd"), name="acme")

    assert queries.our_brand() == acme
    assert acme.answers.count() == 2
    assert remove_panel(actor=SYSTEM, now=now, panel=Panel.objects.get()) == 4
    assert list(Brand.objects.values_list("name", flat=True)) == ["Acme"]
    assert other.pk


def test_a_manager_of_a_part_brings_no_benchmark(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "brand,score\nA,9\n")

    with pytest.raises(Forbidden):
        panel_of(path, {"brand": "brand", "score": "score"}, company.actor("mark"))

    assert not Panel.objects.exists()


def test_days_nobody_gave_are_those_of_the_file(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, "ID;Marka;Ocena;Data\n1;A;9;03.09.2026\n2;A;8;05.09.2026\n")
    mapping = {"brand": "Marka", "score": "Ocena", "person": "ID", "answered_on": "Data"}

    panel_of(path, mapping, fielded_to="")

    panel = Panel.objects.get()
    assert (panel.fielded_from, panel.fielded_to) == (date(2026, 9, 3), date(2026, 9, 5))


def test_the_next_file_finds_a_renamed_brand_by_its_old_spellings(
    company: Company, tmp_path: Path
) -> None:
    names = {"brand": "brand", "score": "score", "person": "person"}
    first = written(tmp_path, "person,brand,score\n1,Теле 2,9\n2,Солварна,3\n3,Solvarna,4\n")
    panel_of(first, names)
    for old, new in (("Солварна", "SOLVARNA"), ("Теле 2", "T2")):
        brand = Brand.objects.get(name=old)
        rename_brand(actor=SYSTEM, now=timezone.now(), brand=brand, name=new)

    second = written(tmp_path, "person,brand,score\n1,теле  2,9\n1,T2,8\n2,солварна,3\n3,Rival,1\n")
    report = panel_of(second, names)

    assert sorted(Brand.objects.values_list("name", flat=True)) == ["Rival", "Solvarna", "T2"]
    kept = Panel.objects.latest("pk").answers.order_by("row")
    assert [(row.brand.name, row.score) for row in kept] == [
        ("T2", 8), ("Solvarna", 3), ("Rival", 1),
    ]  # fmt: skip
    assert report["extra"] == {"brands": 1}
