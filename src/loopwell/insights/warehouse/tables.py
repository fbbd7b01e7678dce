"""Which fact tables are there, and which columns do they have?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PROPERTY = re.compile(r"[A-Za-z0-9_-]{1,40}")

_PLACE = {"unit_id": "int64", "unit_path": "string", "account_id": "int64"}
_KIND = {"survey": "string", "kind": "string", "touchpoint": "string", "language": "string"}
_WHEN = {"at_utc": "timestamp", "at_local": "timestamp"}


@dataclass(frozen=True)
class Table:
    """One fact table: columns by Ibis type; `carries_properties` adds one text column each."""

    name: str
    columns: dict[str, str]
    carries_properties: bool = True

    def __hash__(self) -> int:
        return hash(self.name)

    def typed(self, properties: Iterable[str]) -> dict[str, str]:
        extra = properties if self.carries_properties else ()
        return {**self.columns, **{column_of(name): "string" for name in extra}}


ANSWERS = Table(
    "answers",
    {
        "id": "int64",
        "ref": "string",
        "score": "float64",
        "promoter": "float64",
        "passive": "float64",
        "detractor": "float64",
        **_WHEN,
        **_KIND,
        **_PLACE,
        "employee_id": "int64",
        "customer_id": "int64",
        "source": "string",
        "has_comment": "boolean",
    },
)
INVITATIONS = Table(
    "invitations",
    {
        "id": "int64",
        **_WHEN,
        **_KIND,
        **_PLACE,
        "employee_id": "int64",
        "sent": "float64",
        "answered": "float64",
        "bounced": "float64",
        "declined": "float64",
    },
)
CASES = Table(
    "cases",
    {
        "id": "int64",
        **_WHEN,
        "reached_at": "timestamp",
        "closed_at": "timestamp",
        "due_at": "timestamp",
        **_PLACE,
        "owner_id": "int64",
        "score": "float64",
    },
    carries_properties=False,
)
TABLES = (ANSWERS, INVITATIONS, CASES)


def column_of(name: str) -> str:
    """The column of a property; lower case, since DuckDB does not tell cases apart.

    Raises ValueError for a name that is no slug: it never becomes part of a statement.
    """
    if not PROPERTY.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a property: use letters, digits, - and _")
    return f"p_{name.lower()}"


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Column by property name, once per column."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(column_of(name), name)
    return {name: column for column, name in found.items()}
