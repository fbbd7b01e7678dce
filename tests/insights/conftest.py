"""A warehouse for each test: DuckDB in memory, and PostgreSQL where there is a server."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from loopwell.insights.warehouse import close_warehouse, warehouse


@pytest.fixture(scope="session")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for chDB, ClickHouse's own engine in this process; one for all tests."""
    return f"chdb://{tmp_path_factory.mktemp('clickhouse')}"


@pytest.fixture(
    params=["duckdb", pytest.param("postgres", marks=pytest.mark.postgres), "clickhouse"]
)
def engine(request: pytest.FixtureRequest, settings: Any, db: None) -> Iterator[str]:
    """The name of the dialect under test; the warehouse is empty."""
    if request.param == "duckdb":
        yield "duckdb"
        return
    if request.param == "clickhouse":
        settings.WAREHOUSE_URL = request.getfixturevalue("clickhouse")
        with warehouse().rebuilding({}):
            pass
        yield "clickhouse"
        close_warehouse()
        return
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL: set LOOPWELL_DATABASE_URL=postgresql://… to try this")
    values = connection.settings_dict
    address = f"{values['HOST'] or 'localhost'}:{values['PORT'] or 5432}"
    login = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    settings.WAREHOUSE_URL = f"postgresql://{login}@{address}/{values['NAME']}"
    _drop(settings.WAREHOUSE_URL)
    yield "postgres"
    close_warehouse()
    _drop(settings.WAREHOUSE_URL)


def _drop(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("DROP SCHEMA IF EXISTS warehouse CASCADE")
