"""What stands in the file of answers one takes away?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.scales import category
from loopwell.console.answers.further import Column
from loopwell.kit.tables.writing import csv_lines
from loopwell.responses.masking import Said, said_in_exports
from loopwell.responses.queries.naming import reads_name


def exported(
    rows: QuerySet[Any],
    properties: Mapping[str, str],
    *,
    with_customers: bool,
    names_for: Actor,
    further: Sequence[Column] = (),
) -> Iterator[str]:
    """The file's lines, its header first; employees' names as far as this actor reads them."""
    return csv_lines(_rows(rows, properties, with_customers, names_for, further))


def _rows(
    rows: QuerySet[Any],
    properties: Mapping[str, str],
    with_customers: bool,
    names_for: Actor,
    further: Sequence[Column],
) -> Iterator[list[object]]:
    header: list[object] = [
        _("Answer"), _("Time"), _("Score"), _("Category"), _("Comment"), _("Unit"), _("Employee"),
        _("Survey"), _("Touchpoint"), _("Language"), *properties.values(),
        *(column.header for column in further),
    ]  # fmt: skip
    if with_customers:
        header += [_("Customer"), _("E-mail"), _("Account")]
    yield header
    said = said_in_exports()
    for row in rows.iterator(chunk_size=2000):
        cells = [
            *_answer(row, names_for, said),
            *(row.properties.get(name, "") for name in properties),
        ]
        cells += [said(row, column.cell(row)) for column in further]
        if with_customers:
            cells += _customer(row)
        yield cells


def _answer(row: Any, names_for: Actor, said: Said) -> list[object]:
    return [
        row.ref,
        timezone.localtime(row.answered_at).isoformat(timespec="seconds"),
        row.score,
        category(row.score).value,
        said(row, row.comment),
        row.unit or "",
        row.employee if reads_name(names_for, row.employee_id) else "",
        row.survey.name,
        row.touchpoint,
        row.language,
    ]


def _customer(row: Any) -> list[object]:
    if row.customer is None:
        return ["", "", row.account or ""]
    return [row.customer.name, row.customer.email or "", row.account or ""]
