"""Which target is each row of an answer held against?"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.insights.asking import Comparison, Key, Question, Row
from loopwell.targets.models import Target
from loopwell.targets.queries.aims import company_unit, nearest_targets, visible_targets
from loopwell.targets.queries.past import aimed_at_end

NARROWED = ("kind", "channel", "touchpoint")


def targets_of_rows(
    question: Question, _comparison: Comparison, rows: Sequence[Row], actor: Actor
) -> dict[tuple[Key, ...], Row]:
    """By the row's key, as a fixed number: the target of its unit, or of the nearest above it, for
    the same kind of survey, channel and touchpoint, in the shortest stretch that holds the last
    day of the question or the first of the row's month, as it was when its stretch ended. Rows
    without one are left out."""
    wanted = visible_targets(actor).filter(metric=question.metric)
    known = list(wanted.order_by("start", "pk"))
    units = _units(question, rows) if known else {}
    company = company_unit() if known else None
    found: dict[tuple[Key, ...], Target] = {}
    for row in rows if known else []:
        unit = units.get(_unit_key(question, row))
        alike = _in_time(_alike(known, question, row), _day(question, row))
        target = nearest_targets(alike, [unit], company).get(unit.pk) if unit else None
        if target is not None:
            found[row.key] = target
    aimed = aimed_at_end(set(found.values()))
    return {
        key: Row(key, 0, aim, aim, aim)
        for key, target in found.items()
        for aim in [aimed[target.pk].value]
    }


def _alike(known: Iterable[Target], question: Question, row: Row) -> list[Target]:
    said = {name: getattr(question.filters, name) for name in NARROWED}
    for dimension, key in zip(question.by, row.key, strict=False):
        if dimension in NARROWED:
            said[dimension] = "" if key is None else str(key)
    return [each for each in known if all(getattr(each, name) == said[name] for name in NARROWED)]


def _in_time(targets: Iterable[Target], day: date | None) -> list[Target]:
    """Of one stretch: the shortest that holds the day, the newest where there is no day."""
    holding = [t for t in targets if day is None or t.start <= day < t.end]
    if not holding:
        return []
    best = max(holding, key=lambda t: (-(t.end - t.start).days if day else 0, t.start))
    return [each for each in holding if (each.start, each.end) == (best.start, best.end)]


def _day(question: Question, row: Row) -> date | None:
    first = row.key[-1] if question.grain else None
    if isinstance(first, date):
        return first
    end = question.filters.end
    return end - timedelta(days=1) if end else None


def _unit_key(question: Question, row: Row) -> Key:
    return row.key[question.by.index("unit")] if "unit" in question.by else None


def _units(question: Question, rows: Sequence[Row]) -> dict[Key, Unit]:
    """By key; under None the unit that the question is narrowed to, else the company."""
    if "unit" in question.by:
        keys = [key for row in rows if isinstance(key := _unit_key(question, row), int)]
        return {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)}
    path = question.filters.unit_path
    unit = Unit.objects.filter(path=path).first() if path else company_unit()
    return {None: unit} if unit else {}
