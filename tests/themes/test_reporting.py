"""Do complaints come in whole, in the words people use, and only for one's own units?"""

from datetime import date
from pathlib import Path

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.people.enums import UploadKind
from loopwell.people.importing.runner import CannotImport
from loopwell.themes.enums import ReportWay, ThemeKind
from loopwell.themes.importing import reports_for
from loopwell.themes.models import Report, Theme
from loopwell.themes.operations import merge_theme
from loopwell.themes.operations.reporting import ReportDraft, record_reports
from loopwell.themes.queries.reporting import (
    Themes,
    complaints_by_theme,
    reported,
    told_by_theme,
)
from tests.conftest import NOW, Company
from tests.importing_help import brought

pytestmark = pytest.mark.django_db
MAPPING = {"theme": "Theme", "unit": "Unit", "on": "When", "count": "How many"}


@pytest.fixture
def late(company: Company) -> Theme:
    goods = Theme.objects.create(slug="goods", names={"en": "Goods"}, kind=ThemeKind.DEFECT)
    names = {"en": "Came late", "ru": "Пришло поздно", "uk": "Прийшло пізно", "pl": "Za późno"}
    return Theme.objects.create(slug="came-late", names=names, kind=ThemeKind.DEFECT, parent=goods)


def written(folder: Path, text: str) -> Path:
    path = folder / "complaints.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def draft(theme: Theme, company: Company, count: int, on: date = date(2026, 2, 1)) -> ReportDraft:
    return ReportDraft(theme, company.north, ReportWay.COMPLAINTS, on, count)


def test_a_file_in_four_languages_and_many_ways_to_write_a_month(
    company: Company, late: Theme, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Theme;Unit;When;How many;By\n"
        "came-late;N1;2026-01;12;\n"
        "  CAME   late;North;02.2026;1 200;complaint\n"
        "Пришло поздно;N1;March 2025;3;жалобы\n"
        "Прийшло пізно;N1;2026-03-03;4;соцмережі\n"
        "Za późno;S1;2026-01;0;pracownicy\n",
    )

    report = brought(path, UploadKind.REPORTS, reports_for(SYSTEM), {**MAPPING, "way": "By"})

    assert report["counts"] == {"new": 5, "changed": 0, "same": 0, "refused": 0}
    assert set(Report.objects.values_list("theme__slug", "unit__name", "way", "on", "count")) == {
        ("came-late", "North", "complaints", date(2026, 1, 1), 12),
        ("came-late", "North", "complaints", date(2026, 2, 1), 1200),
        ("came-late", "North", "complaints", date(2025, 3, 1), 3),
        ("came-late", "North", "social", date(2026, 3, 3), 4),
        ("came-late", "South", "employees", date(2026, 1, 1), 0),
    }


