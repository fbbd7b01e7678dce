"""How does a question become one SQL statement? By Ibis, without a connection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from typing import Any

from loopwell.insights.asking import NOTHING, Filters, Question, Reach
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.warehouse.tables import MENTIONS, RATINGS, Table, column_of
from loopwell.kit.tables.numbers import read_number
from loopwell.surveys.enums import OUR_CUSTOMERS

_GRAINS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_OF_DAYS = frozenset(_GRAINS) - {"day"}
_COLUMNS: dict[str, str] = {
    "unit": "unit_id", "employee": "employee_id", "account": "account_id", "kind": "kind",
    "survey": "survey", "touchpoint": "touchpoint", "language": "language", "source": "source",
    "channel": "channel", "product": "product", "decision_role": "decision_role",
    "programme": "programme", "aspect": "aspect", "score": "score", "category": "score",
    "weekday": "at_local", "hour": "at_local", "theme": "theme", "area": "theme_1",
    "voice": "voice", "owner": "owner_id",
}  # fmt: skip
"""Everything facts can be cut and filtered by, beside `property:<name>`, and the column that it
needs; a table without it cannot."""
_MADE: dict[str, Callable[[Any], Any]] = {
    "score": lambda t: t.score.cast("int64"),
    "category": lambda t: categories_of(t.score),
    "weekday": lambda t: t.at_local.day_of_week.index(),
    "hour": lambda t: t.at_local.hour(),
}
DIMENSIONS = frozenset(_COLUMNS)
PLAIN = ("kind", "survey", "touchpoint", "language", "source", "channel", "product",
         "decision_role", "aspect", "programme", "voice")  # fmt: skip
"""Filters that are equal to a text."""
_SHARED = ("start", "end", "unit_path", "kind", "survey", "touchpoint", "language", "account",
           "scores", "category", "weekday", "hour")  # fmt: skip
"""Filters that say the same of an answer and of its mentions."""
SCRAMBLE = 2_654_435_761
_SCORES = {"promoter": (9, 10), "passive": (7, 8), "detractor": (0, 6)}


def can_be_cut(table: Table, dimension: str) -> bool:
    """Whether the facts of this table know the dimension; what was said is known of answers."""
    if dimension.startswith("property:"):
        return table.carries_properties
    if dimension == "theme" and table.name == "answers":
        return True
    return _COLUMNS.get(dimension) in table.columns


@dataclass(frozen=True)
class Compiled:
    """A statement; each line it returns holds `keys` keys and then the named sums."""

    sql: str
    keys: int
    sums: tuple[str, ...]


@lru_cache(maxsize=512)
def compile_question(
    question: Question, reach: Reach, properties: tuple[tuple[str, str], ...], dialect: str
) -> Compiled:
    """The statement; `properties` are the columns the table has, with types: others are NULL."""
    import ibis

    known, metric = dict(properties), metric_by_slug(question.metric)
    rows = filtered(question, reach, properties)
    if question.grain in _OF_DAYS and not question.by and metric.adds_up:
        asked = _by_day_first(rows, _GRAINS[question.grain], metric.sums(rows))
        return Compiled(str(ibis.to_sql(asked, dialect=dialect)), 1, tuple(metric.sums(rows)))
    keys = [_key(rows, dimension, known) for dimension in question.by]
    if question.grain:
        keys.append(rows.at_local.truncate(_GRAINS[question.grain]))
    named = {f"k{place}": key for place, key in enumerate(keys)}
    if metric.prepare:
        rows = metric.prepare(rows.mutate(**named), tuple(named))
        named = {name: rows[name] for name in named}
    sums = metric.sums(rows)
    asked = rows.group_by(**named).aggregate(**sums) if named else rows.aggregate(**sums)
    return Compiled(str(ibis.to_sql(asked, dialect=dialect)), len(named), tuple(sums))


def _by_day_first(rows: Any, grain: str, sums: Mapping[str, Any]) -> Any:
    """Summed by day, and the days by month: cutting each fact's moment to its day costs every
    engine a third of cutting it to its month."""
    days = rows.group_by(day=rows.at_local.date()).aggregate(**sums)
    months = days.group_by(k0=days.day.cast("timestamp").truncate(grain))
    return months.aggregate(**{name: days[name].sum().cast(days[name].type()) for name in sums})


def filtered(question: Question, reach: Reach, properties: tuple[tuple[str, str], ...]) -> Any:
    """The facts behind a question's metric that its filters leave, as an Ibis table."""
    import ibis

    table_of, known = metric_by_slug(question.metric).table, dict(properties)
    table = ibis.table({**table_of.columns, **known}, name=table_of.name)
    rows = table.filter(*_conditions(table, question.filters, reach, known))
    return _saying(rows, question, reach) if table_of.name == "answers" else rows


