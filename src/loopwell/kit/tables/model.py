"""What is a foreign table: its columns, how it was read, its rows, and what can be wrong?"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid


class TableError(Invalid):
    """A file that cannot be read; the message names the file, the place and the mending."""


class Ragged(StrEnum):
    """How a row's number of fields differs from the header's."""

    NO = ""
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"


class Row(NamedTuple):
    """One row: its first line's number in the file (1-based) and its fields as found.

    A ragged row keeps its fields as they are: they cannot be trusted to stand below the right
    headers, so they are for showing only.
    """

    number: int
    values: list[str]
    ragged: Ragged = Ragged.NO

    def problem(self, width: int) -> str:
        """The sentence for a person, empty when the row is whole."""
        if self.ragged is Ragged.NO:
            return ""
        facts = {"found": len(self.values), "expected": width}
        if self.ragged is Ragged.TOO_FEW:
            return _("too few fields: %(found)d instead of %(expected)d") % facts
        return _("too many fields: %(found)d instead of %(expected)d") % facts


@dataclass(frozen=True)
class Detected:
    """How the file was read; `notes` are sentences for a person."""

    kind: str  # "csv", "xlsx" or "parquet"
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chunk:
    """Some consecutive rows: whole ones column-ready, ragged ones apart."""

    numbers: list[int]
    rows: list[list[str]]
    ragged: list[Row] = field(default_factory=list)


class Table(ABC):
    """A table that is read front to back, as often as wanted, without holding it in memory."""

    path: Path
    columns: list[str]
    detected: Detected
    bytes_total: int = 0  # of the file as read, 0 when not known
    bytes_read: int = 0  # how far the newest reading came, for progress

    @abstractmethod
    def chunks(self, size: int = 10_000) -> Iterator[Chunk]:
        """The rows in portions of at most `size`, for work on whole columns."""

    def rows(self) -> Iterator[Row]:
        """The rows one by one, in the order of the file, ragged ones flagged."""
        for chunk in self.chunks():
            whole = (
                Row(number, row) for number, row in zip(chunk.numbers, chunk.rows, strict=True)
            )
            if not chunk.ragged:
                yield from whole
            else:
                yield from sorted([*whole, *chunk.ragged], key=lambda row: row.number)

    def sample(self, count: int = 10) -> list[Row]:
        """The first rows, as a preview."""
        found: list[Row] = []
        for chunk in self.chunks(max(count, 1)):
            whole = [Row(n, row) for n, row in zip(chunk.numbers, chunk.rows, strict=True)]
            found += sorted([*whole, *chunk.ragged], key=lambda row: row.number)
            if len(found) >= count:
                break
        return found[:count]


def split_ragged(numbers: list[int], rows: list[list[str]], width: int) -> Chunk:
    """A chunk whose rows all have the header's width, the others set apart."""
    if all(len(row) == width for row in rows):
        return Chunk(numbers, rows)
    whole = [(n, row) for n, row in zip(numbers, rows, strict=True) if len(row) == width]
    ragged = [
        Row(n, row, Ragged.TOO_FEW if len(row) < width else Ragged.TOO_MANY)
        for n, row in zip(numbers, rows, strict=True)
        if len(row) != width
    ]
    return Chunk([n for n, _row in whole], [row for _n, row in whole], ragged)
