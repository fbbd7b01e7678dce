"""How does ClickHouse keep the facts? A server or cluster, or chDB: its engine in this process."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import clickhouse_connect
import pyarrow  # noqa: ICN001 `pa` below is the same, without types
from clickhouse_connect.driver.exceptions import ClickHouseError
from django.utils.translation import gettext as _

from loopwell.insights.warehouse.engine import Change, Columns, WarehouseUnavailable, fits
from loopwell.insights.warehouse.tables import TABLES, Table

DATABASE = "loopwell"
"""Where the address names none."""
ONE = 8123
"""Port of the HTTP interface where the address names none."""
pa: Any = pyarrow

_READING = {"final": 1, "join_use_nulls": 1}
_DELETING = {"lightweight_deletes_sync": 2, "mutations_sync": 2}
_SQL = {
    "int64": "Int64",
    "float64": "Float64",
    "string": "String",
    "boolean": "Bool",
    "timestamp": "DateTime64(6, 'UTC')",
}
_TYPE = {sql: kind for kind, sql in _SQL.items()}
_ARROW = {
    "int64": pa.int64(),
    "float64": pa.float64(),
    "string": pa.string(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
}
_ALWAYS = frozenset(
    {
        "id", "at_utc", "at_local", "promoter", "passive", "detractor", "has_comment", "sent",
        "delivered", "opened", "answered", "bounced", "declined",
    }
)  # fmt: skip
"""Columns that are never NULL, which ClickHouse reads faster; so are texts of the fixed columns."""


class ClickHouseEngine:
    """A warehouse in one database of ClickHouse.

    A fact is replaced by writing it again under the same sorting key (ReplacingMergeTree, read
    with FINAL); what is gone is deleted. There are no transactions: a reader may see an answer's
    new facts a moment before its new ratings.
    """

    dialect = "clickhouse"
    alone = False

    def __init__(self, url: str) -> None:
        self._writing = threading.RLock()
        self._database = _database(url)
        with _told():
            first = _client(url, "default")
            first.command(f"CREATE DATABASE IF NOT EXISTS {self._database}")
            first.close()
            self._client = _client(url, self._database)
            with self._writing:
                self._create()

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        with _told():
            found = self._client.query(sql, settings=_READING).result_rows
            return [tuple(row) for row in found]

    def table(self, table: Table) -> str:
        return f'"{table.name}"'

    def columns(self, table: Table) -> dict[str, str]:
        return self._known().get(table.name, {})

    def add_properties(self, columns: Mapping[str, str]) -> None:
        with _told(), self._writing:
            known = self._known()
            for table in TABLES:
                for column, kind in columns.items() if table.carries_properties else ():
                    if column not in known[table.name]:
                        typed = _typed(table, column, kind)
                        self._client.command(f'ALTER TABLE "{table.name}" ADD COLUMN {typed}')

    def apply(self, changes: Sequence[Change]) -> None:
        with _told(), self._writing:
            known = self._known()
            for change in changes:
                table = change.table
                _insert(self._client, table.name, known[table.name], change.rows)
                self._delete(change)

    @contextmanager
    def rebuilding(self, properties: Mapping[str, str]) -> Iterator["_Loading"]:
        with _told(), self._writing:
            for table in TABLES:
                self._client.command(f'DROP TABLE IF EXISTS "{table.name}_new" SYNC')
                self._client.command(_created(table, f"{table.name}_new", properties))
            yield _Loading(self._client, properties)
            for table in TABLES:
                self._client.command(f'EXCHANGE TABLES "{table.name}" AND "{table.name}_new"')
            for table in TABLES:
                self._client.command(f'DROP TABLE "{table.name}_new" SYNC')

    def close(self) -> None:
        with self._writing:
            self._client.close()

    def _create(self) -> None:
        known = self._known()
        if not fits({table.name: known.get(table.name, {}) for table in TABLES}):
            for table in TABLES:
                self._client.command(f'DROP TABLE IF EXISTS "{table.name}" SYNC')
        for table in TABLES:
            self._client.command(_created(table, table.name, {}))

    def _known(self) -> dict[str, dict[str, str]]:
        """Columns with their types, by table."""
        rows = self.read(
            f"SELECT table, name, type FROM system.columns WHERE database = '{self._database}'"  # noqa: S608 checked name
        )
        found: dict[str, dict[str, str]] = {}
        for table, name, kind in rows:
            found.setdefault(str(table), {})[str(name)] = _plain(str(kind))
        return found

    def _delete(self, change: Change) -> None:
        """The facts of these keys that are not among those just written."""
        table, kept = change.table, change.rows.get("id", [])
        keys = ", ".join(str(int(key)) for key in change.ids)
        if not keys:
            return
        where = f'"{table.key}" IN ({keys})'
        if kept:
            where += f' AND "id" NOT IN ({", ".join(str(int(each)) for each in kept)})'
        if self.read(f'SELECT 1 FROM "{table.name}" WHERE {where} LIMIT 1'):  # noqa: S608 names and whole numbers
            self._client.command(
                f'DELETE FROM "{table.name}" WHERE {where}',  # noqa: S608 as above
                settings=_DELETING,
            )


class _Loading:
    def __init__(self, client: Any, properties: Mapping[str, str]) -> None:
        self._client, self._properties = client, properties

    def add(self, table: Table, rows: Columns) -> None:
        _insert(self._client, f"{table.name}_new", table.typed(self._properties), rows)


@contextmanager
def _told() -> Iterator[None]:
    """Any failure of the engine or on the way to it as what people are told."""
    try:
        yield
    except (ClickHouseError, OSError) as error:
        told = str(error.__cause__ or error).split("\n")[0].split(" executing HTTP")[0][:200]
        raise WarehouseUnavailable(
            _("The numbers cannot be read now: %(error)s. Answers are still accepted.")
            % {"error": told}
        ) from error


def _database(url: str) -> str:
    name = urlsplit(url).path.strip("/") if url.startswith("clickhouse") else DATABASE
    if not (name or DATABASE).isidentifier():
        raise WarehouseUnavailable(
            _("“%(name)s” is no name of a ClickHouse database: use letters, digits and _.")
            % {"name": name}
        )
    return name or DATABASE


def _client(url: str, database: str) -> Any:
    """`clickhouse://user:password@host:port/database?secure=1`, or `chdb:///folder`."""
    parts = urlsplit(url)
    if parts.scheme == "chdb":
        return clickhouse_connect.get_client(
            interface="chdb", path=unquote(parts.path), database=database
        )
    secure = parse_qs(parts.query).get("secure", ["0"])[0] in ("1", "true", "yes")
    return clickhouse_connect.get_client(
        host=parts.hostname or "localhost",
        port=parts.port or (8443 if secure else ONE),
        username=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        database=database,
        secure=secure,
        autogenerate_session_id=False,  # sessions refuse a second question at the same time
    )


def _created(table: Table, name: str, properties: Mapping[str, str]) -> str:
    columns = ", ".join(_typed(table, *each) for each in table.typed(properties).items())
    order = '"id"' if table.key == "id" else f'"{table.key}", "id"'
    return (
        f'CREATE TABLE IF NOT EXISTS "{name}" ({columns}) '
        f"ENGINE = ReplacingMergeTree ORDER BY ({order})"
    )


def _typed(table: Table, column: str, kind: str) -> str:
    fixed = column in table.columns
    made = _SQL[kind]
    if not (fixed and (kind == "string" or column in _ALWAYS or column == table.key)):
        made = f"Nullable({made})"
    if kind == "string" and column != "ref":
        made = f"LowCardinality({made})"
    return f'"{column}" {made}'


def _plain(kind: str) -> str:
    """The Ibis type of a ClickHouse type."""
    for wrapped in ("LowCardinality(", "Nullable("):
        if kind.startswith(wrapped):
            kind = kind[len(wrapped) : -1]
    return _TYPE.get(kind, kind)


def _insert(client: Any, name: str, typed: Mapping[str, str], rows: Columns) -> None:
    if not rows.get("id"):
        return
    columns = {column: pa.array(rows[column], _ARROW[typed[column]]) for column in rows}
    client.insert_arrow(name, pa.table(columns))
