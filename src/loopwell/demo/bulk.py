"""How do a hundred thousand ready-made rows get into a table without the ORM's price?

`COPY` on PostgreSQL, `executemany` on SQLite: about six times faster than bulk_create.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Max

from loopwell.kit.ids import new_ref


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[int]:
    """Writes the rows with ids counted on from the table's last and, where the model has one,
    a new `ref`; returns the ids in order. Dictionaries become JSON; a column left out gets its
    constant default. Call it inside a transaction while nobody else writes the table."""
    manager = model._default_manager
    first = (manager.aggregate(last=Max("pk"))["last"] or 0) + 1
    fields = {str(f.column): f for f in model._meta.local_concrete_fields}
    named = {"id", "ref", *columns}
    constants = {
        name: field.get_default()
        for name, field in fields.items()
        if name not in named and not field.null
    }
    has_ref = "ref" in fields
    names = ["id", *(["ref"] if has_ref else []), *columns, *constants]
    fixed = tuple(constants.values())
    ids: list[int] = []

    def numbered() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(rows, start=first):
            ids.append(number)
            yield (number, *((new_ref(),) if has_ref else ()), *row, *fixed)

    if connection.vendor == "postgresql":
        _copy(model, names, numbered())
    else:
        _execute_many(model, names, numbered())
    return ids


def _copy(model: type[models.Model], names: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    table = model._meta.db_table
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([json.dumps(v) if isinstance(v, dict) else v for v in row])
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\""  # noqa: S608 names of models
        )


def _execute_many(
    model: type[models.Model], names: list[str], rows: Iterator[tuple[Any, ...]]
) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("%s" for _ in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{model._meta.db_table}" ({listed}) VALUES ({marks})',  # noqa: S608 names of models
            [tuple(_plain(value) for value in row) for row in rows],
        )


def _plain(value: Any) -> Any:
    """As Django's SQLite backend stores it: naive UTC moments, JSON as text."""
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    if isinstance(value, dict):
        return json.dumps(value)
    return value
