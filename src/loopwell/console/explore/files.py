"""How do the rows behind a picture leave as a CSV file or a workbook?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl.workbook.workbook
from django.http import HttpResponse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.console.explore.rows import Line, lines_of
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, names_of_cuts, sentence
from loopwell.insights.phrasing.naming import GRAIN_NAMES
from loopwell.kit.tables.writing import csv_lines, harmless

Workbook: Any = openpyxl.workbook.workbook.Workbook  # no types published
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(asked: Asked, beside: str, actor: Actor, now: datetime) -> HttpResponse:
    text = "".join(csv_lines(_table(asked, beside, lines_of(asked, beside, actor, now))))
    return _named(HttpResponse(text, content_type="text/csv; charset=utf-8"), asked, "csv")


def as_workbook(asked: Asked, beside: str, actor: Actor, now: datetime) -> HttpResponse:
    """Numbers stay numbers; the question itself stands on a second sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Numbers")
    for cells in _table(asked, beside, lines_of(asked, beside, actor, now)):
        sheet.append(_cells(cells))
    sheet.freeze_panes = "A2"
    about: Any = book.create_sheet(_("What was asked"))
    metric = METRICS[asked.metric]
    for words in (
        (_("Question"), sentence(asked, actor)),
        (_("How it is counted"), str(metric.formula)),
        (_("How sure we are"), str(metric.interval)),
        (_("Taken on"), f"{now:%Y-%m-%d %H:%M} UTC"),
    ):
        about.append(_cells(words))
    stream = BytesIO()
    book.save(stream)
    return _named(HttpResponse(stream.getvalue(), content_type=SHEETS), asked, "xlsx")


def _table(asked: Asked, beside: str, lines: Sequence[Line]) -> Iterable[Sequence[object]]:
    cuts = names_of_cuts()
    heads: list[object] = [cuts.get(dimension, dimension) for dimension in asked.by]
    if asked.grain:
        heads.append(str(GRAIN_NAMES[asked.grain][0]))
    heads += [str(METRICS[asked.metric].name), _("From"), _("To"), _("Count")]
    if asked.against:
        heads += [_("Compared with"), _("Difference"), _("p, adjusted"), _("Is it real?")]
    if beside:
        name = str(METRICS[beside].name)
        heads += [name, _("Count of “%(name)s”") % {"name": name}]
    yield heads
    for line in lines:
        yield [*line.labels, *_numbers(line, asked, beside)]


def _numbers(line: Line, asked: Asked, beside: str) -> list[object]:
    row, found = line.row, line.found
    cells: list[object] = [_short(row.value), _short(row.low), _short(row.high), row.n]
    if asked.against:
        cells += [
            _short(found.other.value if found.other else None),
            _short(found.difference.value if found.difference else None),
            _short(found.p_adjusted),
            line.words,
        ]
    if beside:
        cells += [_short(line.beside.value), line.beside.n] if line.beside else [None, None]
    return cells


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _cells(cells: Sequence[object]) -> list[object]:
    return [c if c is None or isinstance(c, int | float) else harmless(c) for c in cells]


def _named(response: HttpResponse, asked: Asked, ending: str) -> HttpResponse:
    name = "-".join([asked.metric, *asked.by, *([asked.grain] if asked.grain else [])])
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)
    response["Content-Disposition"] = f'attachment; filename="{safe}.{ending}"'
    return response
