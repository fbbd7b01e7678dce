"""How are CSV, TSV and other separated texts streamed, with true line numbers?"""

import csv
import os
import re
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from django.utils.translation import gettext as _

from loopwell.kit.tables.delimiter import declared_delimiter, detect_delimiter
from loopwell.kit.tables.encoding import Encoding, detect_encoding, forced_encoding
from loopwell.kit.tables.headers import clean_headers
from loopwell.kit.tables.leftovers import mend
from loopwell.kit.tables.model import Chunk, Detected, Table, TableError, split_ragged

if TYPE_CHECKING:
    from _csv import Reader

HEAD = 256 * 1024
LONGEST_FIELD = 1 << 20
BREAK = re.compile(r"\r\n|\r|\n")


class TextTable(Table):
    """Separated text; the encoding and separator are detected unless forced."""

    def __init__(
        self, path: Path, *, encoding: str | None, delimiter: str | None, notes: list[str]
    ) -> None:
        self.path = path
        self.bytes_total = path.stat().st_size
        self._encoding = forced_encoding(encoding) if encoding else detect_encoding(path)
        head, complete = self._head()
        self._skip = 1 if declared_delimiter(head.partition("\n")[0]) else 0
        self._delimiter = (
            delimiter
            or declared_delimiter(head.partition("\n")[0])
            or detect_delimiter(head, complete=complete)
        )
        self.columns, found = clean_headers(self._header())
        notes = [*notes, *([self._encoding.note] if self._encoding.note else []), *found]
        name = _shown_encoding(path, self._encoding)
        self.detected = Detected("csv", name, self._delimiter, notes=tuple(notes))

    def chunks(self, size: int = 10_000) -> Iterator[Chunk]:
        width = len(self.columns)
        with self._text() as file:
            reader = self._reader(file)
            while not next(reader):  # blank lines above the header
                pass
            end = last = reader.line_num
            while True:
                pairs = self._read(reader, size)
                if not pairs:
                    self._check_closed(last, end)
                    return
                numbers, rows = [], []
                for line, row in pairs:
                    last = end
                    if row:
                        numbers.append(end + 1 + self._skip)
                        rows.append(row)
                    end = line
                if self._encoding.leftovers:
                    rows = [list(map(mend, row)) for row in rows]
                self.bytes_read = os.lseek(file.fileno(), 0, os.SEEK_CUR)
                yield split_ragged(numbers, rows, width)

    def _check_closed(self, before: int, end: int) -> None:
        """Refuse a last record whose quotation mark never closes: it may hold many rows."""
        if end - before < 2:
            return
        with self._text() as file:
            for _skipped in range(self._skip):
                next(file)
            lines = islice(file, before, None)
            try:
                list(csv.reader(lines, delimiter=self._delimiter, strict=True))
            except csv.Error as error:
                if "unexpected end" in str(error):
                    raise TableError(
                        _(
                            "%(file)s, line %(line)d: a quotation mark opens and never closes, "
                            "so that the rest of the file is one field: close it or remove it."
                        )
                        % {"file": self.path.name, "line": before + 1 + self._skip}
                    ) from error

    def _text(self) -> TextIO:
        return self.path.open(
            encoding=self._encoding.codec, errors=self._encoding.errors, newline=""
        )

    def _read(self, reader: "Reader", size: int) -> list[tuple[int, list[str]]]:
        """Rows with the numbers of their last lines."""
        try:
            before = reader.line_num
            rows = list(islice(reader, size))
            if reader.line_num - before == len(rows):  # no field goes over several lines
                return list(zip(range(before + 1, reader.line_num + 1), rows, strict=True))
            lines = (1 + sum(len(BREAK.findall(field)) for field in row) for row in rows)
            return [(before + end, row) for end, row in zip(accumulate(lines), rows, strict=True)]
        except csv.Error as error:
            raise TableError(self._csv_message(error, reader.line_num)) from error
        except UnicodeError as error:
            raise TableError(self._decode_message(reader.line_num)) from error

    def _reader(self, lines: Iterator[str]) -> "Reader":
        csv.field_size_limit(LONGEST_FIELD)
        for _skipped in range(self._skip):
            next(lines)
        return csv.reader(lines, delimiter=self._delimiter)

    def _head(self) -> tuple[str, bool]:
        try:
            with self._text() as file:
                head = file.read(HEAD)
        except UnicodeError as error:
            raise TableError(self._decode_message(0)) from error
        if "\0" in head:
            raise TableError(
                _("%(file)s holds NUL characters: it is damaged or not text. Export it again.")
                % {"file": self.path.name}
            )
        return head, len(head) < HEAD

    def _header(self) -> list[str]:
        with self._text() as file:
            pairs = [pair for pair in self._read(self._reader(file), 50) if pair[1]]
        if not pairs or not any(field.strip() for field in pairs[0][1]):
            raise TableError(
                _("%(file)s, line 1 holds no column names: put them in the first line.")
                % {"file": self.path.name}
            )
        if len(pairs) < 2:
            raise TableError(
                _("%(file)s has a line of column names and no rows below it: export it again.")
                % {"file": self.path.name}
            )
        return pairs[0][1]

    def _csv_message(self, error: csv.Error, line: int) -> str:
        if "field larger" in str(error):
            return _(
                "%(file)s, about line %(line)d: a field is longer than a million characters. "
                "Most likely a quotation mark opened before it never closes: close it or remove it."
            ) % {"file": self.path.name, "line": line}
        return _("%(file)s, line %(line)d cannot be read as CSV: %(error)s") % {
            "file": self.path.name,
            "line": line,
            "error": error,
        }

    def _decode_message(self, line: int) -> str:
        return _(
            "%(file)s, after line %(line)d: the text is not written in %(encoding)s, or the "
            "file is damaged. Let the encoding be detected, name the right one, or export the "
            "file again."
        ) % {
            "file": self.path.name,
            "line": line,
            "encoding": self._encoding.codec,
        }


def _shown_encoding(path: Path, encoding: Encoding) -> str:
    """The name a person knows: latin-1 where cp1252's own signs do not occur."""
    if encoding.codec == "utf-8-sig":
        with path.open("rb") as file:
            return "utf-8 (BOM)" if file.read(3) == b"\xef\xbb\xbf" else "utf-8"
    return encoding.codec
