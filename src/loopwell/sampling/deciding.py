"""How is a round of deciding carried out, so that everybody has a reason and nobody two?

Candidates are judged once, in short transactions, into a temporary table; the lots are cut and the
cuts kept with the run; then the log is written piece by piece in the order of ids. A run
continued after a crash judges only who is not in the log yet, with the same cuts.
"""
# ruff: noqa: S608  table and column names are this file's own, values are parameters

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from loopwell.sampling.models import Decision, Run
from loopwell.sampling.queries.drawing import Drawn, Source, Stage, Wish, draw, outcome_sql
from loopwell.sampling.queries.pools import Pool

AT_ONCE = 50_000
"""Candidates in one transaction: a longer one would hold up the journal's readers."""
TABLE = "pool_of_run"
LOG = Decision._meta.db_table
RUNS = Run._meta.db_table

Told = Callable[[int, int], None]


def decide(
    run: Run,
    pool: Pool,
    wishes: Callable[[Source], Sequence[Wish]],
    *,
    groups: Sequence[str] = (),
    changes_only: bool = False,
    tell: Told | None = None,
) -> Run:
    """Writes a decision about every candidate of the pool; what was written before stays.

    `wishes` say who may pass, in order; they are asked for once the candidates are judged, and
    only if no cuts are kept yet. `groups` are all those they use. With `changes_only` (a day of a
    cycle) what the log of the same sending says already is not written again; the run's counts
    have everybody.
    """
    if run.finished_at is not None:
        return run
    stages = [Stage(**each) for each in (run.draw or {}).get("stages", [])]
    source = Source(pool, groups)
    with _judged(source, _decided_up_to(run), tell):
        if "stages" not in (run.draw or {}):
            found = draw(source, wishes(source))
            _keep(run, found)
            stages = list(found.stages)
        _write(run, source, stages, changes_only=changes_only, tell=tell)
    if not changes_only:
        run.counts = _counts(run)
        run.save(update_fields=["counts"])
    return run


def finish(run: Run, now: datetime) -> None:
    """Once everybody it chose has an invitation."""
    if run.finished_at is None:
        run.finished_at = now
        run.save(update_fields=["finished_at"])


def _keep(run: Run, found: Drawn) -> None:
    run.draw = {**(run.draw or {}), "stages": [each.to_json() for each in found.stages]}
    run.counts, run.short = found.counts, found.short
    run.save(update_fields=["draw", "counts", "short"])


def _decided_up_to(run: Run) -> int:
    """Pieces are written in the order of ids, each whole: nothing above the last is in the log."""
    rows = Decision.objects.filter(run=run).order_by()
    if rows.filter(interaction__isnull=False).exists():
        return rows.aggregate(last=Max("interaction_id"))["last"] or 0
    return rows.aggregate(last=Max("customer_id"))["last"] or 0


@contextmanager
def _judged(source: Source, above: int, tell: Told | None) -> Iterator[None]:
    """The pool in a temporary table of this connection, filled piece by piece."""
    columns = ", ".join(source.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {TABLE} ("
            + ", ".join(f"{name} {_type(name)}" for name in source.columns)
            + ")"
        )
        try:
            last, done = above, 0
            while not source.empty:
                sql, params = source.select(above=last, limit=AT_ONCE)
                cursor.execute(f"INSERT INTO {TABLE} ({columns}) {sql}", params)
                if cursor.rowcount <= 0:
                    break
                done += cursor.rowcount
                cursor.execute(f"SELECT MAX(id) FROM {TABLE}")
                last = cursor.fetchone()[0]
                if tell is not None:
                    tell(0, done)
            source.prefix, source.params, source.table = "", (), TABLE
            yield
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def _type(column: str) -> str:
    if column in ("id", "customer"):
        return "bigint"
    return 'text COLLATE "C"' if connection.vendor == "postgresql" else "text"


def _write(
    run: Run, source: Source, stages: Sequence[Stage], *, changes_only: bool, tell: Told | None
) -> None:
    bounds = _bounds()
    outcome, values = outcome_sql(source, stages)
    interaction = "id" if source.pool.about else "NULL"
    news = _NEWS if changes_only else ""
    sql = (
        f"INSERT INTO {LOG} (run_id, customer_id, interaction_id, programme_id, outcome) "
        f"SELECT %s, customer, {interaction}, %s, outcome FROM (SELECT id, customer, {outcome} "
        f"AS outcome FROM {TABLE} WHERE id > %s AND id <= %s) AS decided WHERE id > 0 {news} "
        "ON CONFLICT DO NOTHING"
    )
    for number, (above, up_to) in enumerate(bounds, start=1):
        params = [run.pk, run.programme_id, *values, above, up_to]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [*params, run.wave_id] if changes_only else params)
        if tell is not None:
            tell(number, len(bounds))


_NEWS = (
    f"AND NOT EXISTS (SELECT 1 FROM {LOG} AS known JOIN {RUNS} AS earlier "
    "ON earlier.id = known.run_id WHERE known.customer_id = customer "
    "AND known.outcome = decided.outcome AND earlier.wave_id = %s)"
)
"""Leaves out what the log says already, for whoever waits or is in quarantine day after day."""


def _bounds() -> list[tuple[int, int]]:
    """Above which and up to which id each piece goes."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM {TABLE}) "
            "AS numbered WHERE place %% %s = 0 ORDER BY id",
            [AT_ONCE],
        )
        ends = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT MAX(id) FROM {TABLE}")
        last = cursor.fetchone()[0]
    if last is not None and (not ends or ends[-1] < last):
        ends.append(last)
    return list(zip([0, *ends], ends, strict=False))


def _counts(run: Run) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT outcome, COUNT(*) FROM {LOG} WHERE run_id = %s GROUP BY outcome", [run.pk]
        )
        return dict(cursor.fetchall())
