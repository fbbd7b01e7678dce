"""Who of a pool is chosen? Lots are drawn in the database; here is where they are cut.

Each candidate's lot is a hash of seed and ref. A stage lets the lowest lots of each group pass, as
many as the group may have; a cut is the last lot that passes. Cuts are few and small, whatever the
number of candidates, and with them the choice is the same whenever it is made again.
"""
# ruff: noqa: S608  table and column names are this file's own, values are parameters

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F

from loopwell.calc.planning import allocate
from loopwell.sampling.queries.pools import Pool
from loopwell.sampling.rules import ASKED, NOT_DRAWN

NOBODY = ""
"""A cut below every lot."""


@dataclass(frozen=True)
class Wish:
    """What a stage shall let pass: in each group of `by` at most `limits` (others `most`; None:
    all), or a sample of `total` in proportion to the groups, or the lots up to `share` percent."""

    outcome: str
    by: str = ""
    most: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    total: int | None = None
    share: float | None = None


@dataclass(frozen=True)
class Stage:
    """Those whose lot lies above their group's cut get `outcome`; `rest` is the cut of groups
    without one of their own (None: all pass)."""

    outcome: str
    by: str
    cuts: dict[str, str]
    rest: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Drawn:
    """Stages in order, counts by outcome, and by stratum how many are missing."""

    stages: tuple[Stage, ...]
    counts: dict[str, int]
    short: dict[str, int]


class Source:
    """The pool as a table of SQL: id, customer, interaction, reason, lot, g0, g1 …

    A materialised common table by default; deciding puts a temporary table in its place.
    """

    def __init__(self, pool: Pool, groups: Sequence[str]) -> None:
        self.pool = pool
        self.groups = list(dict.fromkeys(groups))
        self.empty = False
        self.columns = ["id", "customer", "reason", "lot"]
        self.columns += [f"g{number}" for number in range(len(self.groups))]
        self.table = "pool"
        self.prefix = ""
        self.params: tuple[Any, ...] = ()
        try:
            sql, params = self.select()
        except EmptyResultSet:
            self.empty = True
        else:
            columns = ", ".join(self.columns)
            self.prefix, self.params = f"WITH pool ({columns}) AS MATERIALIZED ({sql}) ", params

    def select(
        self, *, above: int | None = None, limit: int | None = None
    ) -> tuple[str, tuple[Any, ...]]:
        """The pool's rows as compiled by the ORM, those with ids above one, in their order."""
        rows = self.pool.rows.order_by()
        if above is not None:
            rows = rows.filter(pk__gt=above).order_by("pk")
        named = {f"g{number}": self.pool.group(by) for number, by in enumerate(self.groups)}
        who = F("customer_id" if self.pool.about else "pk")
        rows = rows.annotate(who=who, lot=self.pool.lot(), **named)
        rows = rows.values_list("pk", "who", "reason", "lot", *named)
        if limit is not None:
            rows = rows[:limit]
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
        return str(sql), tuple(params)

    def column(self, by: str) -> str:
        return f"g{self.groups.index(by)}"

    def rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.prefix + sql, [*self.params, *params])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


def lookup(values: Mapping[str, Any], column: str, kind: str) -> tuple[str, list[Any]]:
    """SQL for the value a group has in a small mapping, or NULL."""
    text = json.dumps(dict(values))
    if connection.vendor == "postgresql":
        return f"(%s::jsonb ->> {column})::{kind}", [text]
    return f"(SELECT value FROM json_each(%s) WHERE key = {column})", [text]


def outcome_sql(source: Source, stages: Sequence[Stage]) -> tuple[str, list[Any]]:
    """SQL for the outcome of one row: its reason, else the first stage it does not pass."""
    parts, params = ["CASE WHEN reason <> '' THEN reason"], []
    for stage in stages:
        found, values = _cut(source, stage)
        parts.append(f"WHEN lot > {found} THEN %s")
        params += [*values, stage.outcome]
    return " ".join([*parts, "ELSE %s END"]), [*params, ASKED]


