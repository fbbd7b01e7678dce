"""How do the rows of files become key figures and targets?"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import ExpectedError, Invalid
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
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.reading import cells_of
from loopwell.targets.models import KeyFigure, KeyFigureValue, Target
from loopwell.targets.operations import TargetDraft, set_target
from loopwell.targets.operations.aiming import check_draft
from loopwell.targets.operations.figures import FigureValue, declare_figure, put_values
from loopwell.targets.queries import units_to_aim_for
from loopwell.targets.reading_files import (
    FigureRow,
    TargetRow,
    lacking_of_figures,
    lacking_of_targets,
    read_figures,
    read_target,
)
from loopwell.targets.rules import stretch_of


class _Places:
    """The units a file names, and whether they are the actor's to write about."""

    def __init__(self, actor: Actor) -> None:
        require(actor, Right.SET_TARGETS)
        self._directory = Directory(actor)
        self._mine = set(units_to_aim_for(actor).values_list("pk", flat=True))

    def find(self, text: str) -> Unit | Problem:
        found = self._directory.unit(text)
        if isinstance(found, Unit) and found.pk not in self._mine:
            return Problem(_("this is not your unit"), "unit", text)
        return found


class KeyFigureImporter:
    """A figure for the same unit and month again: the last row counts."""

    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        labels = property_labels(upload)
        if whole and (missing := lacking_of_figures(upload.mapping, list(labels))):
            raise CannotImport(missing)
        self.actor, self._places = actor, _Places(actor)
        self.dates = date_formats(upload, table, ["month"], whole=whole).get("month")
        self._cells = cells_of(table.columns, upload.mapping)
        columns = () if "figure" in upload.mapping else labels.values()
        self._extra = [(column, table.columns.index(column)) for column in columns]
        self._known = {figure.name: figure for figure in KeyFigure.objects.all()}
        self._new: set[str] = set()

    @one_by_one
    def read(self, row: Row) -> Item:
        cells = self._cells(row.values)
        extra = {column: row.values[place] for column, place in self._extra}
        draft = read_figures(cells, extra, self.dates)
        named = "" if self._extra else draft.figure or ""
        keys = (f"{draft.unit}\0{draft.month}\0{named}",) if not cells.is_refused else ()
        return Item(row, draft, keys, cells.problems)

    glance = read

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        ready = [(item, self._values(item)) for item in items]
        names = {name for _item, found in ready for name in found}
        self._new |= names - self._known.keys()
        before = self._before(ready)
        if write:
            for name in sorted(names):
                self._write(name, [found[name] for _item, found in ready if name in found], now)
        return [self._state(item, found, before) for item, found in ready]

    def extra(self) -> dict[str, int]:
        return {"figures": len(self._new)} if self._new else {}

    def _values(self, item: Item) -> dict[str, FigureValue]:
        draft: FigureRow = item.draft
        place = self._places.find(draft.unit or "")
        if isinstance(place, Problem):
            item.problems.append(place)
            return {}
        month = draft.month
        if month is None:
            return {}
        return {name: FigureValue(place, month, value) for name, value in draft.values.items()}

    def _before(
        self, ready: Sequence[tuple[Item, dict[str, FigureValue]]]
    ) -> dict[tuple[str, int, object], float]:
        units = {value.unit.pk for _item, found in ready for value in found.values()}
        rows = KeyFigureValue.objects.filter(unit__in=units).select_related("figure")
        return {(row.figure.name, row.unit_id, row.month): row.value for row in rows}

    def _state(
        self,
        item: Item,
        found: dict[str, FigureValue],
        before: dict[tuple[str, int, object], float],
    ) -> State:
        if item.is_refused or not found:
            return State.REFUSED
        known = [before.get((name, v.unit.pk, v.day)) for name, v in found.items()]
        if all(was is None for was in known):
            return State.NEW
        same = all(was == v.value for was, v in zip(known, found.values(), strict=True))
        return State.SAME if same else State.CHANGED

    def _write(self, name: str, values: Sequence[FigureValue], now: datetime) -> None:
        if name not in self._known:
            self._known[name] = declare_figure(actor=self.actor, now=now, name=name)
        put_values(actor=self.actor, now=now, figure=self._known[name], values=values)


class TargetImporter:
    """Through the same operation as the page; a target again changes its value."""

    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        if whole and (missing := lacking_of_targets(upload.mapping)):
            raise CannotImport(missing)
        self.actor, self._places = actor, _Places(actor)
        says_when = "start" if "start" in upload.mapping else "period"
        self.dates = date_formats(upload, table, [says_when], whole=whole).get(says_when)
        self._cells = cells_of(table.columns, upload.mapping)

    @one_by_one
    def read(self, row: Row) -> Item:
        cells = self._cells(row.values)
        draft = read_target(cells, self.dates)
        if cells.is_refused:
            return Item(row, draft, (), cells.problems)
        key = (draft.unit, draft.metric, draft.period, draft.start, draft.channel, draft.touchpoint)
        return Item(row, draft, ("\0".join(map(str, key)),), cells.problems)

    glance = read

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        return [self._one(item, write=write, now=now) for item in items]

    def extra(self) -> dict[str, int]:
        return {}

    def _one(self, item: Item, *, write: bool, now: datetime) -> State:
        draft = self._draft(item)
        if draft is None:
            return State.REFUSED
        try:
            check_draft(self.actor, draft)
        except Invalid as error:
            said = {"metric": draft.metric, "value": f"{draft.value:g}"}
            item.problems += [
                Problem(text, place, said.get(place, ""))
                for place, texts in error.fields.items()
                for text in texts
            ]
            return State.REFUSED
        except ExpectedError as error:
            item.problems.append(Problem(str(error)))
            return State.REFUSED
        state = self._state(draft)
        if write and state is not State.SAME:
            set_target(actor=self.actor, now=now, draft=draft)
        return state

    def _draft(self, item: Item) -> TargetDraft | None:
        row: TargetRow = item.draft
        unit = self._places.find(row.unit) if row.unit else None
        if isinstance(unit, Problem):
            item.problems.append(unit)
            return None
        if row.start is None or row.value is None:
            return None
        return TargetDraft(
            metric=row.metric,
            period=row.period,
            day=row.start,
            value=row.value,
            unit=unit,
            channel=row.channel,
            touchpoint=row.touchpoint,
        )

    def _state(self, draft: TargetDraft) -> State:
        stretch = stretch_of(draft.period, draft.day)
        whole = draft.unit is None or draft.unit.parent_id is None
        found = Target.objects.filter(
            metric=draft.metric,
            unit=None if whole else draft.unit,
            kind=draft.kind,
            channel=draft.channel,
            touchpoint=draft.touchpoint,
            start=stretch.start,
            end=stretch.end,
        ).first()
        if found is None:
            return State.NEW
        return State.SAME if found.value == draft.value else State.CHANGED


def figures_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return KeyFigureImporter(upload, table, actor)

    return make


def targets_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return TargetImporter(upload, table, actor)

    return make
