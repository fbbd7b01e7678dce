"""Which warehouse does this process use? One, opened when it is first needed."""

import threading
import time
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.insights.warehouse.engine import Engine, WarehouseUnavailable

_lock = threading.Lock()
_open: dict[str, Engine] = {}
_first_try: dict[str, float] = {}


def warehouse(*, patience: float | None = None) -> Engine:
    """The warehouse of LOOPWELL_WAREHOUSE_URL; raises WarehouseUnavailable.

    A DuckDB file that another process holds is waited for, ten seconds from the first try on
    (or `patience` seconds), so that pages fail at once when it stays held.
    """
    url: str = settings.WAREHOUSE_URL
    with _lock:
        if url not in _open:
            _open[url] = _engine(url, patience)
        return _open[url]


def close_warehouse() -> None:
    """Lets go of every warehouse this process has opened."""
    with _lock:
        for engine in _open.values():
            engine.close()
        _open.clear()
        _first_try.clear()


def _engine(url: str, patience: float | None) -> Engine:
    parts = urlsplit(url)
    if parts.scheme in ("clickhouse", "chdb"):
        return _clickhouse(url)
    if parts.scheme != "duckdb":
        from loopwell.insights.warehouse.postgres import PostgresEngine

        return PostgresEngine(url)
    from loopwell.insights.warehouse.duck import PATIENCE, DuckEngine

    if patience is None:
        tried = _first_try.setdefault(url, time.monotonic())
        patience = max(0.0, tried + PATIENCE - time.monotonic())
    path = unquote(parts.path)
    return DuckEngine(":memory:" if path == "/:memory:" else path, patience)


def _clickhouse(url: str) -> Engine:
    try:
        from loopwell.insights.warehouse.clickhouse import ClickHouseEngine
    except ImportError as error:
        raise WarehouseUnavailable(
            _("ClickHouse needs a further package: pip install 'loopwell[clickhouse]'.")
        ) from error
    return ClickHouseEngine(url)