def _cut(source: Source, stage: Stage) -> tuple[str, list[Any]]:
    if not stage.cuts:
        return ("CAST(%s AS text)", [stage.rest])
    found, values = lookup(stage.cuts, source.column(stage.by), "text")
    return f"COALESCE({found}, CAST(%s AS text))", [*values, stage.rest]


def _passing(source: Source, stages: Sequence[Stage]) -> tuple[str, list[Any]]:
    sql, params = outcome_sql(source, stages)
    return f"{sql} = %s", [*params, ASKED]


def draw(source: Source, wishes: Sequence[Wish]) -> Drawn:
    """Cuts the lots, stage by stage. One or two queries a stage, one more for the counts."""
    stages: list[Stage] = []
    short: dict[str, int] = {}
    if source.empty:
        return Drawn((), {}, {})
    for wish in wishes:
        stages.append(_stage(source, wish, stages, short))
    return Drawn(tuple(stages), counted(source, stages), short)


def counted(source: Source, stages: Sequence[Stage]) -> dict[str, int]:
    """How many of the pool have each outcome."""
    if source.empty:
        return {}
    sql, params = outcome_sql(source, stages)
    return dict(
        source.rows(
            f"SELECT outcome, COUNT(*) FROM (SELECT {sql} AS outcome FROM {source.table}) "
            "AS decided GROUP BY outcome",
            params,
        )
    )


def _stage(source: Source, wish: Wish, before: Sequence[Stage], short: dict[str, int]) -> Stage:
    if wish.share is not None:
        rest = None if wish.share >= 100 else f"{int(wish.share / 100 * 16**32):032x}"
        return Stage(wish.outcome, wish.by, {}, rest)
    limits, most = dict(wish.limits), wish.most
    if wish.total is not None:
        limits, most = _shares(source, wish, before, short), 0
    return Stage(wish.outcome, wish.by, *_cuts(source, wish.by, limits, most, before))


def _shares(
    source: Source, wish: Wish, before: Sequence[Stage], short: dict[str, int]
) -> dict[str, int]:
    """The sample by stratum: in proportion to all candidates, what one lacks given to others."""
    column, (passing, params) = source.column(wish.by), _passing(source, before)
    rows = source.rows(
        f"SELECT {column}, COUNT(*), SUM(CASE WHEN {passing} THEN 1 ELSE 0 END) "
        f"FROM {source.table} GROUP BY {column}",
        params,
    )
    sizes = {group: int(size) for group, size, _free in rows}
    free = {group: int(number) for group, _size, number in rows}
    found = allocate(wish.total or 0, sizes, free)
    short.update({group: missing for group, missing in found.short.items() if missing})
    return dict(found.take)


def _cuts(
    source: Source,
    by: str,
    limits: Mapping[str, int],
    most: int | None,
    before: Sequence[Stage],
) -> tuple[dict[str, str], str | None]:
    """The lot of the last that passes in each group that has more than its limit."""
    column, (passing, params) = source.column(by), _passing(source, before)
    found, values = lookup(limits, column, "int")
    limit = f"COALESCE({found}, CAST(%s AS int))"
    rows = source.rows(
        f"SELECT grouped, lot FROM (SELECT {column} AS grouped, lot, {limit} AS most, "
        f"ROW_NUMBER() OVER (PARTITION BY {column} ORDER BY lot) AS place "
        f"FROM {source.table} WHERE {passing}) AS ranked WHERE place = most",
        [*values, most, *params],
    )
    cuts = dict(rows)
    cuts.update({group: NOBODY for group, limit in limits.items() if limit <= 0})
    return cuts, NOBODY if most == 0 else None


def sample_wish(total: int | None, strata: str) -> list[Wish]:
    return [] if total is None else [Wish(NOT_DRAWN, by=strata, total=total)]
