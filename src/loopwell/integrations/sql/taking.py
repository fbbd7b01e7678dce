"""How do the rows of a source become interactions, and what is wrong with the first ones?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import SYSTEM
from loopwell.integrations.sql.models import Source
from loopwell.integrations.sql.reading import BATCH, Answer, answer
from loopwell.integrations.sql.rules import SourceProblem, larger, text_of
from loopwell.people.operations.plan_interactions import InteractionPlan, plan_interactions
from loopwell.people.operations.planning import State
from loopwell.people.operations.write_interactions import write_interactions
from loopwell.people.operations.writing import declare_properties
from loopwell.people.queries import unknown_customers
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.contact import region_of
from loopwell.people.rules.fields import INTERACTION_FIELDS, PROPERTY, guess_mapping
from loopwell.people.rules.happening import InteractionReading, read_interaction
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.properties import property_names
from loopwell.people.rules.reading import Cells

TRY_ROWS, TRY_SECONDS, RUN_SECONDS = 20, 15, 600
PROBLEMS = 50
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class TriedRow:
    """One row as it would be taken: its values by field, what it becomes, what is wrong."""

    number: int
    values: Mapping[str, str]
    state: State
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Tried:
    columns: Sequence[str]
    mapping: Mapping[str, str]
    rows: Sequence[TriedRow]


@dataclass
class Taken:
    """What a run did; `watermark` is the largest value seen, None when there was none."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    watermark: Any = None
    rows: int = 0


def guessed(columns: Sequence[str]) -> dict[str, str]:
    """Fields by the usual names of columns; the rest become properties."""
    found = guess_mapping(INTERACTION_FIELDS, columns)
    left = [column for column in columns if column not in found.values()]
    return found | {PROPERTY + name: column for name, column in property_names(left).items()}


def try_source(source: Source, now: datetime) -> Tried:
    """The first rows and what they would become; nothing is written. Raises SourceProblem."""
    with answer(
        source.variable, source.query, watermark=source.watermark, seconds=TRY_SECONDS
    ) as told:
        mapping = _mapping(source, told.columns) or guessed(told.columns)
        rows = list(islice(told.rows, TRY_ROWS))
        columns = list(told.columns)
    read = _read(rows, columns, mapping, _reading(source, now))
    plans = iter(_plan([item for item in read if not item.is_refused], source, now, lock=False))
    shown = []
    for number, cells in enumerate(read, 1):
        plan = None if cells.is_refused else next(plans)
        state = State.REFUSED if plan is None or plan.is_refused else plan.state
        found = [*cells.problems, *(plan.problems if plan else [])]
        shown.append(TriedRow(number, cells.values, state, found))
    return Tried(columns, mapping, shown)


def take_source(source: Source, now: datetime, progress: Progress) -> Taken:
    """All rows, 1,000 in a transaction; the same rows again change nothing."""
    taken = Taken()
    with answer(
        source.variable, source.query, watermark=source.watermark, seconds=RUN_SECONDS
    ) as told:
        mapping = _mapping(source, told.columns)
        _watermark_place(source, told)
        labels = {n.removeprefix(PROPERTY): c for n, c in mapping.items() if n.startswith(PROPERTY)}
        declare_properties(labels, labels, now)
        for rows in _portions(told.rows):
            _take(rows, told.columns, mapping, source, now, taken)
            progress(taken.rows, 0, _("Reading"))
    return taken


def _take(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    mapping: Mapping[str, str],
    source: Source,
    now: datetime,
    taken: Taken,
) -> None:
    read = _read(rows, columns, mapping, _reading(source, now))
    with transaction.atomic():
        plans = iter(_plan([c for c in read if not c.is_refused], source, now, lock=True))
    for cells in read:
        plan = None if cells.is_refused else next(plans)
        state = State.REFUSED if plan is None or plan.is_refused else plan.state
        taken.rows += 1
        taken.counts[state.value] = taken.counts.get(state.value, 0) + 1
        for problem in [*cells.problems, *(plan.problems if plan else [])]:
            if len(taken.problems) < PROBLEMS:
                column = mapping.get(problem.field, problem.field)
                taken.problems.append({"row": taken.rows, "column": column,
                                       "value": problem.value[:120],
                                       "reason": problem.reason})  # fmt: skip
    if source.watermark_column:
        at = list(columns).index(source.watermark_column)
        for row in rows:
            taken.watermark = larger(taken.watermark, row[at])


@dataclass
class _ReadCells(Cells):
    draft: Any = None


def _read(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    mapping: Mapping[str, str],
    reading: InteractionReading,
) -> list[_ReadCells]:
    places = [(name, list(columns).index(column)) for name, column in mapping.items()]
    found = []
    for row in rows:
        cells = _ReadCells({name: text_of(row[at]) for name, at in places})
        cells.draft = read_interaction(cells, reading)
        found.append(cells)
    return found


def _plan(
    cells: Sequence[_ReadCells], source: Source, now: datetime, *, lock: bool
) -> list[InteractionPlan]:
    plans = plan_interactions(
        [each.draft for each in cells],
        Directory(SYSTEM),
        unknown_customers(),
        now=now,
        origin=source.name,
        lock=lock,
    )
    if lock:
        write_interactions(plans, actor=SYSTEM, now=now, imported=True)
    return plans.interactions


def _reading(source: Source, now: datetime) -> InteractionReading:
    zone = ZoneInfo(source.time_zone or settings.TIME_ZONE)
    return InteractionReading(zone, now, region=region_of(settings.TIME_ZONE))


def _mapping(source: Source, columns: Sequence[str]) -> dict[str, str]:
    missing = [column for column in source.mapping.values() if column not in columns]
    if missing:
        words = _("The query gives no column “%(column)s” any more. It gives: %(columns)s.")
        told = {"column": missing[0], "columns": ", ".join(columns)}
        raise SourceProblem(words % told)
    return dict(source.mapping)


def _watermark_place(source: Source, told: Answer) -> None:
    if source.watermark_column and source.watermark_column not in told.columns:
        words = _("The query does not give the column “%(column)s” that :since follows: select it.")
        raise SourceProblem(words % {"column": source.watermark_column})


def _portions(rows: Iterator[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    while portion := list(islice(rows, BATCH)):
        yield portion
