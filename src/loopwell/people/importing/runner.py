"""How does a file go through: checked as a whole, then chunk by chunk, resumable?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.kit.tables import Row, Table
from loopwell.people.importing.rejects import RejectsFile
from loopwell.people.importing.report import Outcome, Report
from loopwell.people.importing.source import open_upload, rejects_path
from loopwell.people.models import Upload
from loopwell.people.operations.planning import State
from loopwell.people.rules.problems import Problem

CHUNK = 20_000
Progress = Callable[[int, int, str], None]


class CannotImport(Invalid):
    """The file as a whole cannot be imported; nothing was changed."""


@dataclass(slots=True)
class Item:
    """One row understood: its draft, its keys (the strongest first), and what is wrong."""

    row: Row
    draft: Any
    keys: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return bool(self.problems) and any(not problem.warning for problem in self.problems)


class Importer(Protocol):
    """What differs between customers, accounts and answers."""

    def read(self, rows: Sequence[Row]) -> list[Item]: ...

    def glance(self, rows: Sequence[Row]) -> list[Item]:
        """As read, for the first pass: what can neither refuse nor identify is left out."""

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        """Plans, and writes when told to, the items of one chunk; adds to their problems."""

    def extra(self) -> dict[str, int]:
        """Further counts by a name the door knows (accounts made, customers made)."""


Make = Callable[[Upload, Table], Importer]
Self = TypeVar("Self")


def one_by_one(read: Callable[[Self, Row], Item]) -> Callable[[Self, Sequence[Row]], list[Item]]:
    """Makes of a method that reads a row the one that an importer needs."""

    @wraps(read)
    def read_all(self: Self, rows: Sequence[Row]) -> list[Item]:
        return [read(self, row) for row in rows]

    return read_all


@dataclass
class Fates:
    """Which rows another row of the same file overrules, found before anything is written."""

    rows: int = 0
    replaced: dict[int, int] = field(default_factory=dict)
    clashes: dict[int, int] = field(default_factory=dict)
    _owner: dict[str, tuple[int, str]] = field(default_factory=dict)

    def see(self, item: Item) -> None:
        """The last row of a person wins; one e-mail under two external ids is a clash."""
        if item.is_refused or not item.keys:
            return
        number, strongest = item.row.number, item.keys[0]
        for key in item.keys[1:]:
            owner = self._owner.get(key)
            if owner and owner[1] != strongest and owner[1] != key:
                self.clashes[number] = owner[0]
                return
        for key in item.keys:
            owner = self._owner.get(key)
            if owner and owner[0] != number:
                self.replaced[owner[0]] = number
            self._owner[key] = (number, strongest)

    def judge(self, item: Item) -> None:
        winner = self.replaced.get(item.row.number)
        if winner is not None:
            reason = _("occurs again further down: the last row counts")
            place = _("line %(number)d") % {"number": winner}
            item.problems.append(Problem(reason, "", place))
        elif item.row.number in self.clashes:
            reason = _("the e-mail stands in an earlier row with another external id")
            item.problems.append(Problem(reason, "email", item.keys[-1].partition(":")[2]))


@dataclass
class Run:
    """One pass of an upload, as a trial or for good."""

    upload: Upload
    make: Make
    write: bool
    job_ref: str
    now: datetime
    progress: Progress
    language: str = ""

    def go(self) -> dict[str, Any]:
        """The report; raises CannotImport or TableError before anything is changed."""
        with translation.override(self.language or translation.get_language()):
            table = open_upload(self.upload)
            missing = [c for c in self.upload.mapping.values() if c not in table.columns]
            if missing:
                raise CannotImport(
                    _("The file has no column “%(column)s”. It has: %(columns)s.")
                    % {"column": missing[0], "columns": ", ".join(table.columns[:30])}
                )
            importer = self.make(self.upload, table)
            fates = self._check(table, importer)
            return self._through(table, importer, fates)

    def _check(self, table: Table, importer: Importer) -> Fates:
        fates = Fates()
        for rows in _portions(table, 0):
            fates.rows += len(rows)
            for item in importer.glance([row for row in rows if not row.ragged]):
                fates.see(item)
            self.progress(0, fates.rows, _("Reading the file"))
        if not fates.rows:
            raise CannotImport(_("The file has column names and no rows."))
        return fates

    def _through(self, table: Table, importer: Importer, fates: Fates) -> dict[str, Any]:
        report, after, offset = self._resumed()
        columns = dict(self.upload.mapping)
        path = rejects_path(self.upload, "import" if self.write else "trial")
        note = _("Importing") if self.write else _("Trying, nothing is changed")
        with RejectsFile(path, table.columns, offset=offset) as rejects:
            for rows in _portions(table, after):
                items, states = self._chunk(rows, importer, fates, table)
                report.count(states)
                for item, state in zip(items, states, strict=True):
                    if not item.problems:
                        continue
                    outcome = _outcome(item, state)
                    report.explain(outcome, columns)
                    if state is State.REFUSED:
                        rejects.add(outcome, columns)
                report.extra = importer.extra()
                with transaction.atomic():
                    self._remember(rows[-1].number, rejects.flush(), report)
                    self.progress(report.rows, fates.rows, note)
        report.notes = list(table.detected.notes)
        return report.as_json()

    def _chunk(
        self, rows: list[Row], importer: Importer, fates: Fates, table: Table
    ) -> tuple[list[Item], list[State]]:
        items = self._items(rows, importer, fates, table)
        try:
            return items, self._apply(items, importer)
        except IntegrityError:  # somebody saved the same person meanwhile: look again, once
            items = self._items(rows, importer, fates, table)
            return items, self._apply(items, importer)

    def _items(self, rows: list[Row], importer: Importer, fates: Fates, table: Table) -> list[Item]:
        """In the order of the rows."""
        ragged = [row for row in rows if row.ragged]
        items = importer.read([row for row in rows if not row.ragged] if ragged else rows)
        for item in items:
            if not item.is_refused:
                fates.judge(item)
        width = len(table.columns)
        items += [Item(row, None, problems=[Problem(row.problem(width))]) for row in ragged]
        return sorted(items, key=lambda item: item.row.number) if ragged else items

    def _apply(self, items: list[Item], importer: Importer) -> list[State]:
        good = [item for item in items if not item.is_refused]
        with transaction.atomic():
            states = iter(importer.apply(good, write=self.write, now=self.now))
            if self.write:
                self._mark(items[-1].row.number)
        taken = {id(item) for item in good}
        return [next(states) if id(item) in taken else State.REFUSED for item in items]

    def _mark(self, number: int) -> None:
        """In the chunk's own transaction: a killed worker goes on after what was written."""
        self.upload.progress = {**self.upload.progress, "job": self.job_ref, "written": number}
        self.upload.save(update_fields=["progress"])

    def _remember(self, number: int, offset: int, report: Report) -> None:
        if self.write:
            told = {"row": number, "offset": offset, "report": report.as_json()}
            self.upload.progress = {**self.upload.progress, "job": self.job_ref, **told}
            self.upload.save(update_fields=["progress"])

    def _resumed(self) -> tuple[Report, int, int]:
        """Where this very job stopped; a chunk written but not told is counted again, as same."""
        state = self.upload.progress
        if not self.write or state.get("job") != self.job_ref or "report" not in state:
            self.upload.progress = {}
            return Report(), 0, 0
        return Report.from_json(state["report"]), int(state["row"]), int(state["offset"])


def _portions(table: Table, after: int) -> Iterator[list[Row]]:
    portion: list[Row] = []
    for row in table.rows():
        if row.number <= after:
            continue
        portion.append(row)
        if len(portion) == CHUNK:
            yield portion
            portion = []
    if portion:
        yield portion


def _outcome(item: Item, state: State) -> Outcome:
    return Outcome(item.row.number, state, tuple(item.problems), tuple(item.row.values))


def finish(upload: Upload, outcome: dict[str, Any], *, write: bool) -> None:
    """Keeps the report with the upload."""
    if write:
        upload.result, upload.progress, upload.imported_at = outcome, {}, timezone.now()
        upload.save(update_fields=["result", "progress", "imported_at"])
    else:
        upload.trial = outcome
        upload.save(update_fields=["trial"])
