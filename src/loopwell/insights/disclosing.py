"""Which rows of an answer are about groups large enough, where the survey is anonymous?

What is shown must not tell what is hidden, neither by subtraction within an answer nor between two
of them: periods are whole months and differ by enough answers, a question is cut or narrowed by
one thing beside its time, and a cell is judged the same whether it is cut out or filtered.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from loopwell.access.models import Unit
from loopwell.access.rules import Scope
from loopwell.calc.disclosure import LEAST, block_edges, shown_cells, shown_places
from loopwell.insights.asking import NOTHING, Filters, Key, Question, Row
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.stretches import bucket_after, bucket_of
from loopwell.surveys.enums import ANONYMOUS
from loopwell.surveys.models import Survey

Read = Callable[[Question], list[Row]]
Series = Mapping[date, int]
_OPINIONS = {"answers": "", "ratings": "aspect", "mentions": "theme"}
"""Tables of what people said, and what must be chosen so that a count is one of people."""
_PLACED = frozenset({"start", "end", "unit_path", "kind", "survey"})


@dataclass(frozen=True)
class Counted:
    """Answers of a cell or place by month, and those of all surveys of the kind together."""

    own: Series
    of_kind: Series

    def within(self, start: date | None, end: date | None) -> int:
        return _sum(self.own, start, end)

    def is_safe(self, start: date | None, end: date | None) -> bool:
        """Whether neither another period nor the other surveys tell a small rest."""
        edges = block_edges([self.own[month] for month in sorted(self.own)])
        begin = _sum(self.own, None, start) if start else 0
        whole = _sum(self.own, None, end)
        others = _sum(self.of_kind, start, end) - self.within(start, end)
        return begin in edges and whole in edges and not 0 < others < LEAST


def is_of_people(question: Question) -> bool:
    """Whether it asks what was said in an anonymous survey; how many answered is no secret."""
    filters = question.filters
    if metric_by_slug(question.metric).table.name not in _OPINIONS:
        return False
    if filters.kind:
        return filters.kind in ANONYMOUS
    if not filters.survey:
        return False
    return Survey.objects.filter(ref=filters.survey, kind__in=ANONYMOUS).exists()


def in_whole_months(question: Question) -> Question:
    """As questions about anonymous surveys are answered: of the months that their days are in."""
    start, end = question.filters.start, question.filters.end
    if start:
        start = bucket_of(start, "month")
    if end and end.day > 1:
        end = bucket_after(bucket_of(end, "month"), "month")
    return replace(question, filters=replace(question.filters, start=start, end=end))


def large_enough(question: Question, scope: Scope, mine: Read, everybodys: Read) -> list[Row]:
    """The rows that the asker sees (`mine`) without those of too few answers and those by which
    they could be found; what is hidden is judged by `everybodys`."""
    question = in_whole_months(question)
    rows = mine(question)
    shown = _shown(question, rows, scope, mine, everybodys)
    if question.by or question.grain:
        return [row for row in rows if row.key in shown]
    return [row if row.key in shown else _nothing(row) for row in rows]


def _shown(
    question: Question, rows: Sequence[Row], scope: Scope, mine: Read, everybodys: Read
) -> frozenset[tuple[Key, ...]]:
    keys = len(question.by) + bool(question.grain)
    cut = {dimension for dimension in question.by if dimension != "unit"} | _narrowed(question)
    chosen = _OPINIONS[metric_by_slug(question.metric).table.name]
    if keys > 1 or len(cut) > 1 or (chosen and chosen not in cut):
        return frozenset()
    places = _places(question, everybodys)
    asked_about = _asked_about(question, scope)
    start, end = question.filters.start, question.filters.end
    if not _all_shown(places, asked_about, start, end):
        return frozenset()
    if cut:
        if question.grain or "unit" in question.by or _is_part(question, scope):
            return frozenset()
        return _values_shown(question, cut.pop(), rows, mine)
    if question.grain:
        return _buckets_shown(question, rows, places, asked_about)
    if question.by:
        paths = _paths()
        shown = _places_shown(places, start, end)
        return frozenset(row.key for row in rows if f"{_path(row.key, paths)}*" in shown)
    return frozenset({()})


def _narrowed(question: Question) -> set[str]:
    """The dimensions that filters other than place, time and survey choose from; a range of
    scores is no cell of any of them, and "score" beside it keeps it from being shown."""
    filters = question.filters
    found = {
        each.name
        for each in fields(Filters)
        if each.name not in (*_PLACED, "properties") and getattr(filters, each.name) != each.default
    }
    if "scores" in found:
        found |= {"score"}
    return found | {f"property:{name}" for name, _value in filters.properties}


def _is_part(question: Question, scope: Scope) -> bool:
    """Whether it is narrowed to a place within what the asker sees."""
    path = question.filters.unit_path
    return bool(path) and not (scope.paths and all(each.startswith(path) for each in scope.paths))


def _values_shown(
    question: Question, dimension: str, rows: Sequence[Row], mine: Read
) -> frozenset[tuple[Key, ...]]:
    """The values of a dimension, whether cut by it or narrowed to one of them."""
    start, end = question.filters.start, question.filters.end
    cells = _by_month(question, dimension, mine)
    counts = {value: each.within(start, end) for value, each in cells.items()}
    unsafe = {value for value, each in cells.items() if not each.is_safe(start, end)}
    shown = shown_cells(counts, unsafe=unsafe)
    if question.by:
        return frozenset(row.key for row in rows if row.key[0] in shown)
    return frozenset({()}) if _wanted(question.filters, dimension) in shown else frozenset()


def _wanted(filters: Filters, dimension: str) -> Key:
    """The value a filter chooses, as rows have it in their key."""
    if dimension.startswith("property:"):
        value: Key = dict(filters.properties)[dimension.removeprefix("property:")]
    else:
        value = getattr(filters, dimension)
    return None if value == NOTHING else value


def _buckets_shown(
    question: Question,
    rows: Sequence[Row],
    places: Mapping[str, Counted],
    asked_about: Iterable[str],
) -> frozenset[tuple[Key, ...]]:
    """Months, quarters and years that are periods of their own right; shorter ones never."""
    if question.grain not in ("month", "quarter", "year"):
        return frozenset()
    begin, until = question.filters.start, question.filters.end
    found = set()
    for row in rows:
        first = row.key[-1]
        if not isinstance(first, date):
            continue
        last = bucket_after(first, question.grain)
        start = max(first, begin) if begin else first
        end = min(last, until) if until else last
        if _all_shown(places, asked_about, start, end):
            found.add(row.key)
    return frozenset(found)


def _all_shown(
    places: Mapping[str, Counted], wanted: Iterable[str], start: date | None, end: date | None
) -> bool:
    shown = _places_shown(places, start, end)
    return all(place in shown for place in wanted)


def _places_shown(
    places: Mapping[str, Counted], start: date | None, end: date | None
) -> frozenset[str]:
    own = {
        place.removesuffix("*"): each.within(start, end)
        for place, each in places.items()
        if place.endswith("*")
    }
    unsafe = {place for place, each in places.items() if not each.is_safe(start, end)}
    return shown_places(own, unsafe=unsafe)


def _places(question: Question, everybodys: Read) -> dict[str, Counted]:
    """Of the whole company, by place with all below it; "/1/*" is what is of "/1/" itself."""
    paths = _paths()
    found: defaultdict[str, tuple[Counter[date], Counter[date]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    bare = replace(question, metric="answers", filters=_bare(question.filters))
    for key, each in _by_month(bare, "unit", everybodys).items():
        path = _path((key,), paths)
        for place in (f"{path}*", *_and_above(path)):
            own, of_kind = found[place]
            own.update(each.own)
            of_kind.update(each.of_kind)
    return {place: Counted(own, of_kind) for place, (own, of_kind) in found.items()}


def _by_month(question: Question, dimension: str, read: Read) -> dict[Key, Counted]:
    """By value of the dimension, over all time; of its own survey and of all of the kind."""
    metric = question.metric if metric_by_slug(question.metric).table.name != "answers" else ""
    filters = _bare(question.filters)
    own = _series(Question(metric or "answers", (dimension,), "month", filters), read)
    if not filters.survey:
        return {value: Counted(series, series) for value, series in own.items()}
    kind = Survey.objects.filter(ref=filters.survey).values_list("kind", flat=True).first() or ""
    of_kind = replace(filters, survey="", kind=kind)
    others = _series(Question(metric or "answers", (dimension,), "month", of_kind), read)
    return {value: Counted(series, others[value]) for value, series in own.items()}


def _series(question: Question, read: Read) -> dict[Key, Counter[date]]:
    found: defaultdict[Key, Counter[date]] = defaultdict(Counter)
    for row in read(question):
        month = row.key[-1]
        if isinstance(month, date):
            found[row.key[0]][month] += int(row.stats["n"])
    return found


def _bare(filters: Filters) -> Filters:
    return Filters(kind=filters.kind, survey=filters.survey)


def _sum(series: Series, start: date | None, end: date | None) -> int:
    return sum(
        n
        for month, n in series.items()
        if (start is None or month >= start) and (end is None or month < end)
    )


def _asked_about(question: Question, scope: Scope) -> tuple[str, ...]:
    """The places whose answers are asked for together."""
    path = question.filters.unit_path
    if scope.covers(path or None):
        return (path,)
    return tuple(each for each in scope.paths if each.startswith(path))


def _and_above(path: str) -> list[str]:
    parts = path.strip("/").split("/") if path else []
    return ["", *(f"/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts)))]


def _paths() -> dict[int, str]:
    return dict(Unit.objects.order_by().values_list("pk", "path"))


def _path(key: tuple[Key, ...], paths: Mapping[int, str]) -> str:
    return paths.get(key[0], "") if isinstance(key[0], int) else ""


def _nothing(row: Row) -> Row:
    return Row(row.key, 0, None, None, None, dict.fromkeys(row.stats, 0))
