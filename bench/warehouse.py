"""How fast are the ready dashboards' questions on millions of facts, beside SQL by hand?

    python -m bench.warehouse [--rows 10_000_000] [--engine duckdb|clickhouse|postgres]
                              [--questions score,trend]

Facts are made in the engine itself (see warehouse_rows). Each question is asked through
`insights.questions` as the whole company and as the manager of one branch, and written by hand
for DuckDB over the same facts in the same run. Ready dashboards are timed whole. PostgreSQL needs
BENCH_POSTGRESQL.
"""

# ruff: noqa: E402 Django must be set up before its models are imported

import argparse
import atexit
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="loopwell-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["LOOPWELL_DATA_DIR"] = str(FOLDER)
os.environ["LOOPWELL_DATABASE_URL"] = ""
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")

import django

django.setup()

import duckdb
from django.conf import settings
from django.core.management import call_command

from bench.machine import table, write_section
from bench.warehouse_questions import READY
from bench.warehouse_rows import PROPERTIES, THEMES, as_csv, batches, fill_duckdb, statements
from bench.warehouse_sql import by_hand
from loopwell.access.enums import Right, UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM, Actor, ActorKind, Scope
from loopwell.console.dashboards.cards import shown_card
from loopwell.console.dashboards.filtering import Wanted
from loopwell.insights.asking import Filters
from loopwell.insights.pains import CALL, COMMENT, pain_map
from loopwell.insights.questions import ask
from loopwell.insights.ready import READY as READY_DASHBOARDS
from loopwell.insights.warehouse import close_warehouse, warehouse
from loopwell.insights.warehouse.tables import TABLES
from loopwell.themes.models import Theme

LIMIT_MS, LIMIT_RATIO, LIMIT_MIB = 250.0, 2.0, 2048
WHOLE_MS, PAINS_MS = 1000.0, 500.0
BRANCHES = 300
YEAR = (date(2025, 11, 1), date(2026, 11, 1))
ALL = (date(2023, 11, 1), date(2026, 11, 1))


def company() -> list[tuple[int, str]]:
    """Ids and paths of branches below twenty regions."""
    call_command("migrate", verbosity=0)
    root = create_unit(actor=SYSTEM, name="Bench", parent=None, kind=UnitKind.COMPANY)
    regions = [
        create_unit(actor=SYSTEM, name=f"Region {n}", parent=root, kind=UnitKind.REGION)
        for n in range(20)
    ]
    for n in range(BRANCHES):
        create_unit(actor=SYSTEM, name=f"Branch {n}", parent=regions[n % 20], kind=UnitKind.BRANCH)
    return list(Unit.objects.filter(kind=UnitKind.BRANCH).values_list("pk", "path"))


def fill(engine: str, rows: int, units: list[tuple[int, str]]) -> None:
    """The facts in a DuckDB file for SQL by hand, and in the engine that is measured."""
    made = statements(rows, units)
    typed = {each.name: each.typed(PROPERTIES) for each in TABLES if each.name in made}
    settings.WAREHOUSE_URL = f"duckdb://{FOLDER / 'facts.duckdb'}"
    with warehouse().rebuilding(PROPERTIES):
        pass
    close_warehouse()
    fill_duckdb(str(FOLDER / "facts.duckdb"), typed, made)
    if engine == "clickhouse":
        settings.WAREHOUSE_URL = f"chdb://{FOLDER / 'clickhouse'}"
        with warehouse().rebuilding(PROPERTIES) as loading:
            for name, statement in made.items():
                for batch in batches(statement, typed[name]):
                    loading._client.insert_arrow(f"{name}_new", _whole(batch))  # type: ignore[attr-defined]  # noqa: SLF001 past lists
    if engine == "postgres":
        settings.WAREHOUSE_URL = os.environ["BENCH_POSTGRESQL"]
        with warehouse().rebuilding(PROPERTIES) as loading:
            for name, statement in made.items():
                as_csv(statement, typed[name], FOLDER / "rows.csv")
                _copy(loading._connection, name, list(typed[name]))  # type: ignore[attr-defined]  # noqa: SLF001 past lists


def _whole(batch: Any) -> Any:
    import pyarrow as pa

    tables: Any = pa
    return tables.Table.from_batches([batch])


