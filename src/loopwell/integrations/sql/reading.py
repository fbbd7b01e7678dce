"""How is a company's database read: only read, in a stream, with every error in plain words?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy
from django.conf import settings
from django.utils.translation import gettext as _
from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.pool import NullPool

from loopwell.integrations.sql.rules import SINCE, SourceProblem, since_of, without_password

CONNECT_SECONDS = 10
BATCH = 1000
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql", "mssql": "mssql+pymssql",
    "oracle": "oracle+oracledb"}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The columns of a query and its rows, which come as they are asked for."""

    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


def address(variable: str) -> URL:
    """Where the source is; raises SourceProblem when nobody said, or not in words we know."""
    text = settings.SOURCES.get(variable, "")
    name = f"LOOPWELL_SOURCE_{variable}"
    if not text:
        words = _("The server has no %(name)s: set it to the database's address and start again.")
        raise SourceProblem(words % {"name": name})
    try:
        url = make_url(text)
    except exc.ArgumentError as error:
        words = _("%(name)s is no address of a database: postgresql://user:password@host/name.")
        raise SourceProblem(words % {"name": name}) from error
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def place(variable: str) -> str:
    """The database without user and password, or "" when it is not known."""
    try:
        url = address(variable)
    except SourceProblem:
        return ""
    kind = url.get_backend_name()
    name = Path(url.database or "").name if kind == "sqlite" else url.database
    return f"{kind} · {'/'.join(part for part in (url.host, name) if part)}"


@contextmanager
def answer(variable: str, query: str, *, watermark: str, seconds: int) -> Iterator[Answer]:
    """Runs the query in a transaction that can only read, for so long at most."""
    url = address(variable)
    try:
        engine = _engine(url, seconds)
        with _connected(engine, url) as connection:
            yield _ask(connection, query, watermark, url, seconds)
    except exc.SQLAlchemyError as error:
        raise _in_words(error, url) from error


def _engine(url: URL, seconds: int) -> sqlalchemy.Engine:
    backend = url.get_backend_name()
    options: dict[str, Any] = {}
    if backend == "sqlite":
        if url.database and not Path(url.database).exists():
            words = _("There is no file %(file)s on the server.")
            raise SourceProblem(words % {"file": Path(url.database).name})
    elif backend in ("postgresql", "mysql", "mariadb"):
        options = {"connect_timeout": CONNECT_SECONDS}
    try:
        engine = sqlalchemy.create_engine(url, poolclass=NullPool, connect_args=options)
    except (exc.NoSuchModuleError, ModuleNotFoundError) as error:
        words = _("The driver for %(kind)s is not installed: pip install %(driver)s.")
        driver = url.drivername.partition("+")[2] or url.drivername
        raise SourceProblem(words % {"kind": backend, "driver": driver}) from error
    if backend == "sqlite":
        sqlalchemy.event.listen(engine, "connect", lambda raw, _record: _bound(raw, seconds))
    return engine


def _bound(raw: Any, seconds: int) -> None:
    """SQLite has neither read-only transactions nor a timeout for statements."""
    raw.execute("PRAGMA query_only = ON")
    end = monotonic() + seconds
    raw.set_progress_handler(lambda: monotonic() > end, 100_000)


@contextmanager
def _connected(engine: sqlalchemy.Engine, url: URL) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except exc.SQLAlchemyError as error:
        words = _("Cannot connect to %(place)s: %(reason)s")
        told = {"place": url.host or url.database or "?", "reason": _reason(error, url)}
        raise SourceProblem(words % told) from error
    try:
        yield connection
    finally:
        connection.close()


def _ask(connection: Connection, query: str, watermark: str, url: URL, seconds: int) -> Answer:
    backend = url.get_backend_name()
    if backend == "postgresql":
        connection = connection.execution_options(postgresql_readonly=True)
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {seconds * 1000:d}")
    elif backend in ("mysql", "mariadb"):
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        if backend == "mysql":
            connection.exec_driver_sql(f"SET SESSION MAX_EXECUTION_TIME = {seconds * 1000:d}")
    values = {"since": _since(watermark, backend)} if SINCE.search(query) else {}
    statement = sqlalchemy.text(query.strip().rstrip(";"))
    streamed = connection.execution_options(stream_results=True, max_row_buffer=BATCH)
    result = streamed.execute(statement, values)
    return Answer(list(result.keys()), (tuple(row) for row in result))


def _since(watermark: str, backend: str) -> Any:
    """SQLite keeps moments as text."""
    found = since_of(watermark or "1970-01-01")
    if backend == "sqlite" and isinstance(found, datetime):
        return watermark or "1970-01-01"
    return found


def _in_words(error: exc.SQLAlchemyError, url: URL) -> SourceProblem:
    reason = _reason(error, url)
    if "timeout" in reason.lower() or "interrupted" in reason.lower():
        return SourceProblem(_("The query takes too long: ask for less, or add an index."))
    return SourceProblem(_("The database refused the query: %(reason)s") % {"reason": reason})


def _reason(error: exc.SQLAlchemyError, url: URL) -> str:
    """The database's own first line, without the statement, its values and the password."""
    original = getattr(error, "orig", None) or error
    lines = [line.strip() for line in str(original).splitlines() if line.strip()]
    return without_password(lines[0] if lines else type(original).__name__, url.password)[:300]
