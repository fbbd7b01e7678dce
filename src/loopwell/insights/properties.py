"""Which properties are columns of the facts, and what does a value mean in its kind?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from loopwell.insights.warehouse.tables import NO, YES, columns_of
from loopwell.kit.tables.dates import Order, forced_format
from loopwell.kit.tables.numbers import read_number
from loopwell.people.enums import PropertyKind
from loopwell.people.models import Property

LONGEST = 200
TYPES = {
    PropertyKind.TEXT: "string",
    PropertyKind.NUMBER: "float64",
    PropertyKind.DATE: "timestamp",
    PropertyKind.YES_NO: "boolean",
}
_DATES = forced_format(Order.DMY)


@dataclass(frozen=True)
class Declared:
    """A property as a column of the facts."""

    name: str
    column: str
    kind: PropertyKind

    @property
    def type(self) -> str:
        return TYPES[self.kind]

    def value(self, raw: Any) -> Any:
        """What a value says in its kind; None where it says nothing or does not fit."""
        text = "" if raw is None else str(raw).strip()
        return _READ[self.kind](text) if text else None


def declared() -> list[Declared]:
    """All of them, in the order in which they were declared; two that differ only in the case of
    their letters share the column of the first."""
    kinds = dict(Property.objects.order_by("pk").values_list("name", "kind"))
    return [
        Declared(name, column, PropertyKind(kinds[name]))
        for name, column in columns_of(kinds).items()
    ]


def columns_by_type(properties: Sequence[Declared]) -> dict[str, str]:
    return {each.column: each.type for each in properties}


def _text(text: str) -> str:
    return text[:LONGEST]


def _date(text: str) -> datetime | None:
    """Dates that can be read two ways are read with the day first."""
    day = _DATES.read(text).day
    return datetime.combine(day, time()) if day else None


def _yes_no(text: str) -> bool | None:
    told = text.casefold()
    return True if told in YES else False if told in NO else None


_READ: dict[PropertyKind, Callable[[str], Any]] = {
    PropertyKind.TEXT: _text,
    PropertyKind.NUMBER: read_number,
    PropertyKind.DATE: _date,
    PropertyKind.YES_NO: _yes_no,
}


def unfit(kind: PropertyKind, values: Mapping[str, int]) -> int:
    """How many of these values, counted by what they say, do not fit the kind."""
    read = _READ[kind]
    return sum(count for text, count in values.items() if read(text) is None)
