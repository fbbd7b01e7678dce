"""Which fact tables are there, and which columns do they have?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PROPERTY = re.compile(r"[A-Za-z0-9_-]{1,40}")
YES = frozenset({"yes", "y", "true", "t", "1", "on", "да", "так", "tak"})
NO = frozenset({"no", "n", "false", "f", "0", "off", "нет", "ні", "nie"})
"""How people write yes and no, in the languages of the pages."""

_WHEN = {"at_utc": "timestamp", "at_local": "timestamp"}
_KIND = {"survey": "string", "kind": "string", "touchpoint": "string", "language": "string"}
_PLACE = {"unit_id": "int64", "unit_path": "string", "account_id": "int64"}
_COMMON = {"id": "int64", **_WHEN, **_KIND, **_PLACE}
_SCORE = {
    "score": "float64", "promoter": "float64", "passive": "float64", "detractor": "float64",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One fact table: columns by Ibis type; `carries_properties` adds one column each.

    Facts are replaced by `key`: all of one answer's ratings together.
    """

    name: str
    columns: dict[str, str]
    carries_properties: bool = True
    key: str = "id"

    def __hash__(self) -> int:
        return hash(self.name)

    def typed(self, properties: Mapping[str, str]) -> dict[str, str]:
        """Type by column, with these columns of properties."""
        return {**self.columns, **(properties if self.carries_properties else {})}


ANSWERS = Table(
    "answers",
    {
        **_COMMON,
        "ref": "string",
        **_SCORE,
        "employee_id": "int64",
        "customer_id": "int64",
        "source": "string",
        "channel": "string",
        "product": "string",
        "decision_role": "string",
        "has_comment": "boolean",
        "is_coded": "boolean",
        "weight": "float64",
        "csat": "float64",
        "ces": "float64",
        "revenue": "float64",
    },
)
RATINGS = Table(
    "ratings",
    {
        **_COMMON,
        "answer_id": "int64",
        "question": "string",
        "aspect": "string",
        "points": "float64",
        "share": "float64",
        **_SCORE,
        "employee_id": "int64",
        "channel": "string",
        "product": "string",
    },
    key="answer_id",
)
INVITATIONS = Table(
    "invitations",
    {
        **_COMMON,
        "employee_id": "int64",
        "channel": "string",
        "programme": "string",
        "sent": "float64",
        "delivered": "float64",
        "opened": "float64",
        "answered": "float64",
        "bounced": "float64",
        "declined": "float64",
    },
)
CASES = Table(
    "cases",
    {
        **_COMMON,
        "answer_id": "int64",
        "owner_id": "int64",
        "score": "float64",
        "reached_at": "timestamp",
        "closed_at": "timestamp",
        "due_at": "timestamp",
        "first_contact_hours": "float64",
        "in_time": "float64",
        "closed": "float64",
        "asked_again": "float64",
        "again_score": "float64",
        "recovered": "float64",
        "cost": "float64",
    },
    carries_properties=False,
)
MENTIONS = Table(
    "mentions",
    {
        **_COMMON,
        "answer_id": "int64",
        "theme": "string",
        "theme_1": "string",
        "theme_2": "string",
        "theme_kind": "string",
        "source": "string",
        "voice": "string",
        "weight": "float64",
        "sentiment": "float64",
        "answer_weight": "float64",
        "revenue": "float64",
        **_SCORE,
    },
    key="answer_id",
)
MONEY = Table(
    "money",
    {
        **_COMMON,
        "customer_id": "int64",
        "money_kind": "string",
        "amount": "float64",
        "currency": "string",
    },
    carries_properties=False,
)
BUILT = Table("built", {"id": "int64", "at_utc": "timestamp"}, carries_properties=False)
"""One row, once all facts were built from the truth: without it some may be missing."""
TABLES = (ANSWERS, RATINGS, INVITATIONS, CASES, MENTIONS, MONEY, BUILT)


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
