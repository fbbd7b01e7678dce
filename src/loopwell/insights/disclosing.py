"""Which rows of an answer are about groups large enough, where the survey is anonymous?"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from loopwell.access.models import Unit
from loopwell.access.rules import Scope
from loopwell.calc.disclosure import LEAST, shown_cells, shown_places
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.warehouse.tables import ANSWERS
from loopwell.surveys.enums import ANONYMOUS
from loopwell.surveys.models import Survey

Read = Callable[[Question], list[Row]]


def is_of_people(question: Question) -> bool:
    """Whether it asks what was answered to an anonymous survey; how many answered is no secret."""
    filters = question.filters
    if metric_by_slug(question.metric).table is not ANSWERS:
        return False
    if filters.kind:
        return filters.kind in ANONYMOUS
    if not filters.survey:
        return False
    return Survey.objects.filter(ref=filters.survey, kind__in=ANONYMOUS).exists()


def large_enough(question: Question, scope: Scope, mine: Read, everybodys: Read) -> list[Row]:
    """The rows that the asker sees (`mine`) without those of too few answers and those by which
    they could be found from a total; what is hidden is judged by `everybodys`.

    Cut by more than one thing nothing is shown: rows and columns would tell each other's gaps.
    """
    rows = mine(question)
    keys = len(question.by) + bool(question.grain)
    shown = frozenset[str]()
    if keys <= 1 and _beside_others(question, everybodys):
        shown = shown_places(_by_path(question, everybodys))
    if not all(place in shown for place in _asked_about(question, scope)):
        rows_shown: frozenset[tuple[object, ...]] = frozenset()
    elif question.by == ("unit",):
        paths = _paths()
        rows_shown = frozenset(row.key for row in rows if f"{_path(row, paths)}*" in shown)
    else:
        rows_shown = shown_cells({row.key: _count(row) for row in rows})
    if keys:
        return [row for row in rows if row.key in rows_shown]
    return [row if row.key in rows_shown else _nothing(row) for row in rows]


def _asked_about(question: Question, scope: Scope) -> tuple[str, ...]:
    """The places whose answers are asked for together."""
    path = question.filters.unit_path
    if scope.covers(path or None):
        return (path,)
    return tuple(each for each in scope.paths if each.startswith(path))


def _beside_others(question: Question, everybodys: Read) -> bool:
    """Whether those that a language, touchpoint or property leaves out are enough themselves."""
    filters = question.filters
    bare = Filters(
        start=filters.start,
        end=filters.end,
        unit_path=filters.unit_path,
        kind=filters.kind,
        survey=filters.survey,
    )
    if bare == filters:
        return True
    whole, part = (everybodys(Question("answers", filters=each))[0] for each in (bare, filters))
    return _count(whole) == _count(part) or _count(whole) - _count(part) >= LEAST


def _by_path(question: Question, everybodys: Read) -> Mapping[str, int]:
    """Answers by the path of their unit, in the whole company."""
    paths = _paths()
    asked = Question("answers", ("unit",), "", replace(question.filters, unit_path=""))
    return {_path(row, paths): _count(row) for row in everybodys(asked)}


def _paths() -> dict[int, str]:
    return dict(Unit.objects.order_by().values_list("pk", "path"))


def _path(row: Row, paths: Mapping[int, str]) -> str:
    unit = row.key[0]
    return paths.get(unit, "") if isinstance(unit, int) else ""


def _count(row: Row) -> int:
    return int(row.stats["n"])


def _nothing(row: Row) -> Row:
    return Row(row.key, 0, None, None, None, dict.fromkeys(row.stats, 0))
