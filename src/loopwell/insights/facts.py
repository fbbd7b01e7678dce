"""How do rows of the truth become facts: answers, invitations and cases, in bulk?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from loopwell.cases.models import Case
from loopwell.insights.places import Places, naive_utc
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import ANSWERS, CASES, INVITATIONS, Table
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation

Fact = dict[str, Any]
Shape = Callable[[tuple[Any, ...], Places], Fact]

_ANSWER_FIELDS = (
    "id", "ref", "score", "answered_at", "survey__ref", "kind", "touchpoint", "language",
    "unit_id", "account_id", "employee_id", "customer_id", "source", "comment", "properties",
)  # fmt: skip
_INVITATION_FIELDS = (
    "id", "sent_at", "planned_at", "version__survey__ref", "version__survey__kind",
    "version__survey__touchpoint", "language", "unit_id", "account_id", "employee_id",
    "answered_at", "bounced_at", "declined_at", "properties",
)  # fmt: skip
_CASE_FIELDS = (
    "id", "opened_at", "reached_at", "closed_at", "due_at", "unit_id", "account_id",
    "owner_id", "score",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where the facts of one table come from; test answers never become facts."""

    table: Table
    rows: Callable[[], QuerySet[Any]]
    fields: Sequence[str]
    shape: Shape


def load(
    source: Source, wanted: Q, places: Places, columns: Mapping[str, str], limit: int | None = None
) -> Columns:
    """The facts of the wanted rows by column, in order of id; `columns` by property name."""
    rows = source.rows().filter(wanted).order_by("id").values_list(*source.fields)
    carried = columns if source.table.carries_properties else {}
    found: Columns = {name: [] for name in (*source.table.columns, *carried.values())}
    for row in rows[:limit]:
        fact = source.shape(row, places)
        for name in source.table.columns:
            found[name].append(fact[name])
        for name, column in carried.items():
            found[column].append(_text(row[-1].get(name)))
    return found


def _text(value: Any) -> str | None:
    """What a property says, at most 200 characters; None where it says nothing."""
    text = "" if value is None else str(value).strip()
    return text[:200] or None


def _answer(row: tuple[Any, ...], places: Places) -> Fact:
    score, at, unit_id = row[2], row[3], row[8]
    return {
        "id": row[0],
        "ref": row[1],
        "score": float(score),
        "promoter": float(score >= 9),
        "passive": float(7 <= score <= 8),
        "detractor": float(score <= 6),
        "at_utc": naive_utc(at),
        "at_local": places.local(at, unit_id),
        "survey": row[4],
        "kind": row[5],
        "touchpoint": row[6],
        "language": row[7],
        "unit_id": unit_id,
        "unit_path": places.path(unit_id),
        "account_id": row[9],
        "employee_id": row[10],
        "customer_id": row[11],
        "source": row[12],
        "has_comment": bool(row[13]),
    }


def _invitation(row: tuple[Any, ...], places: Places) -> Fact:
    at, unit_id = row[1] or row[2], row[7]
    return {
        "id": row[0],
        "at_utc": naive_utc(at),
        "at_local": places.local(at, unit_id),
        "survey": row[3],
        "kind": row[4],
        "touchpoint": row[5],
        "language": row[6],
        "unit_id": unit_id,
        "unit_path": places.path(unit_id),
        "account_id": row[8],
        "employee_id": row[9],
        "sent": float(row[1] is not None),
        "answered": float(row[10] is not None),
        "bounced": float(row[11] is not None),
        "declined": float(row[12] is not None),
    }


def _case(row: tuple[Any, ...], places: Places) -> Fact:
    at, unit_id = row[1], row[5]
    return {
        "id": row[0],
        "at_utc": naive_utc(at),
        "at_local": places.local(at, unit_id),
        "reached_at": naive_utc(row[2]),
        "closed_at": naive_utc(row[3]),
        "due_at": naive_utc(row[4]),
        "unit_id": unit_id,
        "unit_path": places.path(unit_id),
        "account_id": row[6],
        "owner_id": row[7],
        "score": None if row[8] is None else float(row[8]),
    }


SOURCES: dict[str, Source] = {
    "response": Source(
        ANSWERS, lambda: Response.objects.filter(is_test=False), _ANSWER_FIELDS, _answer
    ),
    "invitation": Source(
        INVITATIONS,
        lambda: Invitation.objects.filter(is_test=False),
        _INVITATION_FIELDS,
        _invitation,
    ),
    "case": Source(
        CASES, lambda: Case.objects.exclude(response__is_test=True), _CASE_FIELDS, _case
    ),
}
"""By the journal's subject."""
