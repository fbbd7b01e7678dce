"""Which cells of a table of units by channels are really above or below the company?

Every cell is held against all other answers, and the p-values are made stricter by the number of
cells (Holm up to 20, Benjamini-Hochberg above): only what remains is coloured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference, Estimate
from loopwell.console.answers.choices import unknown
from loopwell.console.answers.selection import NOTHING, Chosen, Selection
from loopwell.console.targets import words
from loopwell.insights.asking import Key, Question, Row
from loopwell.insights.differing import adjusted, apart_from_whole, can_be_judged
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import said_value
from loopwell.insights.questions import ask, ask_one, row_of, sum_up

MOST_ROWS, MOST_COLUMNS, LEVEL = 40, 10, 0.05
STRONGER = (10, 20)
"""Distances from the company from which a cell is coloured more strongly."""


@dataclass(frozen=True)
class Cell:
    """One number of a unit in a channel; `p` is None where it has too few to be judged."""

    row: Row
    gap: Difference | None
    p: float | None
    url: str
    value: str
    estimate: Estimate | None
    few: bool
    metric: str
    higher_is_better: bool

    @property
    def is_real(self) -> bool:
        return self.p is not None and self.p < LEVEL

    @property
    def tone(self) -> str:
        """Stronger by distance, "good-1" to "bad-3"; "" where nothing is real."""
        if not self.is_real or self.gap is None:
            return ""
        side = "good" if (self.gap.value > 0) == self.higher_is_better else "bad"
        return f"{side}-{1 + sum(abs(self.gap.value) >= step for step in STRONGER)}"

    @property
    def distance(self) -> str:
        return words.measured_words(self.metric, self.gap.value if self.gap else None)


@dataclass(frozen=True)
class Line:
    label: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True)
class Grid:
    """`left_out` answers are those of rows and columns that do not fit."""

    metric: str
    whole: Row
    columns: Sequence[str]
    lines: Sequence[Line]
    left_out: int

    @property
    def real(self) -> list[tuple[str, str, Cell]]:
        """The real differences with their places, the widest first."""
        found = [
            (line.label, column, cell)
            for line in self.lines
            for column, cell in zip(self.columns, line.cells, strict=True)
            if cell is not None and cell.is_real
        ]
        return sorted(found, key=lambda each: -abs(each[2].gap.value if each[2].gap else 0))

    @property
    def judged(self) -> int:
        cells = [cell for line in self.lines for cell in line.cells if cell is not None]
        return sum(cell.p is not None for cell in cells)


@dataclass(frozen=True)
class _Place:
    key: Key
    label: str
    selection: Selection


def grid(actor: Actor, selection: Selection, metric: str, across: str, down: str) -> Grid:
    filters = selection.for_numbers()
    whole = ask_one(Question(metric, filters=replace(filters, unit_path="")), actor)
    rows = ask(Question(metric, (down, across), "", filters), actor)
    place = _units(actor, selection) if down == "unit" else _properties(selection, down)
    sums: dict[tuple[Key, Key], list[Row]] = {}
    places: dict[Key, _Place] = {}
    for row in rows:
        if not row.n:
            continue
        found = place(row.key[0])
        places[found.key] = found
        sums.setdefault((found.key, row.key[1]), []).append(row)
    cells = {key: row_of(metric, key, sum_up(parts)) for key, parts in sums.items()}
    lines = _largest(cells, 0, MOST_ROWS)
    columns = _largest(cells, 1, MOST_COLUMNS)
    shown = {key: row for key, row in cells.items() if key[0] in lines and key[1] in columns}
    labels = {each: _column(actor, across, each) for each in columns}
    judged = _judged(metric, shown, whole)
    made = {
        key: _cell(metric, row, *judged[key], _url(places[key[0]].selection, across, key[1]))
        for key, row in shown.items()
    }
    ordered = sorted(lines, key=lambda key: places[key].label.casefold())
    return Grid(
        metric,
        whole,
        [labels[column] for column in columns],
        [Line(places[key].label, [made.get((key, c)) for c in columns]) for key in ordered],
        sum(row.n for row in cells.values()) - sum(row.n for row in shown.values()),
    )


def _largest(cells: Mapping[tuple[Key, Key], Row], part: int, most: int) -> list[Key]:
    counts: dict[Key, int] = {}
    for key, row in cells.items():
        counts[key[part]] = counts.get(key[part], 0) + row.n
    return sorted(counts, key=lambda key: (-counts[key], str(key)))[:most]


def _judged(
    metric: str, cells: Mapping[tuple[Key, Key], Row], whole: Row
) -> dict[tuple[Key, Key], tuple[Difference | None, float | None]]:
    gaps = {key: _gap(metric, row, whole) for key, row in cells.items()}
    raw = [
        gap.p if gap and can_be_judged(metric, cells[key], whole) else None
        for key, gap in gaps.items()
    ]
    return {key: (gap, p) for (key, gap), p in zip(gaps.items(), adjusted(raw), strict=True)}


def _gap(metric: str, row: Row, whole: Row) -> Difference | None:
    """The cell less the company, judged against all other answers."""
    rest = {name: whole.stats.get(name, 0) - value for name, value in row.stats.items()}
    if not rest or min(rest.values()) < 0 or rest["n"] <= 0:
        return None
    return apart_from_whole(metric, row, whole, row_of(metric, (), rest))


def _cell(metric: str, row: Row, gap: Difference | None, p: float | None, url: str) -> Cell:
    found = METRICS[metric]
    return Cell(
        row,
        gap,
        p,
        url,
        words.measured_words(metric, row.value),
        words.estimate_of(row),
        row.n < found.minimum,
        metric,
        found.higher_is_better,
    )


def _units(actor: Actor, selection: Selection) -> Any:
    """From a unit's id to the unit one level below the one chosen."""
    units = {pk: (ref, name, path) for pk, ref, name, path in
             visible_units(actor).values_list("pk", "ref", "name", "path")}  # fmt: skip
    by_path = {path: Chosen(ref, name, path) for ref, name, path in units.values()}
    top = selection.path or _common(list(by_path))

    def place(key: Key) -> _Place:
        path = units[key][2] if isinstance(key, int) and key in units else ""
        rest = path.removeprefix(top).strip("/").split("/")[0] if path.startswith(top) else ""
        unit = by_path.get(f"{top}{rest}/" if rest else path)
        if unit is None:
            return _Place(None, _("No unit of yours"), selection)
        return _Place(unit.path, unit.name, replace(selection, unit=unit))

    return place


