"""Do interactions come from a company's own database: read only, once each, mended in words?"""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from django.db import connection

from loopwell.access.rules import SYSTEM
from loopwell.integrations.sql.models import Source
from loopwell.integrations.sql.operations import (
    BadSource,
    SourceChange,
    choose_columns,
    enqueue_due,
    pause_source,
    run_source,
    save_source,
    start_source,
    try_it,
)
from loopwell.integrations.sql.queries import databases, sources
from loopwell.integrations.sql.rules import SourceProblem, query_problem
from loopwell.integrations.sql.taking import guessed
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.kit.errors import Forbidden
from loopwell.people.models import HeldInteraction, Interaction
from tests.conftest import NOW, Company
from tests.factories import customer

pytestmark = pytest.mark.django_db
QUERY = """SELECT number AS order_id, 'delivery' AS touchpoint, done AS at, client AS customer_id,
  town AS carrier, changed FROM shop_orders WHERE changed >= :since ORDER BY changed"""
ROWS = [
    ("D1", "2026-02-03 10:00:00", "C1", "Gdynia", "2026-02-03 10:00:00"),
    ("D2", "2026-02-04 10:00:00", "C1", None, "2026-02-04 10:00:00"),
    ("D3", "2026-02-05 10:00:00", "stranger", "Lwów", "2026-02-05 10:00:00"),
    ("D4", "2099-02-05 10:00:00", "C1", "Gdynia", "2026-02-06 10:00:00"),
]
MAKE = "CREATE TABLE shop_orders (number text, done {0}, client text, town text, changed {0})"
ADD = "INSERT INTO shop_orders VALUES ({0}, {0}, {0}, {0}, {0})"


class Shop:
    """A company's database that tests may add to."""

    def __init__(self, url: str, add: Any) -> None:
        self.url, self.add = url, add


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shop(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Iterator[Shop]:
    if request.param == "sqlite":
        path = tmp_path / "shop.db"
        with sqlite3.connect(path) as made:
            made.execute(MAKE.format("text"))
            made.executemany(ADD.format("?"), ROWS)

        def add(row: tuple[Any, ...]) -> None:
            with sqlite3.connect(path) as again:
                again.execute(ADD.format("?"), row)

        settings.SOURCES = {"SHOP": f"sqlite:///{path}"}
        yield Shop(settings.SOURCES["SHOP"], add)
        return
    if connection.vendor != "postgresql":
        pytest.skip("needs LOOPWELL_DATABASE_URL=postgresql://…")
    told = connection.settings_dict
    url = sqlalchemy.URL.create(
        "postgresql", told["USER"], told["PASSWORD"] or None, told["HOST"] or None,
        int(told["PORT"] or 5432), told["NAME"],
    )  # fmt: skip
    settings.SOURCES = {"SHOP": url.render_as_string(hide_password=False)}
    engine = sqlalchemy.create_engine(url.set(drivername="postgresql+psycopg"))

    def put(rows: list[tuple[Any, ...]]) -> None:
        with engine.begin() as raw:
            for row in rows:
                raw.exec_driver_sql(ADD.format("%s"), row)

    with engine.begin() as raw:
        raw.exec_driver_sql(MAKE.format("timestamptz"))
    put(ROWS)
    yield Shop(settings.SOURCES["SHOP"], lambda row: put([row]))
    with engine.begin() as raw:
        raw.exec_driver_sql("DROP TABLE shop_orders")
    engine.dispose()


@pytest.fixture
def source(company: Company, shop: Shop) -> Source:
    customer(external_id="C1", unit=company.north)
    change = SourceChange(
        name="Shop", variable="SHOP", query=QUERY, watermark_column="changed", since="2026-01-01",
        time_zone="UTC",
    )  # fmt: skip
    made = save_source(actor=company.actor("alice"), now=NOW, change=change)
    tried = try_it(actor=company.actor("alice"), now=NOW, source=made)
    choose_columns(actor=company.actor("alice"), source=made, mapping=tried.mapping)
    return made


def run(source: Source) -> dict[str, int]:
    return run_source(source=source, now=NOW, progress=lambda *_: None)


def test_it_is_tried_before_it_writes(source: Source) -> None:
    tried = try_it(actor=SYSTEM, now=NOW, source=source)

    assert [row.state.value for row in tried.rows] == ["new", "new", "held", "refused"]
    assert tried.mapping["external_id"] == "order_id"
    assert tried.mapping["property.carrier"] == "carrier"
    assert "still to come" in tried.rows[3].problems[0].reason
    assert not Interaction.objects.exists()
    assert not HeldInteraction.objects.exists()


def test_a_run_takes_each_row_once_and_goes_on_where_it_was(source: Source, shop: Shop) -> None:
    assert run(source) == {"new": 2, "held": 1, "refused": 1}
    assert source.watermark.startswith("2026-02-06")
    assert source.last_problems[0]["row"] == 4
    first = Interaction.objects.get(external_id="D1")
    assert (first.properties["carrier"], first.at.hour) == ("Gdynia", 10)

    shop.add(("D5", "2026-03-01 10:00:00", "C1", "Lwów", "2026-03-01 10:00:00"))
    assert run(source) == {"new": 1, "refused": 1}
    assert run(source) == {"same": 1}
    assert Interaction.objects.count() == 3


def test_a_vanished_column_is_told(source: Source) -> None:
    source.query = source.query.replace("town AS carrier", "town AS courier")

    assert run(source) == {}
    assert "no column “carrier” any more" in source.last_error
    assert source.watermark == "2026-01-01"


@pytest.mark.parametrize("query", ["SELECT nothing FROM shop_orders", "SELECT 1 FROM nowhere"])
def test_what_the_database_refuses_is_told(source: Source, query: str) -> None:
    source.query, source.watermark_column = query, ""

    assert run(source) == {}
    assert source.last_error.startswith("The database refused the query: ")


def test_nothing_is_ever_written(source: Source, shop: Shop, monkeypatch: Any) -> None:
    """Even past the check of the words the transaction itself can only read."""
    source.query = "DELETE FROM shop_orders"

    with pytest.raises(SourceProblem):
        try_it(actor=SYSTEM, now=NOW, source=source)
    source.query = QUERY
    assert len(try_it(actor=SYSTEM, now=NOW, source=source).rows) == 4


def test_a_query_that_takes_too_long_is_ended(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopwell.integrations.sql.taking.TRY_SECONDS", 1)
    source.query, source.watermark_column = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999999999) "
        "SELECT count(*) FROM n",
        "",
    )

    with pytest.raises(SourceProblem, match="too long"):
        try_it(actor=SYSTEM, now=NOW, source=source)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "The server has no LOOPWELL_SOURCE_SHOP"),
        ("nonsense", "is no address of a database"),
        ("sqlite:////nowhere/shop.db", "There is no file shop.db"),
        ("postgresql://me:s3cret@127.0.0.1:1/shop", "Cannot connect to 127.0.0.1"),
        ("mysql://me:s3cret@127.0.0.1:1/shop", "pip install pymysql"),
    ],
)
def test_what_cannot_be_reached_is_told_without_its_password(
    company: Company, settings: Any, url: str, words: str
) -> None:
    settings.SOURCES = {"SHOP": url}
    source = Source.objects.create(name="Shop", variable="SHOP", query="SELECT 1")

    run(source)

    assert words in source.last_error
    assert "s3cret" not in source.last_error
    assert "s3cret" not in str(databases())


