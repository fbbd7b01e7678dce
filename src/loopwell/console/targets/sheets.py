"""How do rows become a file to take away, CSV or XLSX, harmless in every spreadsheet?"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import openpyxl.workbook.workbook
from django.http import HttpResponse

from loopwell.kit.tables.writing import csv_lines, harmless

Workbook: Any = openpyxl.workbook.workbook.Workbook  # no types published
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/csv; charset=utf-8"


def as_file(rows: Iterable[Sequence[object]], name: str, kind: str) -> HttpResponse:
    """`kind` "xlsx" is a workbook, everything else CSV; `name` has no ending."""
    if kind == "xlsx":
        return _named(HttpResponse(_workbook(rows), content_type=SHEETS), f"{name}.xlsx")
    return _named(HttpResponse("".join(csv_lines(rows)), content_type=TEXT), f"{name}.csv")


def _workbook(rows: Iterable[Sequence[object]]) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append([c if isinstance(c, int | float) else harmless(c) for c in cells])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
