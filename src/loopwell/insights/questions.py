"""What do the numbers say? A question, asked by somebody, answered from the warehouse."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.insights.asking import Filters, Grain, Key, Question, Reach, Row
from loopwell.insights.disclosing import is_of_people, large_enough
from loopwell.insights.metrics import METRICS, metric_by_slug
from loopwell.insights.populations import customers_of
from loopwell.insights.warehouse import Engine, WarehouseUnavailable, warehouse
from loopwell.insights.warehouse.compiling import PLAIN, can_be_cut, compile_question
from loopwell.insights.warehouse.tables import Table, column_of
from loopwell.kit.errors import Invalid
from loopwell.people.models import Account

__all__ = [
    "Filters",
    "Grain",
    "Key",
    "Question",
    "Row",
    "UnknownDimension",
    "UnknownMetric",
    "ask",
    "ask_one",
    "can_be_asked",
    "filtered_by",
    "row_of",
    "sum_up",
    "warm_up",
]

log = logging.getLogger("loopwell.insights")
EVERYTHING = Reach(everything=True)


class UnknownMetric(Invalid, ValueError):
    """There is no such number."""


class UnknownDimension(Invalid, ValueError):
    """A question names something that the facts cannot be cut or filtered by."""


def ask(question: Question, actor: Actor) -> list[Row]:
    """The rows, ordered by key; only of what the actor may see, whatever the filters say.

    Raises Forbidden, UnknownDimension, and WarehouseUnavailable when there is no warehouse.
    """
    require(actor, Right.READ_ANSWERS)
    _check(question)
    metric = metric_by_slug(question.metric)
    if not is_of_people(question):
        rows = _read(question, reach_of(actor))
        return _of_customers(question, rows, actor) if metric.customers else rows
    read = partial(_read, reach=reach_of(actor))
    return large_enough(question, actor.within(Right.READ_ANSWERS), read, _read)


def _of_customers(question: Question, rows: list[Row], actor: Actor) -> list[Row]:
    """With how many customers there are; units and accounts of whom nobody answered among them."""
    everybody = customers_of(question, actor)
    place = len(question.by)
    found = [
        row_of(
            question.metric, row.key, {**row.stats, "customers": everybody.get(row.key[:place], 0)}
        )
        for row in rows
    ]
    if question.by and not question.grain:
        heard = {row.key for row in rows}
        nobody = [(key, count) for key, count in everybody.items() if key not in heard]
        found += [row_of(question.metric, k, {"n": 0, "customers": count}) for k, count in nobody]
    return sorted(found, key=lambda row: [_order(key) for key in row.key])


def _read(question: Question, reach: Reach = EVERYTHING) -> list[Row]:
    engine = warehouse()
    table = metric_by_slug(question.metric).table
    known = property_columns(engine, table, question)
    compiled = compile_question(question, reach, known, engine.dialect)
    rows = [
        row_of(
            question.metric,
            tuple(map(_key, line[: compiled.keys])),
            _stats(compiled.sums, line[compiled.keys :]),
        )
        for line in engine.read(compiled.sql)
    ]
    return sorted(rows, key=lambda row: [_order(key) for key in row.key])


def ask_one(question: Question, actor: Actor) -> Row:
    """The answer to a question without dimensions."""
    return ask(question, actor)[0]


def warm_up() -> None:
    """Asks something once, so that nobody's first page waits for the compiler to be loaded."""
    try:
        ask_one(Question("nps"), SYSTEM)
    except WarehouseUnavailable as error:
        log.warning("the warehouse was not warmed up: %s", error)


def row_of(metric: str, key: tuple[Key, ...], stats: Mapping[str, float]) -> Row:
    """A row made from sums, for whoever rolls groups up."""
    found = metric_by_slug(metric).calc(stats)
    if found is None:
        return Row(key, int(stats["n"]), None, None, None, stats)
    return Row(key, found.n, found.value, found.low, found.high, stats)


def sum_up(rows: Iterable[Row]) -> dict[str, float]:
    """The statistics of several rows together."""
    total: dict[str, float] = {}
    for row in rows:
        for name, value in row.stats.items():
            total[name] = total.get(name, 0) + value
    return total


def _check(question: Question) -> None:
    if question.metric not in METRICS:
        raise UnknownMetric(_("There is no number “%(name)s”.") % {"name": question.metric})
    if len(question.by) > 2:
        raise UnknownDimension(_("A question is cut by two dimensions at most."))
    for dimension in question.by:
        if not can_be_asked(question.metric, dimension):
            raise UnknownDimension(
                _("“%(metric)s” cannot be cut by “%(name)s”.")
                % {"metric": METRICS[question.metric].name, "name": dimension}
            )
    for name in filtered_by(question.filters):
        if not can_be_asked(question.metric, name):
            raise UnknownDimension(
                _("“%(metric)s” cannot be filtered by “%(name)s”.")
                % {"metric": METRICS[question.metric].name, "name": name}
            )


def can_be_asked(metric: str, dimension: str) -> bool:
    """Whether the facts behind a metric know the dimension, to be cut or filtered by it."""
    return can_be_cut(METRICS[metric].table, dimension)


def filtered_by(filters: Filters) -> list[str]:
    """The dimensions that are narrowed, beside time and unit."""
    found = [name for name in (*PLAIN, "category", "theme") if getattr(filters, name)]
    numbers = ("employee", "account", "weekday", "hour")
    found += [name for name in numbers if getattr(filters, name) is not None]
    found += ["score"] if filters.scores else []
    return found + [f"property:{name}" for name, _value in filters.properties]


def property_columns(
    engine: Engine, table: Table, question: Question
) -> tuple[tuple[str, str], ...]:
    """The columns of the properties that the question names and the table has, with types."""
    names = [d.removeprefix("property:") for d in question.by if d.startswith("property:")]
    names += [name for name, _value in question.filters.properties]
    if not names:
        return ()
    known = engine.columns(table)
    return tuple(sorted((c, known[c]) for c in set(map(column_of, names)) if c in known))


def reach_of(actor: Actor) -> Reach:
    """The facts an actor may see, for whoever compiles a statement of their own."""
    scope = actor.within(Right.READ_ANSWERS)
    if scope.everything:
        return EVERYTHING
    accounts: tuple[int, ...] = ()
    if scope.owner_id is not None:
        owned = Account.objects.filter(owner_id=scope.owner_id)
        accounts = tuple(owned.order_by("pk").values_list("pk", flat=True))
    return Reach(paths=scope.paths, accounts=accounts)


def _stats(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, float]:
    return {name: value or 0 for name, value in zip(names, values, strict=True)}


def _key(value: Any) -> Key:
    if isinstance(value, datetime):
        return value.date()
    if value == "":
        return None
    return value  # type: ignore[no-any-return]  # what engines return for the columns we group by


def _order(key: Key) -> tuple[bool, str, float]:
    """By number or text, the unknown last."""
    if isinstance(key, int | float):
        return (False, "", float(key))
    return (key is None, key.isoformat() if isinstance(key, date) else str(key), 0.0)
