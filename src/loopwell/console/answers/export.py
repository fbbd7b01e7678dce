"""How do answers become a CSV file that a spreadsheet opens rightly and harmlessly?"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.calc.scales import category
from loopwell.console.answers.further import Column

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands every line straight back, so that any number streams."""

    def write(self, text: str) -> str:
        return text


def csv_lines(
    rows: QuerySet[Any],
    properties: Mapping[str, str],
    *,
    with_customers: bool,
    further: Sequence[Column] = (),
) -> Iterator[str]:
    """UTF-8 with a mark that Excel understands; text that a spreadsheet would run is quoted."""
    writer = csv.writer(_Echo())
    header = [
        _("Answer"), _("Time"), _("Score"), _("Category"), _("Comment"), _("Unit"), _("Employee"),
        _("Survey"), _("Touchpoint"), _("Language"), *properties.values(),
        *(column.header for column in further),
    ]  # fmt: skip
    if with_customers:
        header += [_("Customer"), _("E-mail"), _("Account")]
    yield BOM + writer.writerow([harmless(cell) for cell in header])
    for row in rows.iterator(chunk_size=2000):
        cells = [*_answer(row), *(row.properties.get(name, "") for name in properties)]
        cells += [column.cell(row) for column in further]
        if with_customers:
            cells += _customer(row)
        yield writer.writerow([harmless(cell) for cell in cells])


def harmless(cell: object) -> str:
    """Text that begins like a formula gets an apostrophe in front."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _answer(row: Any) -> list[object]:
    return [
        row.ref,
        timezone.localtime(row.answered_at).isoformat(timespec="seconds"),
        row.score,
        category(row.score).value,
        row.comment,
        row.unit or "",
        row.employee or "",
        row.survey.name,
        row.touchpoint,
        row.language,
    ]


def _customer(row: Any) -> list[object]:
    if row.customer is None:
        return ["", "", row.account or ""]
    return [row.customer.name, row.customer.email or "", row.account or ""]
