"""How does a panel's file come in: tried first, then kept as a whole or not at all?"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import PanelDraft, add_panel, check_may_bring
from loopwell.benchmarks.rules import Columns, Fault, Said, lacking, understood
from loopwell.kit.errors import Invalid
from loopwell.kit.tables import Table, open_table
from loopwell.kit.tables.dates import DateFormat, detect_date_order

FAULTS_SHOWN = 200
AT_ONCE = 2_000
Progress = Callable[[int, int, str], None]


@dataclass
class Trial:
    """What a file says, before or after it was kept: answers by brand, and rows left out."""

    rows: int = 0
    answers: int = 0
    by_brand: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0
    repeated: int = 0
    first: date | None = None
    last: date | None = None

    def see(self, said: Said) -> None:
        self.answers += 1
        self.by_brand[said.brand] += 1
        self.first = min(self.first or said.on, said.on)
        self.last = max(self.last or said.on, said.on)


def try_panel(*, actor: Actor, path: Path, columns: Columns, day: date) -> Trial:
    """What would come of the file; nothing is kept. `day` is for rows without a date."""
    check_may_bring(actor)
    trial = Trial()
    for _said in _read(open_table(path), columns, day, trial):
        pass
    return trial


def import_panel(
    *,
    actor: Actor,
    now: datetime,
    path: Path,
    columns: Columns,
    draft: PanelDraft,
    progress: Progress = lambda done, total, note: None,
) -> tuple[Panel, Trial]:
    """The file's answers as one panel, all of them or none; rows with a fault are left out."""
    trial, table = Trial(), open_table(path)
    with transaction.atomic():
        panel = add_panel(actor=actor, now=now, draft=draft)
        brands: dict[str, Brand] = {brand.name.casefold(): brand for brand in Brand.objects.all()}
        waiting: list[PanelAnswer] = []
        for said in _read(table, columns, draft.fielded_to, trial):
            waiting.append(_answer(panel, _brand(brands, said.brand), said))
            if len(waiting) == AT_ONCE:
                PanelAnswer.objects.bulk_create(waiting)
                waiting.clear()
                progress(table.bytes_read, max(table.bytes_total, 1), "")
        PanelAnswer.objects.bulk_create(waiting)
        if not trial.answers:
            raise Invalid(_("No row of this file has a brand and a score from 0 to 10."))
    return panel, trial


def _read(table: Table, columns: Columns, day: date, trial: Trial) -> Iterator[Said]:
    """Each person's first word on a brand; the same person and brand again is left out."""
    if problem := lacking(columns):
        raise Invalid(problem)
    dates, seen = _dates(table, columns), set[tuple[str, str]]()
    for row in table.rows():
        trial.rows += 1
        if problem := row.problem(len(table.columns)):
            _leave_out(trial, Fault(row.number, "", "", problem))
            continue
        values = dict(zip(table.columns, row.values, strict=True))
        found, faults = understood(row.number, values, columns, dates, day)
        for fault in faults:
            _leave_out(trial, fault)
        for said in found:
            key = (said.person, said.brand.casefold())
            if said.person and key in seen:
                trial.repeated += 1
                continue
            seen.add(key)
            trial.see(said)
            yield said


def _leave_out(trial: Trial, fault: Fault) -> None:
    trial.left_out += 1
    if len(trial.faults) < FAULTS_SHOWN:
        trial.faults.append(fault)


def _dates(table: Table, columns: Columns) -> DateFormat | None:
    if not columns.date:
        return None
    place = table.columns.index(columns.date)
    values = {row.values[place] for row in table.rows() if place < len(row.values)}
    return detect_date_order(values)


def _brand(known: dict[str, Brand], name: str) -> Brand:
    found = known.get(name.casefold())
    if found is None:
        found = known[name.casefold()] = Brand.objects.create(name=name)
    return found


def _answer(panel: Panel, brand: Brand, said: Said) -> PanelAnswer:
    return PanelAnswer(
        panel=panel,
        brand=brand,
        person=said.person,
        segment=said.segment,
        score=said.score,
        weight=said.weight,
        ratings=dict(said.ratings),
        answered_on=said.on,
        row=said.row,
    )
