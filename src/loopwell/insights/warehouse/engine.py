"""What must an engine of the warehouse be able to do, and how does it fail?"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from loopwell.insights.warehouse.tables import Table
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
    """The facts of these ids as they are now: an id without a row is taken out."""

    table: Table
    ids: Sequence[int]
    rows: Columns


class Loader(Protocol):
    def add(self, table: Table, rows: Columns) -> None: ...


class Engine(Protocol):
    """One warehouse; safe to use from many threads, one writer at a time."""

    dialect: str

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs one compiled question; raises WarehouseUnavailable."""

    def columns(self, table: Table) -> frozenset[str]:
        """The names of its columns as they are now."""

    def add_properties(self, names: Sequence[str]) -> None:
        """Adds a text column to each table that lacks one; older facts hold NULL there."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Replaces the facts in one transaction; applying the same again changes nothing."""

    def rebuilding(self, properties: Sequence[str]) -> AbstractContextManager[Loader]:
        """New tables to fill; they take the place of the old ones when the block ends well.

        Other writers wait until then, readers see the old facts.
        """

    def close(self) -> None: ...
