"""Files of key figures and targets as people have them."""

from datetime import date
from pathlib import Path

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.people.enums import UploadKind
from loopwell.people.importing.runner import CannotImport
from loopwell.targets.importing import figures_for, targets_for
from loopwell.targets.models import KeyFigure, KeyFigureValue, Target
from tests.conftest import Company
from tests.importing_help import brought

pytestmark = pytest.mark.django_db


def written(folder: Path, text: str) -> Path:
    path = folder / "figures.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_column_for_each_figure(company: Company, tmp_path: Path) -> None:
    north = company.north.name
    path = written(
        tmp_path,
        f"Branch;Month;Waiting, min;Sales\n{north};2026-03;4,5;1 200\n{north};04.2026;NA;x\n"
        f"Nowhere;2026-03;1;1\n{north};May 2026;3;\n;2026-03;1;1\n",
    )
    mapping = {"unit": "Branch", "month": "Month", "property.waiting": "Waiting, min",
               "property.sales": "Sales"}  # fmt: skip

    report = brought(path, UploadKind.KEY_FIGURES, figures_for(SYSTEM), mapping)

    kept = KeyFigureValue.objects.values_list("figure__name", "month", "value")
    assert set(kept) == {
        ("Waiting, min", date(2026, 3, 1), 4.5),
        ("Sales", date(2026, 3, 1), 1200.0),
        ("Waiting, min", date(2026, 5, 1), 3.0),
    }
    assert report["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 3}
    assert {(e["row"], e["column"], e["value"]) for e in report["examples"]} == {
        (3, "Sales", "x"),
        (4, "Branch", "Nowhere"),
        (6, "Branch", ""),
    }


def test_the_same_file_again_changes_nothing(company: Company, tmp_path: Path) -> None:
    path = written(tmp_path, f"unit,month,figure,value\n{company.north.name},2026-03,Returns,7\n")
    mapping = {"unit": "unit", "month": "month", "figure": "figure", "value": "value"}

    brought(path, UploadKind.KEY_FIGURES, figures_for(SYSTEM), mapping)
    again = brought(path, UploadKind.KEY_FIGURES, figures_for(SYSTEM), mapping)

    assert again["counts"]["same"] == 1
    assert KeyFigure.objects.count() == KeyFigureValue.objects.count() == 1


def test_targets_of_years_quarters_and_months(company: Company, tmp_path: Path) -> None:
    north = company.north.name
    path = written(
        tmp_path,
        f"unit,begins,goal\n,2026,40\n{north},2026-Q2,42\n{north},2026-07,41.5\n{north},2026,180\n"
        f"{north},never,4\n",
    )
    mapping = {"unit": "unit", "start": "begins", "value": "goal"}

    report = brought(path, UploadKind.TARGETS, targets_for(SYSTEM), mapping)

    kept = Target.objects.order_by("start", "end").values_list(
        "unit__name", "start", "end", "value"
    )
    assert set(kept) == {
        (None, date(2026, 1, 1), date(2027, 1, 1), 40.0),
        (north, date(2026, 4, 1), date(2026, 7, 1), 42.0),
        (north, date(2026, 7, 1), date(2026, 8, 1), 41.5),
    }
    assert report["counts"]["refused"] == 2
    with pytest.raises(CannotImport, match="begins"):
        brought(path, UploadKind.TARGETS, targets_for(SYSTEM), {"value": "goal"})


def test_a_manager_writes_about_their_own_units_only(company: Company, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f"unit,begins,goal\n{company.north.name},2026,40\n{company.south.name},2026,40\n,2026,40\n",
    )
    mapping = {"unit": "unit", "start": "begins", "value": "goal"}

    report = brought(path, UploadKind.TARGETS, targets_for(company.actor("mark")), mapping)

    assert list(Target.objects.values_list("unit__name", flat=True)) == [company.north.name]
    assert report["counts"]["refused"] == 2


def test_targets_as_people_write_them(company: Company, tmp_path: Path) -> None:
    north = company.north.name
    path = written(
        tmp_path,
        f"Подразделение;Показатель;Период;Цель\n{north};NPS;Q1 2027;+27,5\n"
        f"{north};Response rate;2 кв. 2027 г.;20%\n{north};nps;сентябрь 2026;20\n"
        f"{north};Доля ответивших;Wrzesień 2027;21\n{north};nps;2028;30\n{north};Luck;2028;30\n"
        f"{north};nps;soon;30\n",
    )
    mapping = {"unit": "Подразделение", "metric": "Показатель", "period": "Период",
               "value": "Цель"}  # fmt: skip

    report = brought(path, UploadKind.TARGETS, targets_for(SYSTEM), mapping)

    kept = Target.objects.order_by("start").values_list("metric", "period", "start", "value")
    assert list(kept) == [
        ("nps", "month", date(2026, 9, 1), 20.0),
        ("nps", "quarter", date(2027, 1, 1), 27.5),
        ("response_rate", "quarter", date(2027, 4, 1), 20.0),
        ("response_rate", "month", date(2027, 9, 1), 21.0),
        ("nps", "year", date(2028, 1, 1), 30.0),
    ]
    refused = [(each["row"], each["value"]) for each in report["examples"]]
    assert refused == [(7, "luck"), (8, "soon")]
