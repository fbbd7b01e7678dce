"""How does a schema in PostgreSQL keep the facts? For installations of several processes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from loopwell.insights.warehouse.engine import (
    Change,
    Columns,
    WarehouseUnavailable,
    fits,
)
from loopwell.insights.warehouse.tables import TABLES, Table

SCHEMA = "warehouse"
_LOCK = 7_205_001
"""Key of the advisory lock that lets one writer in at a time, over all processes."""

_SQL = {
    "int64": sql.SQL("BIGINT"),
    "float64": sql.SQL("DOUBLE PRECISION"),
    "string": sql.SQL("TEXT"),
    "boolean": sql.SQL("BOOLEAN"),
    "timestamp": sql.SQL("TIMESTAMP"),
}
_TYPE = {
    "bigint": "int64",
    "double precision": "float64",
    "text": "string",
    "boolean": "boolean",
    "timestamp without time zone": "timestamp",
}
Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresEngine:
    """A warehouse in the schema `warehouse` of the database that the address names."""

    dialect = "postgres"
    alone = True

    def __init__(self, url: str) -> None:
        options = {"options": f"-c search_path={SCHEMA} -c client_min_messages=warning"}
        self._pool = ConnectionPool(
            url, min_size=0, max_size=4, timeout=10, open=True, kwargs=options
        )
        try:
            self._create()
        except WarehouseUnavailable:
            self._pool.close()
            raise

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        with self._connected() as connection:
            return connection.execute(sql.encode()).fetchall()

    def table(self, table: Table) -> str:
        return f'"{table.name}"'

    def columns(self, table: Table) -> dict[str, str]:
        with self._connected() as connection:
            found = connection.execute(
                "SELECT column_name, data_type FROM information_schema.columns "
                "WHERE table_schema = %s AND table_name = %s",
                [SCHEMA, table.name],
            )
            return {str(name): _TYPE.get(str(kind), str(kind)) for name, kind in found}

    def add_properties(self, columns: Mapping[str, str]) -> None:
        for table in TABLES:
            known = self.columns(table)
            missing = {c: k for c, k in columns.items() if c not in known}
            with self._writing() as connection:
                for column, kind in missing.items() if table.carries_properties else ():
                    connection.execute(
                        sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                            sql.Identifier(table.name), sql.Identifier(column), _SQL[kind]
                        )
                    )

    def apply(self, changes: Sequence[Change]) -> None:
        with self._writing() as connection:
            for change in changes:
                name = sql.Identifier(change.table.name)
                connection.execute(
                    sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
                        name, sql.Identifier(change.table.key)
                    ),
                    [list(change.ids)],
                )
                _copy(connection, name, change.rows)

    @contextmanager
    def rebuilding(self, properties: Mapping[str, str]) -> Iterator["_Loading"]:
        """Short transactions under one session lock: a long one would stall the journal."""
        with self._connected() as connection:
            connection.autocommit = True
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                for table in TABLES:
                    fresh = sql.Identifier(f"{table.name}_new")
                    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(fresh))
                    connection.execute(_create(fresh, table.typed(properties)))
                    _index(connection, table, f"{table.name}_new")
                yield _Loading(connection)
                with connection.transaction():
                    for table in TABLES:
                        _swap(connection, table)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
                connection.autocommit = False

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.ProgrammingError, PoolTimeout) as error:
            raise WarehouseUnavailable(
                _("The numbers cannot be read now: %(error)s. Answers are still accepted.")
                % {"error": str(error).split("\n")[0]}
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._connected() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            yield connection

    def _create(self) -> None:
        with self._writing() as connection:
            name = sql.Identifier(SCHEMA)
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
        known = {table.name: self.columns(table) for table in TABLES}
        with self._writing() as connection:
            if not fits(known):
                for table in TABLES:
                    gone = sql.Identifier(table.name)
                    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(gone))
            for table in TABLES:
                connection.execute(_create(sql.Identifier(table.name), table.columns))
                _index(connection, table, table.name)


class _Loading:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, table: Table, rows: Columns) -> None:
        _copy(self._connection, sql.Identifier(f"{table.name}_new"), rows)


def _create(name: sql.Identifier, columns: dict[str, str]) -> sql.Composed:
    typed = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column), _SQL[kind])
        for column, kind in columns.items()
    )
    return sql.SQL("CREATE TABLE IF NOT EXISTS {} ({}, PRIMARY KEY (id))").format(name, typed)


def _index(connection: Connection, table: Table, name: str) -> None:
    """To find the facts of one key where that is not the primary key."""
    if table.key != "id":
        connection.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({})").format(
                sql.Identifier(f"{name}_key"), sql.Identifier(name), sql.Identifier(table.key)
            )
        )


def _copy(connection: Connection, name: sql.Identifier, rows: Columns) -> None:
    if not rows.get("id"):
        return
    names = sql.SQL(", ").join(map(sql.Identifier, rows))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(name, names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in zip(*rows.values(), strict=True):
            copy.write_row(row)


def _swap(connection: Connection, table: Table) -> None:
    connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(table.name)))
    connection.execute(
        sql.SQL("ALTER TABLE {} RENAME TO {}").format(
            sql.Identifier(f"{table.name}_new"), sql.Identifier(table.name)
        )
    )
    connection.execute(
        sql.SQL("ALTER INDEX {} RENAME TO {}").format(
            sql.Identifier(f"{table.name}_new_pkey"), sql.Identifier(f"{table.name}_pkey")
        )
    )
    if table.key != "id":
        connection.execute(
            sql.SQL("ALTER INDEX {} RENAME TO {}").format(
                sql.Identifier(f"{table.name}_new_key"), sql.Identifier(f"{table.name}_key")
            )
        )
