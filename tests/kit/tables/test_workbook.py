"""XLSX and Parquet by others give the same text rows as CSV."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from loopwell.kit.tables import TableError, open_table


def written(path: Path, rows: list[list[object]], *, sheet: str = "Answers") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_numbers_dates_and_empty_cells_become_texts(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.xlsx",
        [
            ["score", "on", "at", "share", "why"],
            [9.0, date(2026, 3, 4), datetime.fromisoformat("2026-03-04T10:30"), 0.45, "good 👍"],
            [7.5, None, None, None, None],
            [None, None, None, None, None],
            [None, None, None, None, None],
        ],
    )
    book = openpyxl.load_workbook(path)
    book.active["D2"].number_format = "0%"
    book.save(path)

    table = open_table(path)

    assert [(row.number, row.values) for row in table.rows()] == [
        (2, ["9", "2026-03-04", "2026-03-04 10:30:00", "45%", "good 👍"]),
        (3, ["7.5", "", "", "", ""]),
    ]
    assert (table.detected.kind, table.detected.sheet) == ("xlsx", "Answers")


def test_title_rows_above_the_table_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [["Survey 2026"], [], ["score", "why"], [9, "good"]])
    table = open_table(path)
    assert table.columns == ["score", "why"]
    assert [(row.number, row.values) for row in table.rows()] == [(4, ["9", "good"])]


def test_merged_headers_of_two_rows_are_joined(tmp_path: Path) -> None:
    rows = [["id", "Ratings", None, None], [None, "price", "staff", "speed"], [1, 4, 5, 3]]
    path = written(tmp_path / "a.xlsx", [*rows, [2, 1, 1, 2]])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B1:D1")
    book.save(path)

    table = open_table(path)

    assert table.columns == ["id", "Ratings: price", "Ratings: staff", "Ratings: speed"]
    assert [row.values for row in table.rows()] == [["1", "4", "5", "3"], ["2", "1", "1", "2"]]


def test_formulas_without_stored_values_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [["score", "twice"], [4, "=A2*2"]])
    assert any("1 formulas" in note for note in open_table(path).detected.notes)


def test_formulas_give_their_stored_values(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["score", "twice"])
        sheet.write(1, 0, 4)
        sheet.write_formula(1, 1, "=A2*2", None, 8)
    table = open_table(path)
    assert ([row.values for row in table.rows()], table.detected.notes) == ([["4", "8"]], ())


def test_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [["score"], [9]], sheet="First")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Second").append(["mark"])
    book["Second"].append([3])
    book.save(path)

    assert open_table(path, sheet="Second").columns == ["mark"]
    assert open_table(path).detected.notes == ("other sheets not read: Second",)
    with pytest.raises(TableError, match=r"no sheet “Third”\. Its sheets: First, Second"):
        open_table(path, sheet="Third")


def test_a_workbook_with_the_wrong_ending_is_read_and_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [["score", "why"], [9, "x"]]).rename(tmp_path / "a.csv")
    table = open_table(path)
    assert [row.values for row in table.rows()] == [["9", "x"]]
    assert table.detected.notes == ("an Excel workbook in spite of its ending “.csv”",)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    with pytest.raises(TableError, match="would unpack to 80 MB"):
        open_table(path)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("answers.csv", "score\n9\n")
    with pytest.raises(TableError, match=r"is an archive \(ZIP\), not a workbook"):
        open_table(path)


def test_an_xlsx_with_a_header_only(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no rows below it"):
        open_table(written(tmp_path / "a.xlsx", [["score", "why"]]))


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table(
            {
                "score": pa.array([9, None, 3], pa.int8()),
                "rate": [4.0, 2.5, None],
                "on": [date(2026, 3, 4), None, date(2026, 3, 5)],
                "why": pa.array(["a", "b", "a"]).dictionary_encode(),
            }
        ),
        path,
    )
    table = open_table(path)
    assert table.columns == ["score", "rate", "on", "why"]
    assert [(row.number, row.values) for row in table.rows()] == [
        (1, ["9", "4", "2026-03-04", "a"]),
        (2, ["", "2.5", "", "b"]),
        (3, ["3", "", "2026-03-05", "a"]),
    ]
