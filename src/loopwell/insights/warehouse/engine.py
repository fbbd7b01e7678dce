"""What must an engine of the warehouse be able to do, and how does it fail?"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from loopwell.insights.warehouse.tables import TABLES, Table
from loopwell.journal.rules import Unavailable
from loopwell.kit.errors import ExpectedError

Columns = dict[str, list[Any]]
"""Rows by column: every list has the same length."""


class WarehouseUnavailable(ExpectedError, Unavailable):
    """The numbers cannot be read or written now; answers are still accepted."""

    status = 503


class WarehouseBusy(WarehouseUnavailable):
    """Another process holds the DuckDB file."""


@dataclass(frozen=True)
class Change:
    """The facts of these keys as they are now: a key without a row is taken out."""

    table: Table
    ids: Sequence[int]
    rows: Columns


def fits(known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether the tables that are there, columns by name, are those of this version; one without
    columns is not there. Others are dropped and built anew."""
    if not any(known.values()):
        return True
    return all(
        known.get(table.name, {}).get(column) == kind
        for table in TABLES
        for column, kind in table.columns.items()
    )


class Loader(Protocol):
    def add(self, table: Table, rows: Columns) -> None: ...


class Engine(Protocol):
    """One warehouse; safe to use from many threads, one writer at a time."""

    dialect: str
    alone: bool
    """Whether all other writers, of other processes too, wait while it is rebuilt. Where they do
    not, what they told meanwhile is told again."""

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs one compiled question; raises WarehouseUnavailable."""

    def table(self, table: Table) -> str:
        """How a statement names it."""

    def columns(self, table: Table) -> dict[str, str]:
        """Its columns as they are now, with their types."""

    def add_properties(self, columns: Mapping[str, str]) -> None:
        """Adds a column to each table that lacks one; older facts hold NULL there."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Replaces the facts in one transaction; applying the same again changes nothing."""

    def rebuilding(self, properties: Mapping[str, str]) -> AbstractContextManager[Loader]:
        """New tables to fill; they take the place of the old ones when the block ends well.

        Other writers wait until then, readers see the old facts.
        """

    def close(self) -> None: ...
