"""How does a monthly report look as a workbook? One sheet a subject, no cell a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import openpyxl.workbook.workbook
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.cases.rules.recovery import Row as Recovered
from loopwell.console.targets.lists import Line
from loopwell.huddles.queries.report import Report
from loopwell.insights.asking import Row
from loopwell.kit.tables.writing import harmless
from loopwell.responses.masking import said_in_exports

Workbook: Any = openpyxl.workbook.workbook.Workbook  # no types published
WIDTH = 28


def as_workbook(unit: str, report: Report, aim: Line | None = None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    _sheet(book, _("Index"), [*_index(unit, report), *_target(aim)])
    _sheet(book, _("Comments"), _comments(report))
    _sheet(
        book, _("Causes"), [(_("Cause"), _("Answers")), *((str(t), n) for t, n in report.causes)]
    )
    _sheet(book, _("Actions"), _actions(report))
    _sheet(book, _("Still to do"), _still(report))
    if report.recovered is not None:
        _sheet(book, _("Recovery"), _recovery(report.recovered))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Any, title: str, rows: Iterable[Sequence[object]]) -> None:
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([each if isinstance(each, int | float) else harmless(each) for each in row])
    for column in "ABCDE":
        sheet.column_dimensions[column].width = WIDTH


def _target(aim: Line | None) -> Iterable[Sequence[object]]:
    if aim is not None:
        yield (_("Target, %(when)s") % {"when": aim.when}, aim.standing.aimed.value, aim.words)
        if aim.later:
            yield ("", "", aim.later)


def _index(unit: str, report: Report) -> Iterable[Sequence[object]]:
    yield (_("Unit"), unit)
    yield (_("Month"), f"{report.month:%Y-%m}")
    yield ("", _("Value"), _("Lowest"), _("Highest"), _("Answers"))
    yield _line(_("NPS"), report.score)
    yield _line(_("NPS, month before"), report.before)
    if report.company is not None:
        yield _line(_("NPS, company"), report.company)
    yield _line(_("Response rate, %"), report.rate)
    counts = report.counts
    yield (_("Promoters"), counts.promoters)
    yield (_("Passives"), counts.passives)
    yield (_("Detractors"), counts.detractors)
    if report.cases is not None:
        yield (_("Cases opened"), report.cases.opened)
        yield (_("Called in time"), report.cases.in_time)
        yield (_("Closed"), report.cases.closed)
        yield (_("Solved"), report.cases.solved)


def _line(name: str, row: Row) -> Sequence[object]:
    parts = (row.value, row.low, row.high)
    return (name, *("" if part is None else round(part, 1) for part in parts), row.n)


def _comments(report: Report) -> Iterable[Sequence[object]]:
    yield (_("Date"), _("Score"), _("Comment"))
    said = said_in_exports()
    for voices in report.voices:
        for answer in voices.rows:
            day = timezone.localtime(answer.answered_at).date().isoformat()
            yield (day, answer.score, said(answer, answer.comment))


def _actions(report: Report) -> Iterable[Sequence[object]]:
    yield (_("What"), _("By whom"), _("Until"), _("State"), _("What came of it"))
    for row in report.agreed:
        yield (
            row.what,
            row.owner or "",
            row.due_on.isoformat(),
            row.get_state_display(),
            row.outcome,
        )
    for action in report.promised:
        state = _("Done") if action.done_at else _("Open")
        yield (action.what, action.owner or "", action.due_on.isoformat(), state, action.outcome)
    for issue in report.accepted:
        until = issue.due_on.isoformat() if issue.due_on else ""
        yield (issue.title, "", until, issue.get_state_display(), issue.work)


def _still(report: Report) -> Iterable[Sequence[object]]:
    """Open when the month ended; the state is today's."""
    yield (_("What"), _("By whom"), _("Until"), _("State"))
    for row in report.still:
        yield (row.what, row.owner or "", row.due_on.isoformat(), row.get_state_display())
    for action in report.unkept:
        state = _("Done") if action.done_at else _("Open")
        yield (action.what, action.owner or "", action.due_on.isoformat(), state)
    for issue in report.raised:
        until = issue.due_on.isoformat() if issue.due_on else ""
        yield (issue.title, "", until, issue.get_state_display())


def _recovery(row: Recovered) -> Iterable[Sequence[object]]:
    yield ("", _("Value"), _("Lowest"), _("Highest"), _("Answers"))
    share = row.recovered
    parts = (share.value, share.low, share.high) if share else (None, None, None)
    name = _("No longer detractors when asked again, in a year")
    yield (name, *("" if part is None else round(part, 1) for part in parts), row.answered)