def _common(paths: Sequence[str]) -> str:
    """The path that all begin with: the top, or a manager's own unit."""
    shortest = min(paths, key=len, default="")
    return shortest if all(path.startswith(shortest) for path in paths) else ""


def _properties(selection: Selection, down: str) -> Any:
    name = down.removeprefix("property:")

    def place(key: Key) -> _Place:
        value = NOTHING if key is None else str(key)
        rest = [pair for pair in selection.properties if pair[0] != name]
        there = replace(selection, properties=tuple(sorted([*rest, (name, value)])))
        return _Place(key, unknown() if key is None else str(key), there)

    return place


def _column(actor: Actor, across: str, key: Key) -> str:
    return unknown() if key is None else said_value(across, str(key))


def _url(selection: Selection, across: str, key: Key) -> str:
    value = NOTHING if key is None else str(key)
    if across == "touchpoint":
        query = selection.query(touchpoint=value)
    else:
        query = selection.query(further=replace(selection.further, **{across: value}))  # type: ignore[arg-type]  # a field of Narrowed
    return f"{reverse('answers:list')}?{query}"


def finding(found: Grid) -> str:
    """How many differ really, and which one the most."""
    if not found.lines:
        return ""
    real = found.real
    if not found.judged:
        return _("No cell has enough answers to be judged.")
    if not real:
        return _("No difference from the company is more than chance.")
    unit, column, cell = real[0]
    told = ngettext(
        "%(count)s cell of %(all)s is really different from the company.",
        "%(count)s cells of %(all)s are really different from the company.",
        len(real),
    ) % {"count": len(real), "all": found.judged}
    widest = _("The widest: %(unit)s, %(column)s, %(gap)s.") % {
        "unit": unit,
        "column": column,
        "gap": cell.distance,
    }
    return f"{told} {widest}"
