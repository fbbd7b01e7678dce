"""How do the rows of a panel's file become answers about brands?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import PanelDraft, add_panel, check_may_bring
from loopwell.benchmarks.queries.names import brands_by_name, key_of
from loopwell.benchmarks.rules import PanelRow, lacking_of_panels, read_panel_row
from loopwell.kit.tables import Row, Table
from loopwell.people.importing.kinds import property_labels
from loopwell.people.importing.runner import (
    CannotImport,
    Importer,
    Item,
    Make,
    one_by_one,
)
from loopwell.people.importing.source import date_formats
from loopwell.people.models import Upload
from loopwell.people.operations.planning import State
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.reading import Cells, cells_of

FIELDING = ("fielded_from", "fielded_to")


class PanelImporter:
    """One panel per file; a person's later word on the same brand replaces the earlier one."""

    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        check_may_bring(actor)
        labels = property_labels(upload)
        if whole and (missing := lacking_of_panels(upload.mapping, list(labels))):
            raise CannotImport(missing)
        self.actor, self.upload = actor, upload
        self.draft = draft_of(upload)
        self.by_column = "brand" not in upload.mapping
        self.dates = date_formats(upload, table, ["answered_on"], whole=whole).get("answered_on")
        self._cells = cells_of(table.columns, upload.mapping)
        self._extra = [(column, table.columns.index(column)) for column in labels.values()]
        self._brands = brands_by_name()
        self._new: set[str] = set()

    @one_by_one
    def read(self, row: Row) -> Item:
        cells: Cells = self._cells(row.values)
        extra = {column: row.values[place] for column, place in self._extra}
        draft = read_panel_row(cells, extra, self.dates, brand_columns=self.by_column)
        if not draft.said and not cells.is_refused:
            cells.problems.append(Problem(_("no brand is rated in this row")))
        keys = (self._key(draft),) if draft.person and draft.said else ()
        return Item(row, draft, keys, cells.problems)

    glance = read

    def _key(self, draft: PanelRow) -> str:
        brand = "" if self.by_column else self._today(draft.said[0].brand)
        return f"{draft.person}\0{brand}"

    def _today(self, name: str) -> str:
        """One key for all spellings that are known to be the same brand."""
        found = self._brands.get(key_of(name))
        return key_of(found.name if found else name)

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        for item in items:
            told = {key_of(said.brand) for said in item.draft.said}
            self._new |= told - self._brands.keys()
        if write and items:
            days = [day for item in items if (day := item.draft.answered_on) is not None]
            panel = self._panel(now, days)
            PanelAnswer.objects.bulk_create(
                [
                    self._answer(panel, item, said.brand, said.score)
                    for item in items
                    for said in {self._today(each.brand): each for each in item.draft.said}.values()
                ]
            )
            self._stretch(panel, days)
        return [State.NEW] * len(items)

    def extra(self) -> dict[str, int]:
        return {"brands": len(self._new)} if self._new else {}

    def _panel(self, now: datetime, days: Sequence[date]) -> Panel:
        """That of this very file, so that a run that goes on after a crash finds it. Days that
        nobody gave are those of the file's dates, where it has any."""
        found = Panel.objects.filter(upload_ref=self.upload.ref).first()
        if found is None:
            draft = self.draft
            if days and not any(self.upload.options.get(each) for each in FIELDING):
                draft = replace(draft, fielded_from=min(days), fielded_to=max(days))
            found = add_panel(actor=self.actor, now=now, draft=draft)
            Panel.objects.filter(pk=found.pk).update(upload_ref=self.upload.ref)
        return found

    def _stretch(self, panel: Panel, days: Sequence[date]) -> None:
        """The fielding begins and ends no later and no earlier than its answers."""
        if days:
            panel.fielded_from = min(panel.fielded_from, *days)
            panel.fielded_to = max(panel.fielded_to, *days)
            panel.save(update_fields=["fielded_from", "fielded_to"])

    def _answer(self, panel: Panel, item: Item, brand: str, score: int) -> PanelAnswer:
        draft: PanelRow = item.draft
        return PanelAnswer(
            panel=panel,
            brand=self._brand(brand),
            person=draft.person[:80],
            segment=draft.segment,
            score=score,
            weight=draft.weight,
            ratings=dict(draft.ratings),
            answered_on=draft.answered_on or panel.fielded_to,
            row=item.row.number,
        )

    def _brand(self, name: str) -> Brand:
        found = self._brands.get(key_of(name))
        if found is None:
            found = self._brands[key_of(name)] = Brand.objects.create(name=name)
        return found


def draft_of(upload: Upload) -> PanelDraft:
    """The panel as it was described beside the file's columns."""
    options: dict[str, Any] = upload.options
    today = timezone.localdate()
    end = parse_date(str(options.get("fielded_to") or "")) or today
    start = parse_date(str(options.get("fielded_from") or "")) or end
    return PanelDraft(
        name=str(options.get("panel_name") or upload.filename)[:120],
        fielded_from=start,
        fielded_to=end,
        market=str(options.get("market") or ""),
        provider=str(options.get("provider") or ""),
        double_blind=bool(options.get("double_blind")),
    )


def panels_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return PanelImporter(upload, table, actor)

    return make
