"""Does a key figure go together with the score, over units and over months?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.calc.association import Association, association
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.questions import ask, row_of, sum_up
from loopwell.targets.models import KeyFigure
from loopwell.targets.queries.figures import values_of

METRIC = "nps"
EVERYTHING = Filters()


@dataclass(frozen=True)
class UnitBeside:
    """A unit's mean of the figure and its score, in the months that the figure has there."""

    unit: Unit
    value: float
    months: int
    row: Row | None


@dataclass(frozen=True)
class MonthBeside:
    """The mean of the figure over its units in a month, and the score of the same units."""

    month: date
    value: float
    units: int
    row: Row | None


@dataclass(frozen=True)
class Beside:
    """Both ways to look; an association is None with fewer than eight pairs to judge by.

    Pairs whose score has too few answers are shown but take no part: noise hides what there is.
    """

    units: Sequence[UnitBeside]
    months: Sequence[MonthBeside]
    over_units: Association | None
    over_months: Association | None


def beside(
    actor: Actor,
    figure: KeyFigure,
    start: date | None = None,
    end: date | None = None,
    filters: Filters = EVERYTHING,
) -> Beside:
    """Of the actor's units; `filters` narrow the answers, days excepted."""
    values = list(values_of(actor, figure, start, end))
    rows = _rows(actor, filters, [v.unit.path for v in values], start, end)
    by_unit: dict[int, list[float]] = {}
    by_month: dict[date, list[float]] = {}
    unit_rows: dict[int, list[Row]] = {}
    month_rows: dict[date, list[Row]] = {}
    units = {value.unit_id: value.unit for value in values}
    for value in values:
        by_unit.setdefault(value.unit_id, []).append(value.value)
        by_month.setdefault(value.month, []).append(value.value)
        found = rows.get((value.unit.path, value.month), [])
        unit_rows.setdefault(value.unit_id, []).extend(found)
        month_rows.setdefault(value.month, []).extend(found)
    of_units = [
        UnitBeside(units[pk], _mean(told), len(told), _summed(unit_rows[pk]))
        for pk, told in sorted(by_unit.items(), key=lambda item: units[item[0]].name.casefold())
    ]
    of_months = [
        MonthBeside(month, _mean(told), len(told), _summed(month_rows[month]))
        for month, told in sorted(by_month.items())
    ]
    return Beside(of_units, of_months, _together(of_units), _together(of_months))


def takes_part(row: Row | None) -> bool:
    return row is not None and row.value is not None and row.n >= metric_by_slug(METRIC).minimum


def _together(lines: Sequence[UnitBeside] | Sequence[MonthBeside]) -> Association | None:
    return association(
        [
            (line.value, line.row.value)
            for line in lines
            if takes_part(line.row) and line.row is not None and line.row.value is not None
        ]
    )


def _rows(
    actor: Actor, filters: Filters, paths: Sequence[str], start: date | None, end: date | None
) -> Mapping[tuple[str, date], list[Row]]:
    """By each of the paths and the month: the score of all below it, in parts."""
    known = set(paths)
    places = dict(Unit.objects.order_by().values_list("pk", "path"))
    narrowed = Filters(
        start=start, end=end, kind=filters.kind, survey=filters.survey,
        touchpoint=filters.touchpoint, channel=filters.channel,
    )  # fmt: skip
    found: dict[tuple[str, date], list[Row]] = {}
    for row in ask(Question(METRIC, ("unit",), "month", narrowed), actor):
        unit, month = row.key
        path = places.get(unit, "") if isinstance(unit, int) else ""
        if not isinstance(month, date):
            continue
        for place in _and_above(path):
            if place in known:
                found.setdefault((place, month), []).append(row)
    return found


def _and_above(path: str) -> list[str]:
    parts = path.strip("/").split("/") if path else []
    return [f"/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts))]


def _summed(rows: Sequence[Row]) -> Row | None:
    return row_of(METRIC, (), sum_up(rows)) if rows else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
