"""How does a question become one SQL statement? By Ibis, without a connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce
from typing import Any

from loopwell.insights.asking import NOTHING, Filters, Question, Reach
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.warehouse.tables import column_of
from loopwell.surveys.enums import OUR_CUSTOMERS

_GRAINS = {"day": "D", "week": "W", "month": "M"}
_COLUMNS: dict[str, Callable[[Any], Any]] = {
    "unit": lambda t: t.unit_id,
    "employee": lambda t: t.employee_id,
    "account": lambda t: t.account_id,
    "kind": lambda t: t.kind,
    "survey": lambda t: t.survey,
    "touchpoint": lambda t: t.touchpoint,
    "language": lambda t: t.language,
    "source": lambda t: t.source,
    "score": lambda t: t.score.cast("int64"),
    "weekday": lambda t: t.at_local.day_of_week.index(),
    "hour": lambda t: t.at_local.hour(),
}
DIMENSIONS = frozenset(_COLUMNS)
"""Everything answers can be cut by, beside `property:<name>`."""


@dataclass(frozen=True)
class Compiled:
    """A statement; each line it returns holds `keys` keys and then the named sums."""

    sql: str
    keys: int
    sums: tuple[str, ...]


@lru_cache(maxsize=512)
def compile_question(
    question: Question, reach: Reach, known: frozenset[str], dialect: str
) -> Compiled:
    """The statement; `known` are the property columns the table has: others read as NULL."""
    import ibis

    metric = metric_by_slug(question.metric)
    columns = {**metric.table.columns, **dict.fromkeys(sorted(known), "string")}
    table = ibis.table(columns, name=metric.table.name)
    rows = table.filter(*_conditions(table, question.filters, reach, known))
    sums = metric.sums(rows)
    keys = [_key(rows, dimension, known) for dimension in question.by]
    if question.grain:
        keys.append(rows.at_local.truncate(_GRAINS[question.grain]))
    named = {f"k{place}": key for place, key in enumerate(keys)}
    asked = rows.group_by(**named).aggregate(**sums) if named else rows.aggregate(**sums)
    return Compiled(str(ibis.to_sql(asked, dialect=dialect)), len(named), tuple(sums))


def _key(table: Any, dimension: str, known: frozenset[str]) -> Any:
    import ibis

    if not dimension.startswith("property:"):
        return _COLUMNS[dimension](table)
    column = column_of(dimension.removeprefix("property:"))
    return table[column] if column in known else ibis.null().cast("string")


def _conditions(table: Any, filters: Filters, reach: Reach, known: frozenset[str]) -> list[Any]:
    import ibis

    found = [_within(table, reach)]
    if filters.start:
        found.append(table.at_local >= _moment(filters.start.isoformat()))
    if filters.end:
        found.append(table.at_local < _moment(filters.end.isoformat()))
    if filters.unit_path:
        found.append(table.unit_path.startswith(filters.unit_path))
    if not filters.kind and not filters.survey and "kind" in table.columns:
        found.append(table.kind.isin([kind.value for kind in OUR_CUSTOMERS]))
    for column in ("kind", "survey", "touchpoint", "language"):
        wanted = getattr(filters, column)
        found += [_says(table[column], wanted)] if wanted else []
    for name, value in filters.properties:
        column = column_of(name)
        said = table[column] if column in known else ibis.null().cast("string")
        found.append(_says(said, value))
    return found


def _says(column: Any, wanted: str) -> Any:
    return column.isnull() | (column == "") if wanted == NOTHING else column == wanted


def _within(table: Any, reach: Reach) -> Any:
    """What the asker may see; nothing at all where they see nothing."""
    import ibis

    if reach.everything:
        return ibis.literal(True)
    seen = [table.unit_path.startswith(path) for path in reach.paths]
    if reach.accounts:
        seen.append(table.account_id.isin(reach.accounts))
    return reduce(lambda a, b: a | b, seen) if seen else ibis.literal(False)


def _moment(text: str) -> Any:
    import ibis

    return ibis.literal(datetime.fromisoformat(text)).cast("timestamp")