@pytest.mark.parametrize(
    ("query", "column", "words"),
    [
        ("", "", "Write a SELECT"),
        ("UPDATE a SET b = 1", "", "Only a SELECT"),
        ("SELECT 1; DROP TABLE a", "", "single SELECT"),
        ("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone", "", "only reads"),
        ("SELECT * INTO b FROM a", "", "only reads"),
        ("SELECT 1", "changed", "Use :since"),
        ("SELECT 1 WHERE a > :since", "", "Say which column"),
        ("SELECT ';' AS \"into\" -- delete from\n;", "", ""),
        ("SELECT a::text FROM b WHERE c >= :since", "c", ""),
    ],
)
def test_queries_that_only_read(query: str, column: str, words: str) -> None:
    found = query_problem(query, column)

    assert (words in found) if words else (found == "")


def test_it_runs_on_its_schedule_and_pauses(company: Company, source: Source) -> None:
    alice = company.actor("alice")
    start_source(actor=alice, now=NOW, source=source)

    assert enqueue_due(NOW, SYSTEM) == 1
    assert enqueue_due(NOW + timedelta(minutes=14), SYSTEM) == 0
    run_all(NOW)
    source.refresh_from_db()
    assert source.last_counts["new"] == 2
    assert enqueue_due(NOW + timedelta(minutes=15), SYSTEM) == 1

    pause_source(actor=alice, now=NOW, source=source)
    assert enqueue_due(NOW + timedelta(days=1), SYSTEM) == 0
    assert Job.objects.filter(kind="sources.run").count() == 2


def test_without_columns_it_does_not_start(company: Company, shop: Shop) -> None:
    change = SourceChange(name="Shop", variable="SHOP", query="SELECT 1 AS a")
    made = save_source(actor=SYSTEM, now=NOW, change=change)

    with pytest.raises(BadSource, match="Choose the column of the touchpoint"):
        start_source(actor=SYSTEM, now=NOW, source=made)


def test_only_who_runs_surveys_everywhere_has_sources(company: Company, source: Source) -> None:
    assert sources(company.actor("alice")).count() == 1
    assert sources(company.actor("mark")).count() == 0
    with pytest.raises(Forbidden):
        pause_source(actor=company.actor("mark"), now=NOW, source=source)


def test_columns_are_guessed_by_their_names() -> None:
    assert guessed(["order_id", "event", "time", "email", "Plan"]) == {
        "external_id": "order_id", "touchpoint": "event", "at": "time", "customer_email": "email",
        "property.plan": "Plan",
    }  # fmt: skip