def test_what_is_wrong_is_named_by_line_and_column(
    company: Company, late: Theme, tmp_path: Path
) -> None:
    Theme.objects.create(slug="late-again", names={"en": "Came late"}, kind=ThemeKind.DEFECT)
    path = written(
        tmp_path,
        "Theme,Unit,When,How many\ncame-late,N1,2026-01,1.5\nNoise,N1,2026-01,1\n"
        "Came late,N1,2026-01,1\ncame-late,Nowhere,2026-01,1\ncame-late,N1,soon,1\n"
        "came-late,N1,2999-01,1\ncame-late,N1,2026-01,-1\n,N1,2026-01,1\ncame-late,N1,2026-01,7\n",
    )

    report = brought(path, UploadKind.REPORTS, reports_for(SYSTEM), MAPPING)

    assert report["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 8}
    assert {(e["row"], e["column"], e["value"]) for e in report["examples"]} == {
        (2, "How many", "1.5"), (3, "Theme", "Noise"), (4, "Theme", "Came late"),
        (5, "Unit", "Nowhere"), (6, "When", "soon"), (7, "When", "2999-01"),
        (8, "How many", "-1"), (9, "Theme", ""),
    }  # fmt: skip
    assert Report.objects.get().count == 7


def test_a_trial_writes_nothing_and_the_same_key_again_replaces(
    company: Company, late: Theme, tmp_path: Path
) -> None:
    path = written(tmp_path, "Theme,Unit,When,How many\ncame-late,N1,2026-01,5\n")
    trial = brought(path, UploadKind.REPORTS, reports_for(SYSTEM), MAPPING, write=False)
    assert (trial["counts"]["new"], Report.objects.count()) == (1, 0)
    brought(path, UploadKind.REPORTS, reports_for(SYSTEM), MAPPING)
    again = brought(path, UploadKind.REPORTS, reports_for(SYSTEM), MAPPING)
    assert again["counts"]["same"] == 1
    written(tmp_path, "Theme,Unit,When,How many\ncame-late,N1,2026-01,6\nCame late,N1,2026-01,9\n")
    changed = brought(path, UploadKind.REPORTS, reports_for(SYSTEM), MAPPING)
    assert (changed["counts"]["changed"], changed["counts"]["refused"]) == (1, 1)
    assert Report.objects.get().count == 9, "the last row of the file counts"


def test_a_file_without_the_columns_changes_nothing(
    company: Company, late: Theme, tmp_path: Path
) -> None:
    path = written(tmp_path, "Theme,Unit\ncame-late,N1\n")
    with pytest.raises(CannotImport, match="day or month"):
        brought(path, UploadKind.REPORTS, reports_for(SYSTEM), {"theme": "Theme", "unit": "Unit"})


def test_all_or_nothing_and_only_ones_own_units(company: Company, late: Theme) -> None:
    with pytest.raises(Forbidden):
        record_reports(actor=company.actor("mark"), now=NOW, reports=[draft(late, company, 3)])
    wrong = [draft(late, company, 3), draft(late, company, -1, date(2026, 1, 1))]
    with pytest.raises(Invalid):
        record_reports(actor=company.actor("alice"), now=NOW, reports=wrong)
    to_come = [draft(late, company, 3, date(2026, 3, 5))]
    with pytest.raises(Invalid, match="to come"):
        record_reports(actor=company.actor("alice"), now=NOW, reports=to_come)
    assert not Report.objects.exists()


def test_counts_of_a_time_and_of_the_units_one_sees(company: Company, late: Theme) -> None:
    told = [
        draft(late, company, 5), draft(late, company, 7, date(2026, 1, 1)),
        ReportDraft(late, company.south, ReportWay.COMPLAINTS, date(2026, 2, 1), 11),
        ReportDraft(late, company.north, ReportWay.SOCIAL, date(2025, 2, 1), 2),
    ]  # fmt: skip
    alice, mark = company.actor("alice"), company.actor("mark")
    record_reports(actor=alice, now=NOW, reports=told)
    february = (date(2026, 2, 1), date(2026, 3, 1))
    goods = Theme.objects.get(slug="goods")
    assert reported(alice, goods, *february) == {"complaints": 16, "social": 0}
    assert reported(mark, late, *february) == {"complaints": 5, "social": 0}
    assert reported(alice, late, None, None, company.south.path) == {"complaints": 11}
    assert complaints_by_theme(mark, *february) == {"came-late": 5}
    (complaints, social) = told_by_theme(alice)
    assert (complaints.total, complaints.first, social.months) == (
        23, date(2026, 1, 1), {date(2025, 2, 1): 2},
    )  # fmt: skip


def test_reports_of_a_merged_theme_count_for_the_one_it_became(
    company: Company, late: Theme
) -> None:
    old = Theme.objects.create(slug="delays", names={"en": "Delays"}, kind=ThemeKind.DEFECT)
    alice = company.actor("alice")
    told = [
        draft(late, company, 5),
        draft(old, company, 7),
        draft(old, company, 1, date(2026, 1, 1)),
    ]
    record_reports(actor=alice, now=NOW, reports=told)
    merge_theme(actor=alice, now=NOW, theme=old, into=late)
    assert set(Report.objects.values_list("theme__slug", "on", "count")) == {
        ("came-late", date(2026, 2, 1), 12), ("came-late", date(2026, 1, 1), 1),
    }  # fmt: skip


def test_a_merged_theme_means_the_one_it_became(company: Company, late: Theme) -> None:
    old = Theme.objects.create(
        slug="delays", names={"en": "Delays"}, kind=ThemeKind.DEFECT, merged_into=late,
        retired_at=NOW,
    )  # fmt: skip
    assert Themes().find("delays") == late
    assert Themes().find(str(old)) == late
