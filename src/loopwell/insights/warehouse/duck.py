"""How does a DuckDB file keep the facts? One process, one cursor per thread, no primary key."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow  # noqa: ICN001 `pa` below is the same, without types
from django.utils.translation import gettext as _

from loopwell.insights.warehouse.engine import (
    Change,
    Columns,
    WarehouseBusy,
    WarehouseUnavailable,
    fits,
)
from loopwell.insights.warehouse.tables import TABLES, Table

PATIENCE = 10.0
"""Seconds to wait for a process that is about to end to let go of the file."""

pa: Any = pyarrow

_SQL = {
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
}
_TYPE = {sql: kind for kind, sql in _SQL.items()}
_ARROW = {
    "int64": pa.int64(),
    "float64": pa.float64(),
    "string": pa.string(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
}


class DuckEngine:
    """A warehouse in a DuckDB file, or in memory where the path is ":memory:"."""

    dialect = "duckdb"
    alone = True

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self._connection = _open(path, patience)
        self._local = threading.local()
        self._writing = threading.RLock()
        with self._writing:
            if not fits({table.name: self._known(table) for table in TABLES}):
                for table in TABLES:
                    self._cursor().execute(f'DROP TABLE IF EXISTS "{table.name}"')
            for table in TABLES:
                self._cursor().execute(_create(table.name, table.columns))

    def _known(self, table: Table) -> dict[str, str]:
        """Its columns, none where it is not there."""
        found = self._cursor().execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ?",
            [table.name],
        )
        return {name: _TYPE.get(kind, kind) for name, kind in found.fetchall()}

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        try:
            return self._cursor().execute(sql).fetchall()
        except duckdb.Error as error:
            raise _unavailable(error) from error

    def table(self, table: Table) -> str:
        return f'"{table.name}"'

    def columns(self, table: Table) -> dict[str, str]:
        rows = self.read(f'DESCRIBE "{table.name}"')
        return {row[0]: _TYPE.get(row[1], row[1]) for row in rows}

    def add_properties(self, columns: Mapping[str, str]) -> None:
        with self._writing:
            for table in TABLES:
                known = self.columns(table)
                for column, kind in columns.items() if table.carries_properties else ():
                    if column not in known:
                        self._cursor().execute(
                            f'ALTER TABLE "{table.name}" ADD COLUMN "{column}" {_SQL[kind]}'
                        )

    def apply(self, changes: Sequence[Change]) -> None:
        with self._writing:
            cursor = self._cursor()
            try:
                cursor.execute("BEGIN")
                for change in changes:
                    _delete(cursor, change)
                    known = self.columns(change.table)
                    _insert(cursor, known, change.table.name, change.rows)
                cursor.execute("COMMIT")
            except duckdb.Error as error:
                cursor.execute("ROLLBACK")
                raise _unavailable(error) from error

    @contextmanager
    def rebuilding(self, properties: Mapping[str, str]) -> Iterator["_Loading"]:
        with self._writing:
            cursor = self._cursor()
            for table in TABLES:
                cursor.execute(f'DROP TABLE IF EXISTS "{table.name}_new"')
                cursor.execute(_create(f"{table.name}_new", table.typed(properties)))
            yield _Loading(cursor, properties)
            cursor.execute("BEGIN")
            for table in TABLES:
                cursor.execute(f'DROP TABLE "{table.name}"')
                cursor.execute(f'ALTER TABLE "{table.name}_new" RENAME TO "{table.name}"')
            cursor.execute("COMMIT")

    def close(self) -> None:
        with self._writing:
            self._connection.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor


class _Loading:
    def __init__(self, cursor: duckdb.DuckDBPyConnection, properties: Mapping[str, str]) -> None:
        self._cursor, self._properties = cursor, properties

    def add(self, table: Table, rows: Columns) -> None:
        _insert(self._cursor, table.typed(self._properties), f"{table.name}_new", rows)


def _open(path: str, patience: float) -> duckdb.DuckDBPyConnection:
    if path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unavailable(error) from error
    until = time.monotonic() + patience
    while True:
        try:
            return duckdb.connect(path)
        except duckdb.Error as error:
            held = "lock" in str(error)
            if not held:
                raise _damaged(path, error) from error
            if time.monotonic() >= until:
                raise WarehouseBusy(
                    _("The file of the numbers, %(path)s, is held by another process of Loopwell.")
                    % {"path": path}
                ) from error
            time.sleep(0.2)


def _damaged(path: str, error: duckdb.Error) -> WarehouseUnavailable:
    return WarehouseUnavailable(
        _(
            "The file of the numbers, %(path)s, cannot be opened: %(error)s. Answers are still "
            "accepted. If the disk is well, move the file away and start Loopwell again: it is "
            "built anew from the answers."
        )
        % {"path": path, "error": str(error).split("\n")[0]}
    )


def _unavailable(error: duckdb.Error | OSError) -> WarehouseUnavailable:
    return WarehouseUnavailable(
        _("The numbers cannot be read now: %(error)s. Answers are still accepted.")
        % {"error": str(error).split("\n")[0]}
    )


def _create(name: str, columns: dict[str, str]) -> str:
    typed = ", ".join(f'"{column}" {_SQL[kind]}' for column, kind in columns.items())
    return f'CREATE TABLE IF NOT EXISTS "{name}" ({typed})'


def _delete(cursor: duckdb.DuckDBPyConnection, change: Change) -> None:
    gone = pa.table({"key": pa.array(change.ids, pa.int64())})
    cursor.register("gone", gone)
    name, key = change.table.name, change.table.key
    cursor.execute(f'DELETE FROM "{name}" WHERE "{key}" IN (SELECT key FROM gone)')  # noqa: S608 our own names
    cursor.unregister("gone")


def _insert(
    cursor: duckdb.DuckDBPyConnection, typed: Mapping[str, str], name: str, rows: Columns
) -> None:
    if not rows.get("id"):
        return
    kinds = {column: typed[column] for column in rows}
    batch = pa.table({c: pa.array(rows[c], _ARROW[kind]) for c, kind in kinds.items()})
    cursor.register("batch", batch)
    names = ", ".join(f'"{column}"' for column in rows)
    cursor.execute(f'INSERT INTO "{name}" ({names}) SELECT {names} FROM batch')  # noqa: S608 our own names
    cursor.unregister("batch")