def _copy(connection: Any, name: str, columns: list[str]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    statement = f'COPY "{name}_new" ({named}) FROM STDIN (FORMAT csv)'
    rows = (FOLDER / "rows.csv").open("rb")
    with rows, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while part := rows.read(1 << 20):
            copy.write(part)
    connection.execute(f'ANALYZE "{name}_new"')


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds, the first (cold caches) left out."""
    found = []
    for _turn in range(times + 1):
        began = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - began))
    return sorted(found[1:])


def p95(times: list[float]) -> float:
    return times[min(len(times) - 1, round(0.95 * len(times)))]


def measure(
    by: duckdb.DuckDBPyConnection, times: int, path: str, chosen: Sequence[str]
) -> tuple[list[list[str]], bool]:
    manager = Actor(
        kind=ActorKind.USER, name="manager", rights=frozenset({Right.READ_ANSWERS}),
        scope=Scope(paths=(path,)),
    )  # fmt: skip
    rows, fine = [], True
    for ready in (each for each in READY if each.slug in chosen):
        for start, end in (YEAR, ALL):
            for who, below in ((SYSTEM, ""), (manager, path)):
                question = ready.between(start, end)
                sql = by_hand(ready.slug, start.isoformat(), end.isoformat(), below)
                hand = timed(lambda sql=sql: by.execute(sql).fetchall(), times)  # type: ignore[misc]
                ours = timed(lambda q=question, w=who: ask(q, w), times)  # type: ignore[misc]
                ratio = statistics.median(ours) / statistics.median(hand)
                fine &= p95(ours) <= LIMIT_MS and (ratio <= LIMIT_RATIO or p95(ours) < 25)
                rows.append([
                    ready.slug, "a year" if start == YEAR[0] else "three years",
                    "company" if who is SYSTEM else "one branch",
                    f"{statistics.median(ours):.0f} ms", f"{p95(ours):.0f} ms",
                    f"{statistics.median(hand):.0f} ms", f"{ratio:.2f}",
                ])  # fmt: skip
    return rows, fine


def dashboards(times: int) -> tuple[list[list[str]], bool]:
    """Each ready dashboard whole, card after card as its page asks them, on the last day."""
    now = datetime.combine(YEAR[1] - timedelta(days=2), clock(12), tzinfo=UTC)
    rows, fine = [], True
    for slug, ready in READY_DASHBOARDS.items():
        cards = [Wanted(str(card.title), card.address, card.width) for card in ready.cards]
        slowest, whole = ("", 0.0), [0.0] * times
        for card in cards:
            took = timed(lambda card=card: shown_card(card, {}, SYSTEM, now), times)  # type: ignore[misc]
            whole = [sum(each) for each in zip(whole, took, strict=True)]
            slowest = max(slowest, (card.address, p95(took)), key=lambda each: each[1])
        fine &= p95(whole) <= WHOLE_MS
        rows.append([
            slug, f"{len(cards)}", f"{statistics.median(whole):.0f} ms", f"{p95(whole):.0f} ms",
            f"{slowest[0]} ({slowest[1]:.0f} ms)",
        ])  # fmt: skip
    return rows, fine


def pains(times: int, path: str) -> tuple[list[list[str]], bool]:
    """The pain map whole: four statements, problems judged and ranked."""
    for number in range(THEMES):
        names = {"en": f"Theme {number}"}
        Theme.objects.get_or_create(slug=f"theme-{number}", defaults={"names": names})
    manager = Actor(
        kind=ActorKind.USER, name="manager", rights=frozenset({Right.READ_ANSWERS}),
        scope=Scope(paths=(path,)),
    )  # fmt: skip
    rows, fine = [], True
    for voice in (COMMENT, CALL):
        for start, end in (YEAR, ALL):
            for who in (SYSTEM, manager):
                asked = Filters(start=start, end=end)
                found = pain_map(asked, voice, who)
                assert found.pains
                took = timed(lambda a=asked, v=voice, w=who: pain_map(a, v, w), times)  # type: ignore[misc]
                fine &= p95(took) <= PAINS_MS
                rows.append([
                    voice, "a year" if start == YEAR[0] else "three years",
                    "company" if who is SYSTEM else "one branch",
                    f"{statistics.median(took):.0f} ms", f"{p95(took):.0f} ms",
                ])  # fmt: skip
    return rows, fine


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument(
        "--engine", choices=("duckdb", "clickhouse", "postgres"), default="duckdb"
    )
    arguments.add_argument("--times", type=int, default=10)
    arguments.add_argument("--questions", default="", help="only these, by name, with commas")
    told = arguments.parse_args()
    units = company()
    began = time.perf_counter()
    fill(told.engine, told.rows, units)
    filled = time.perf_counter() - began
    if told.engine == "duckdb":
        by = warehouse()._connection.cursor()  # type: ignore[attr-defined]  # noqa: SLF001 the same file in the same process
    else:
        by = duckdb.connect(str(FOLDER / "facts.duckdb"))
    chosen = told.questions.split(",") if told.questions else [each.slug for each in READY]
    rows, fine = measure(by, told.times, units[17][1], chosen)
    whole, quick = dashboards(told.times) if not told.questions else ([], True)
    mapped, mapped_fine = pains(told.times, units[17][1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    header = ["question", "of", "asked by", "p50", "p95", "DuckDB SQL by hand, p50", "ratio"]
    lines = table(header, rows)
    if whole:
        lines += ["", *table(["ready dashboard", "cards", "p50", "p95", "slowest card"], whole)]
    facts = f"{told.engine}, {told.rows:,} answers"
    write_section(
        f"Pain map, {facts}, {told.rows // 2:,} mentions",
        table(["pain map by", "of", "asked by", "p50", "p95"], mapped),
    )
    lines += [
        "",
        f"Peak memory of the process {peak:,.0f} MiB. Filling took {filled:.0f} s.",
    ]
    if not told.questions:
        write_section(f"Warehouse, {facts}", lines)
    return 0 if fine and quick and mapped_fine and peak <= LIMIT_MIB else 1


if __name__ == "__main__":
    sys.exit(main())
