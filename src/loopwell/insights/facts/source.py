"""How are the facts of one table read from the truth, many at once and by column?"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from loopwell.insights.places import Places, load_places, naive_utc
from loopwell.insights.properties import Declared
from loopwell.insights.rating_scales import Ratings, load_scales
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import Table

PROMOTER = tuple(float(score >= 9) for score in range(11))
PASSIVE = tuple(float(7 <= score <= 8) for score in range(11))
DETRACTOR = tuple(float(score <= 6) for score in range(11))

Rows = Mapping[str, Sequence[Any]]
"""Rows of the truth by field."""


@dataclass(frozen=True)
class Context:
    """What facts need to know beside their rows, as of one moment: where units hang, and what
    surveys ask to be rated."""

    now: datetime
    places: Places
    scales: Mapping[int, Ratings]


def context_now(now: datetime | None = None) -> Context:
    return Context(now or timezone.now(), load_places(), load_scales())


@dataclass(frozen=True)
class Source:
    """Where the facts of one table come from; test answers never become facts.

    `key` is the column of the truth that facts are replaced and read by: an answer's id for
    its ratings and mentions. `shape` gives every column of the table and `properties`, as they are
    in the truth, where the table carries them. `json` are those of the fields that hold JSON.
    """

    table: Table
    rows: Callable[[], QuerySet[Any]]
    fields: Sequence[str]
    shape: Callable[[Rows, Context], Columns]
    key: str = "pk"
    json: Sequence[str] = ("properties",)


@dataclass(frozen=True)
class Loaded:
    """Facts, and the last key that was read; None where there was nothing more to read."""

    columns: Columns
    last: int | None


def load(
    source: Source,
    wanted: Any,
    context: Context,
    properties: Sequence[Declared],
    limit: int | None = None,
) -> Loaded:
    """The facts of the rows that the condition wants, in order of their key, by column; all those
    of a key."""
    found = source.rows().filter(wanted).order_by(source.key)
    fields = (source.key, *source.fields)
    asked = [_text(name) if name in source.json else F(name) for name in fields]
    rows = list(found.values_list(*asked)[:limit])
    if limit is not None and len(rows) == limit and source.key != "pk":
        last = rows[-1][0]
        whole = [row for row in rows if row[0] != last]
        rows = [*whole, *found.filter(**{source.key: last}).values_list(*asked)]
    columns = tuple(zip(*rows, strict=True)) or ((),) * len(fields)
    known: dict[str, Sequence[Any]] = dict(zip(fields, columns, strict=True))
    known |= {name: _parsed(known[name]) for name in source.json}
    facts = source.shape(known, context)
    if source.table.carries_properties:
        said = facts.pop("properties")
        facts.update({each.column: _said(each, said) for each in properties})
    return Loaded(facts, rows[-1][0] if rows else None)


def _text(name: str) -> Cast:
    """JSON as it is stored: thousands of rows say the same, which is read once."""
    return Cast(name, TextField())


def _parsed(texts: Sequence[str]) -> Sequence[Any]:
    known = {text: json.loads(text) for text in set(texts)}
    return [known[text] for text in texts]


def _said(wanted: Declared, said: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Each different value is read once, however many facts carry it."""
    raw = [each.get(wanted.name) if each else None for each in said]
    plain = [each if each is None or isinstance(each, str) else str(each) for each in raw]
    read = {each: wanted.value(each) for each in set(plain)}
    return [read[each] for each in plain]


def at(rows: Rows, times: Sequence[datetime], context: Context) -> Columns:
    """When and where: the columns that all tables have."""
    units, places = rows["unit_id"], context.places
    return {
        "at_utc": naive(times),
        "at_local": [places.local(*each) for each in zip(times, units, strict=True)],
        "unit_id": list(units),
        "unit_path": [places.path(unit) for unit in units],
        "account_id": list(rows["account_id"]),
    }


def categories(scores: Sequence[int]) -> Columns:
    return {
        "score": [float(score) for score in scores],
        "promoter": [PROMOTER[score] for score in scores],
        "passive": [PASSIVE[score] for score in scores],
        "detractor": [DETRACTOR[score] for score in scores],
    }


def naive(times: Sequence[datetime | None]) -> list[datetime | None]:
    """In UTC, without saying so."""
    return [naive_utc(each) for each in times]


def happened(times: Sequence[datetime | None]) -> list[float]:
    return [0.0 if each is None else 1.0 for each in times]
