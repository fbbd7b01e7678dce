"""Are the facts exactly what the truth says now, and where do they differ?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.insights.facts import ALL_SOURCES, Context, Source, context_now, load
from loopwell.insights.properties import Declared, columns_by_type, declared
from loopwell.insights.warehouse import Engine, warehouse

CHUNK = 10_000
MOST_TOLD = 50
Progress = Callable[[int, int, str], None]
Line = tuple[Any, ...]


@dataclass(frozen=True)
class Difference:
    """Facts of some keys that differ: how many are missing in the warehouse, how many are too
    many, how many say something else; `example` is the id of one of them and `column` where."""

    table: str
    first: int
    last: int
    missing: int
    surplus: int
    other: int
    example: int
    column: str = ""


@dataclass(frozen=True)
class Compared:
    """One table: how many facts there should be and are, and a checksum of both sides."""

    table: str
    truth: int
    warehouse: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences and self.truth == self.warehouse

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Compared":
        found = tuple(Difference(**each) for each in told["differences"])
        return cls(told["table"], told["truth"], told["warehouse"], found)


def check(
    actor: Actor,
    *,
    patience: float | None = None,
    progress: Progress = lambda done, total, note: None,
) -> list[Compared]:
    """Every fact is made anew from the truth and held against the stored one, column by column.

    While answers arrive they may differ for some seconds. Takes about as long as a rebuild.
    """
    require(actor, Right.READ_STATUS)
    engine = warehouse(patience=patience)
    context, properties = context_now(), declared()
    total = sum(source.rows().count() for source in ALL_SOURCES)
    found: list[Compared] = []
    done = 0
    for source in ALL_SOURCES:
        truth = stored = 0
        differences: list[Difference] = []
        for first, last, expected, actual in _side_by_side(engine, source, context, properties):
            truth, stored = truth + len(expected), stored + len(actual)
            done += len(expected)
            progress(done, max(done, total), source.table.name)
            told = _difference(source, properties, first, last, expected, actual)
            if told is not None and len(differences) < MOST_TOLD:
                differences.append(told)
        found.append(Compared(source.table.name, truth, stored, tuple(differences)))
    return found


def _side_by_side(
    engine: Engine, source: Source, context: Context, properties: Sequence[Declared]
) -> Iterator[tuple[int, int, dict[int, Line], dict[int, Line]]]:
    """Chunk by chunk of keys: the facts by id as they should be, and as they are."""
    columns = _columns(source, properties)
    lowest = 0
    while True:
        loaded = load(source, Q(**{f"{source.key}__gt": lowest}), context, properties, limit=CHUNK)
        last = loaded.last
        made = [loaded.columns.get(name, []) for name in columns]
        expected = _by_id(columns, zip(*made, strict=True))
        actual = _by_id(columns, engine.read(_statement(engine, source, columns, lowest, last)))
        if last is None:
            if actual:
                yield lowest + 1, max(actual), {}, actual
            return
        yield lowest + 1, last, expected, actual
        lowest = last


def _columns(source: Source, properties: Sequence[Declared]) -> list[str]:
    carried = columns_by_type(properties) if source.table.carries_properties else {}
    return [*source.table.columns, *carried]


def _statement(
    engine: Engine, source: Source, columns: Sequence[str], after: int, last: int | None
) -> str:
    """NULLs stand for columns the table does not have yet."""
    known = engine.columns(source.table)
    named = ", ".join(f'"{c}"' if c in known else f'NULL AS "{c}"' for c in columns)
    key = source.table.key
    upto = "" if last is None else f' AND "{key}" <= {last:d}'
    table = engine.table(source.table)
    return f'SELECT {named} FROM {table} WHERE "{key}" > {after:d}{upto}'  # noqa: S608 our own names


def _by_id(columns: Sequence[str], lines: Any) -> dict[int, Line]:
    place = columns.index("id")
    return {line[place]: tuple(map(_plain, line)) for line in lines}


def _plain(value: Any) -> Any:
    """Engines give moments with or without a zone of zero and truth as numbers."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value


def _difference(
    source: Source,
    properties: Sequence[Declared],
    first: int,
    last: int,
    expected: Mapping[int, Line],
    actual: Mapping[int, Line],
) -> Difference | None:
    missing, surplus = expected.keys() - actual.keys(), actual.keys() - expected.keys()
    other = [key for key in expected.keys() & actual.keys() if expected[key] != actual[key]]
    if not missing and not surplus and not other:
        return None
    example = min([*missing, *surplus, *other])
    column = ""
    if example in other:
        names = _columns(source, properties)
        pairs = zip(names, expected[example], actual[example], strict=True)
        column = next(name for name, want, have in pairs if want != have)
    return Difference(
        source.table.name, first, last, len(missing), len(surplus), len(other), example, column
    )