def _saying(rows: Any, question: Question, reach: Reach) -> Any:
    """Answers that mention a theme; cut by themes an answer counts once for each it mentions.

    Mentions carry when and where their answer was given, so that those of other times and units
    are left out before the two are joined.
    """
    import ibis

    wanted = question.filters.theme
    if not wanted and "theme" not in question.by:
        return rows
    shared = Filters(**{name: getattr(question.filters, name) for name in _SHARED})
    mentions = ibis.table(MENTIONS.columns, name=MENTIONS.name)
    mentions = mentions.filter(*_conditions(mentions, shared, reach, {}))
    if wanted == NOTHING:
        rows = rows.filter(rows.id.notin(mentions.answer_id))
    elif wanted:
        rows = rows.filter(rows.id.isin(mentions.filter(_about(mentions, wanted)).answer_id))
    if "theme" in question.by:
        each = mentions.select("answer_id", "theme").distinct()
        rows = rows.inner_join(each, rows.id == each.answer_id)
    return rows


def _about(mentions: Any, theme: str) -> Any:
    """Of this theme or one under it."""
    known = (mentions.theme, mentions.theme_1, mentions.theme_2)
    return reduce(lambda a, b: a | b, (column == theme for column in known))


def _key(table: Any, dimension: str, known: Mapping[str, str]) -> Any:
    import ibis

    if not dimension.startswith("property:"):
        return _MADE[dimension](table) if dimension in _MADE else table[_COLUMNS[dimension]]
    column = column_of(dimension.removeprefix("property:"))
    if column not in known:
        return ibis.null().cast("string")
    made = table[column]
    return ibis.cases((made, "yes"), (~made, "no")) if known[column] == "boolean" else made


def _conditions(table: Any, filters: Filters, reach: Reach, known: Mapping[str, str]) -> list[Any]:
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
    if filters.commented and "has_comment" in table.columns:
        found.append(table.has_comment)
    if filters.theme and "theme" in table.columns:
        found.append(_about(table, filters.theme))
    if filters.coded and "is_coded" in table.columns:
        found.append(table.is_coded)
    for column in PLAIN:
        wanted = getattr(filters, column)
        found += [_says(table[column], wanted)] if wanted else []
    found += _numbers(table, filters)
    for name, value in filters.properties:
        column = column_of(name)
        if column in known:
            found.append(_holds(table[column], known[column], value))
        else:
            found.append(_says(ibis.null().cast("string"), value))
    return found


def _holds(column: Any, kind: str, wanted: str) -> Any:
    """A value, or for numbers and dates a range "10..20" that includes both ends; a value that is
    none of the column's kind holds nowhere."""
    import ibis

    if kind == "string":
        return _says(column, wanted)
    if wanted == NOTHING:
        return column.isnull()
    if kind == "boolean":
        told = wanted in ("yes", "no")
        return column == (wanted == "yes") if told else ibis.literal(False)
    first, dots, last = wanted.partition("..")
    ends = [_bound(text, kind) for text in ((first, last) if dots else (first, first))]
    if not any(text.strip() for text in (first, last)) or any(end is None for end in ends):
        return ibis.literal(False)
    found = []
    if first.strip():
        found.append(column >= ends[0])
    if (last if dots else first).strip():
        found.append(column <= ends[1])
    return reduce(lambda a, b: a & b, found)


def _bound(text: str, kind: str) -> Any:
    """The end of a range as a literal; None where it is none of this kind."""
    import ibis

    if not text.strip():
        return ibis.literal(True)
    if kind == "float64":
        number = read_number(text)
        return None if number is None else ibis.literal(number)
    try:
        return _moment(date.fromisoformat(text.strip()).isoformat())
    except ValueError:
        return None


def _numbers(table: Any, filters: Filters) -> list[Any]:
    """Conditions on ids, scores and the time of the week."""
    found = []
    if filters.employee is not None:
        found.append(table.employee_id == filters.employee)
    if filters.account is not None:
        found.append(table.account_id == filters.account)
    for bounds in (_SCORES.get(filters.category), filters.scores):
        if bounds:
            found += [table.score >= float(bounds[0]), table.score <= float(bounds[1])]
    if filters.weekday is not None:
        found.append(table.at_local.day_of_week.index() == filters.weekday)
    if filters.hour is not None:
        found.append(table.at_local.hour() == filters.hour)
    return found


def categories_of(score: Any) -> Any:
    import ibis

    return ibis.cases((score >= 9.0, "promoter"), (score >= 7.0, "passive"), else_="detractor")


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


def compile_rated(
    filters: Filters,
    reach: Reach,
    properties: tuple[tuple[str, str], ...],
    every: int,
    dialect: str,
) -> str:
    """How many ratings there are (`every` 0), or those of one answer in so many: answer, question,
    aspect, score, share. Which ones is settled by scrambling their ids (Knuth's multiplicative
    hash), so that no rhythm of the import decides, and the same are drawn each time."""
    import ibis

    known = dict(properties)
    table = ibis.table({**RATINGS.columns, **known}, name=RATINGS.name)
    rows = table.filter(*_conditions(table, filters, reach, known))
    if not every:
        return str(ibis.to_sql(rows.aggregate(n=rows.count()), dialect=dialect))
    if every > 1:
        scrambled = (rows.answer_id * SCRAMBLE) % (1 << 32)
        rows = rows.filter(scrambled // 4096 % every == 0)
    chosen = rows.select("answer_id", "question", "aspect", "score", "share")
    return str(ibis.to_sql(chosen, dialect=dialect))
