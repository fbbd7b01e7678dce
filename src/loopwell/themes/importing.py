"""How do the rows of a file become complaints and other reports of themes, and in which job?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.jobs.rules import Running, job
from loopwell.kit.tables import Row, Table
from loopwell.people.enums import UploadKind
from loopwell.people.importing.runner import (
    CannotImport,
    Importer,
    Item,
    Make,
    one_by_one,
)
from loopwell.people.importing.source import date_formats
from loopwell.people.jobs import run_upload
from loopwell.people.models import Upload
from loopwell.people.operations.planning import State
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.reading import cells_of
from loopwell.themes.models import Theme
from loopwell.themes.operations.reporting import ReportDraft, record_reports
from loopwell.themes.queries.reporting import Themes, counts_known, units_to_report_for
from loopwell.themes.rules.reporting import ReportRow, lacking_of_reports, read_report

Key = tuple[int, int, str, date]


class ReportImporter:
    """A count for the same theme, unit, way and day again: the last one counts."""

    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        require(actor, Right.IMPORT_DATA)
        if whole and (missing := lacking_of_reports(upload.mapping)):
            raise CannotImport(missing)
        self.actor, self._themes, self._units = actor, Themes(), Directory(actor)
        self._mine = set(units_to_report_for(actor).values_list("pk", flat=True))
        self._today = timezone.localdate()
        self.dates = date_formats(upload, table, ["on"], whole=whole).get("on")
        self._cells = cells_of(table.columns, upload.mapping)

    @one_by_one
    def read(self, row: Row) -> Item:
        cells = self._cells(row.values)
        draft = read_report(cells, self.dates, self._today)
        theme, unit = self._theme(draft), self._unit(draft)
        cells.problems += [each for each in (theme, unit) if isinstance(each, Problem)]
        if cells.is_refused or not isinstance(theme, Theme) or not isinstance(unit, Unit):
            return Item(row, draft, (), cells.problems)
        key = "\0".join(map(str, (theme.pk, unit.pk, draft.way, draft.on)))
        return Item(row, draft, (key,), cells.problems)

    glance = read

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        told = [self._draft(item.draft) for item in items]
        before: dict[Key, int] = counts_known(
            {each.theme.pk for each in told},
            {each.unit.pk for each in told},
            {each.on for each in told},
        )
        if write and told:
            record_reports(actor=self.actor, now=now, reports=told)
        return [_state(each, before) for each in told]

    def extra(self) -> dict[str, int]:
        return {}

    def _theme(self, draft: ReportRow) -> Theme | Problem | None:
        return self._themes.find(draft.theme) if draft.theme else None

    def _unit(self, draft: ReportRow) -> Unit | Problem | None:
        found = self._units.unit(draft.unit) if draft.unit else None
        if isinstance(found, Unit) and found.pk not in self._mine:
            return Problem(_("this is not your unit"), "unit", draft.unit or "")
        return found

    def _draft(self, row: ReportRow) -> ReportDraft:
        """Of a row that was not refused."""
        theme, unit = self._theme(row), self._unit(row)
        if (
            not isinstance(theme, Theme) or not isinstance(unit, Unit)
            or row.on is None or row.count is None
        ):  # fmt: skip
            raise ValueError("a refused row is not applied")
        return ReportDraft(theme, unit, row.way, row.on, row.count)


def _state(told: ReportDraft, before: dict[Key, int]) -> State:
    was = before.get((told.theme.pk, told.unit.pk, told.way.value, told.on))
    if was is None:
        return State.NEW
    return State.SAME if was == told.count else State.CHANGED


def reports_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return ReportImporter(upload, table, actor)

    return make


@job("themes.import")
def import_reports(running: Running, now: datetime) -> dict[str, Any]:
    return run_upload(running, now, {UploadKind.REPORTS: reports_for})
