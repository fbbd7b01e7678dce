"""What kind of file is this really, and which reader opens it?"""

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from loopwell.kit.tables.model import Table, TableError
from loopwell.kit.tables.text import TextTable

SPREADSHEET_ENDINGS = (".xlsx", ".xlsm")


def open_table(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Open a table of any supported kind, told by its content and not by its ending.

    What is not forced is detected and told in `.detected`. Raises TableError with a sentence
    that names the file, the place and the mending.
    """
    path = Path(path)
    head = _first_bytes(path)
    notes: list[str] = []
    if head.startswith(b"PAR1"):
        from loopwell.kit.tables.parquet import ParquetTable  # pyarrow takes 0.3 s to load

        return ParquetTable(path)
    if head.startswith(b"PK\x03\x04"):
        from loopwell.kit.tables.workbook import WorkbookTable

        _check_archive(path)
        if path.suffix.lower() not in SPREADSHEET_ENDINGS:
            notes.append(_("an Excel workbook in spite of its ending “%s”") % path.suffix)
        return WorkbookTable(path, sheet=sheet, notes=notes)
    _refuse_other_kinds(path, head)
    return TextTable(path, encoding=encoding, delimiter=_separator(delimiter), notes=notes)


def _separator(given: str | None) -> str | None:
    names = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    if not given:
        return None
    found = names.get(given.lower(), given)
    if len(found) != 1 or found in '"\r\n':
        raise TableError(
            _("“%s” cannot separate fields: give one character, or tab, comma, semicolon, pipe.")
            % given
        )
    return found


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except FileNotFoundError as error:
        raise TableError(_("There is no file %s.") % path) from error
    except IsADirectoryError as error:
        raise TableError(_("%s is a folder: name a file in it.") % path) from error
    except PermissionError as error:
        raise TableError(_("%s may not be read: give yourself the right to.") % path) from error
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n") and len(head) < 2048:
        raise TableError(_("%s is empty: export it again.") % path.name)
    return head


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    name = {"file": path.name}
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        raise TableError(
            _(
                "%(file)s is a web page (HTML), not a table: perhaps the login page of the system "
                "it came from, or an “Excel” export that is none. Open it in a spreadsheet and "
                "save it as XLSX or CSV."
            )
            % name
        )
    if text.startswith((b"<?xml", b"{", b"[{", b"%pdf")):
        raise TableError(
            _("%(file)s is XML, JSON or PDF, not a table: export it as CSV or XLSX.") % name
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            _(
                "%(file)s is an old (.xls) or password-protected Excel workbook: open it in Excel "
                "or LibreOffice and save it as XLSX without a password."
            )
            % name
        )
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\x28\xb5\x2f\xfd")):
        raise TableError(_("%(file)s is packed: unpack it first.") % name)


LARGEST_UNPACKED = 4 << 30
LARGEST_RATIO = 400


def _check_archive(path: Path) -> None:
    """Refuse archives that are no workbook, damaged, or unpack to absurd sizes."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise TableError(
            _("%s is a damaged workbook: it was perhaps cut off while copied. Save it again.")
            % path.name
        ) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise TableError(
            _("%s is an archive (ZIP), not a workbook: unpack it and name the file inside.")
            % path.name
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or (
        unpacked > 50 << 20 and unpacked > LARGEST_RATIO * path.stat().st_size
    ):
        raise TableError(
            _(
                "%(file)s would unpack to %(size)d MB, far more than such a file should "
                "(a “zip bomb”, or millions of empty formatted cells): save it as CSV."
            )
            % {"file": path.name, "size": unpacked >> 20}
        )
