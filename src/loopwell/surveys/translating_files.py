"""How do a survey's texts become a file for translators, and how is theirs read?"""

import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl.reader.excel
import openpyxl.styles.alignment
import openpyxl.styles.fonts
import openpyxl.workbook.workbook
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from loopwell.kit.errors import Invalid
from loopwell.surveys.translating import Entry, Translation

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 2000
COLUMNS = ("key", "what it is", "source", "target")
# openpyxl publishes no types
load_workbook: Any = openpyxl.reader.excel.load_workbook
Workbook: Any = openpyxl.workbook.workbook.Workbook
Alignment: Any = openpyxl.styles.alignment.Alignment
Font: Any = openpyxl.styles.fonts.Font


class FileRefused(Invalid):
    """The file is no translation we can read; the message says what to do."""


def to_json(given: Translation) -> bytes:
    texts = [
        {"key": e.key, "what": e.what, "source": e.source, "target": e.target}
        for e in given.entries
    ]
    whole = {"source": given.source, "target": given.target, "texts": texts}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def to_xlsx(given: Translation) -> bytes:
    """Every cell is a string: what begins like a formula stays text."""
    book = Workbook()
    sheet = book.active
    sheet.title = "texts"
    sheet.append([*COLUMNS[:2], f"source: {given.source}", f"target: {given.target}"])
    for row, each in enumerate(given.entries, 2):
        for column, words in enumerate((each.key, each.what, each.source, each.target), 1):
            cell = sheet.cell(row, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (22, 28, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Translation:
    """Whatever was uploaded: XLSX by its first bytes, else JSON."""
    if len(data) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 10 MB: these are not our texts."))
    if not data.strip():
        raise FileRefused(_("The file is empty."))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(_("This is the old Excel format (.xls). Save it as .xlsx."))
    return _from_xlsx(data) if data.startswith(b"PK") else _from_json(data)


def _from_json(data: bytes) -> Translation:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("Line %(line)d is not written in UTF-8. Save the file as UTF-8.")
        raise FileRefused(message % {"line": line}) from None
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith(("{", "[")):
            raise FileRefused(
                _("This is no XLSX or JSON file; a CSV perhaps? Save it as XLSX.")
            ) from None
        message = _("The JSON breaks off in line %(line)d, column %(column)d.")
        raise FileRefused(message % {"line": error.lineno, "column": error.colno}) from None
    except RecursionError:
        raise FileRefused(_wrong_shape()) from None
    return _from_values(whole)


def _from_values(whole: Any) -> Translation:
    if not isinstance(whole, dict) or not isinstance(whole.get("texts"), list):
        raise FileRefused(_wrong_shape())
    source, target = whole.get("source"), whole.get("target")
    if not isinstance(source, str) or not isinstance(target, str):
        raise FileRefused(_wrong_shape())
    if len(whole["texts"]) > MOST_ROWS:
        raise FileRefused(_wrong_shape())
    rows = [
        [each.get(name, "") for name in ("key", "what", "source", "target")]
        if isinstance(each, dict)
        else [None]
        for each in whole["texts"]
    ]
    return Translation(source, target, _entries(enumerate(rows, 1)))


def _from_xlsx(data: bytes) -> Translation:
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise FileRefused(_("The file unpacks to far too much: these are not our texts."))
        book = load_workbook(BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        rows = [_cells(row) for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=4)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError) as error:
        raise FileRefused(_("The workbook is damaged. Save it again as XLSX.")) from error
    head = [str(cell or "").strip() for cell in rows[0]] if rows else []
    if len(head) < 4 or head[0] != COLUMNS[0] or not head[2].startswith("source:"):
        raise FileRefused(_wrong_shape())
    if not head[3].startswith("target:"):
        raise FileRefused(_wrong_shape())
    entries = _entries((n, row) for n, row in enumerate(rows[1:], 2) if any(row))
    return Translation(_code(head[2]), _code(head[3]), entries)


def _cells(row: Sequence[Any]) -> list[Any]:
    """Formulas are told by their kind; a text that begins with = is one of ours."""
    return [None if cell.data_type == "f" else _typed(cell.value) for cell in row]


def _typed(value: Any) -> Any:
    """An empty cell is no text; a number that somebody typed is one."""
    if value is None:
        return ""
    return str(value) if isinstance(value, (int, float)) else value


def _code(head: str) -> str:
    return head.partition(":")[2].strip().lower()


def _entries(rows: Iterable[tuple[int, Sequence[Any]]]) -> tuple[Entry, ...]:
    found = []
    for number, row in rows:
        if len(row) < 4 or not all(isinstance(cell, str) for cell in row):
            message = _("Row %(row)d holds something else than text (a formula or a date, say).")
            raise FileRefused(message % {"row": number})
        key, what, source, target = (cell.replace("\r\n", "\n").strip() for cell in row)
        found.append(Entry(key, what, source, target, number))
    return tuple(found)


def _wrong_shape() -> str:
    return _(
        "This file is not one of ours. Export the texts, translate in that file, and bring it back."
    )
