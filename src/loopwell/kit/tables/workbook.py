"""How is a sheet of an Excel workbook streamed as text rows?"""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl.reader.excel
from django.utils.translation import gettext as _

from loopwell.kit.tables.headers import clean_headers
from loopwell.kit.tables.model import Chunk, Detected, Table, TableError, split_ragged

PREVIEW = 500
load_workbook: Any = openpyxl.reader.excel.load_workbook  # no types published


class WorkbookTable(Table):
    """One sheet; formulas give the values Excel last stored, dates come as ISO texts."""

    def __init__(self, path: Path, *, sheet: str | None, notes: list[str]) -> None:
        self.path = path
        with self._open(data_only=True) as book:
            self._sheet = self._choose(book, sheet)
            if len(book.sheetnames) > 1 and not sheet:
                others = ", ".join(name for name in book.sheetnames if name != self._sheet)
                notes.append(_("other sheets not read: %s") % others)
            head = list(islice(self._grid(book), PREVIEW))
        if not head:
            raise TableError(
                _("%(file)s, sheet “%(sheet)s” is empty: choose another with --sheet.")
                % {"file": path.name, "sheet": self._sheet}
            )
        header, self._data_from, found = _header_of(head)
        self.columns, renamed = clean_headers(header)
        if not any(number >= self._data_from for number, _cells in head):
            raise TableError(
                _("%(file)s has a line of column names and no rows below it: export it again.")
                % {"file": path.name}
            )
        notes += [*found, *renamed, *self._empty_formulas(head)]
        self.detected = Detected("xlsx", sheet=self._sheet, notes=tuple(notes))

    def chunks(self, size: int = 10_000) -> Iterator[Chunk]:
        width = len(self.columns)
        with self._open(data_only=True) as book:
            grid = (pair for pair in self._grid(book) if pair[0] >= self._data_from)
            while portion := list(islice(grid, size)):
                numbers = [number for number, _cells in portion]
                rows = [_fitted(cells, width) for _number, cells in portion]
                yield split_ragged(numbers, rows, width)

    @contextmanager
    def _open(self, *, data_only: bool) -> Iterator[Any]:
        with self.path.open("rb") as file:  # given a path, openpyxl refuses by its ending
            book = self._load(file, data_only=data_only)
            try:
                yield book
            finally:
                book.close()

    def _load(self, file: BinaryIO, *, data_only: bool) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns about styles it does not keep
                return load_workbook(file, read_only=True, data_only=data_only)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
            raise TableError(
                _("%(file)s is a damaged workbook (%(error)s): open it in Excel and save it again.")
                % {"file": self.path.name, "error": error}
            ) from error

    def _choose(self, book: Any, wanted: str | None) -> str:
        names: list[str] = [sheet.title for sheet in book.worksheets]
        if wanted and wanted not in names:
            raise TableError(
                _("%(file)s has no sheet “%(sheet)s”. Its sheets: %(names)s.")
                % {"file": self.path.name, "sheet": wanted, "names": ", ".join(names)}
            )
        if not names:
            raise TableError(_("%s has no sheet with cells.") % self.path.name)
        return wanted or names[0]

    def _grid(self, book: Any) -> Iterator[tuple[int, list[str]]]:
        """Row numbers and texts of the rows that hold anything."""
        sheet = book[self._sheet]
        sheet.reset_dimensions()  # exporters often declare a wrong extent
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_text(cell.value, cell) for cell in cells]
            if any(texts):
                yield number, texts

    def _empty_formulas(self, head: list[tuple[int, list[str]]]) -> list[str]:
        """Whether formulas come without stored values (written by a program, never calculated)."""
        stored = dict(head)
        missing = 0
        with self._open(data_only=False) as book:
            rows = enumerate(book[self._sheet].iter_rows(), start=1)
            for number, cells in islice(rows, PREVIEW):
                texts = stored.get(number, [])
                for place, cell in enumerate(cells):
                    formula = cell.data_type == "f"
                    missing += formula and not (place < len(texts) and texts[place])
        if not missing:
            return []
        return [
            _(
                "%d formulas among the first rows have no stored value and are read as empty: "
                "open the workbook in Excel and save it"
            )
            % missing
        ]


def _text(value: Any, cell: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        )
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, float)) and "%" in (cell.number_format or ""):
        return f"{round(value * 100, 10):g}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _fitted(cells: list[str], width: int) -> list[str]:
    """A sheet has no ragged rows: what lies to the right of the header and is empty goes,
    and rows that end early are empty there; text beside the table stays and flags the row."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells


def _header_of(head: list[tuple[int, list[str]]]) -> tuple[list[str], int, list[str]]:
    """Column names, the number of the first row of data, and notes.

    Titles above the table are skipped; a header merged over several columns with the names
    proper in the next row becomes “group: name”.
    """
    notes: list[str] = []
    start = 0
    widest = max(sum(bool(text) for text in cells) for _number, cells in head[:20])
    while start + 1 < len(head) and widest > 1 and sum(map(bool, head[start][1])) < 2:
        start += 1
    number, header = head[start]
    if start:
        notes.append(_("the table starts in row %d, below a title") % number)
    header = _trimmed(header)
    below = head[start + 1][1] if start + 2 < len(head) else []
    if _is_second_header(header, below):
        notes.append(_("a header of two rows, merged"))
        names = _trimmed(below)
        group, joined = "", []
        for place in range(max(len(header), len(names))):
            parent = header[place] if place < len(header) else ""
            name = names[place] if place < len(names) else ""
            group = parent or group
            joined.append(f"{group}: {name}" if name and group else name or parent)
        return joined, head[start + 1][0] + 1, notes
    return header, number + 1, notes


def _trimmed(cells: list[str]) -> list[str]:
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _is_second_header(header: list[str], below: list[str]) -> bool:
    """Gaps in the first row (merged cells) that the second, all words, fills."""
    texts = [text for text in below if text]
    gaps = [place for place in range(len(below)) if place >= len(header) or not header[place]]
    if not gaps or not texts or len(texts) < 2:
        return False
    words = all(not text[0].isdigit() and len(text) < 80 for text in texts)
    return words and all(below[place] for place in gaps)
