"""How does each row of an answer stand against something else, and is that more than chance?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference
from loopwell.insights.asking import Against, Comparison, Filters, Key, Question, Row
from loopwell.insights.differing import adjusted, apart, apart_from_whole, can_be_judged
from loopwell.insights.questions import ask, row_of
from loopwell.insights.stretches import (
    bucket_a_year_before,
    bucket_before,
    earlier,
    year_before,
)

__all__ = ["Compared", "NoReference", "Reference", "compare", "earlier", "register_reference"]

Keyed = Mapping[tuple[Key, ...], Row]
Reference = Callable[[Question, Comparison, Sequence[Row], Actor], Keyed]
"""From a question and its rows to what each is held against, by the row's key. A row without a
count (n = 0, low and high equal to the value) is a fixed number such as a target."""
LEVEL = 0.05
_references: dict[Against, Reference] = {}


class NoReference(LookupError):
    """The comparison belongs to an app that is not there."""


@dataclass(frozen=True)
class Compared:
    """A row and what it is held against.

    `difference` is the row less the other, in the metric's unit; None where either has no value,
    or the metric is a count of all. `p_adjusted` is `difference.p` made stricter by the number of
    rows (Holm up to 20, Benjamini–Hochberg above), None where either has too few to judge.
    """

    row: Row
    other: Row | None
    difference: Difference | None
    p_adjusted: float | None

    @property
    def is_real(self) -> bool:
        return self.p_adjusted is not None and self.p_adjusted < LEVEL


def register_reference(against: Against, function: Reference) -> None:
    """Lets an app above (targets, benchmarks) say what rows are held against."""
    _references[against] = function


def compare(question: Question, comparison: Comparison, actor: Actor) -> list[Compared]:
    """One for each row of the question, in its order; raises NoReference."""
    rows = ask(question, actor)
    if comparison.against is Against.COMPANY:
        return _judged(question, _against_whole(question, rows, actor))
    others = _others(question, comparison, rows, actor)
    return _judged(question, ((row, *_apart(question, row, others.get(row.key))) for row in rows))


def _judged(
    question: Question, found: Iterable[tuple[Row, Row | None, Difference | None]]
) -> list[Compared]:
    lines = list(found)
    p_values = [
        gap.p if gap and can_be_judged(question.metric, row, other) else None
        for row, other, gap in lines
    ]
    return [
        Compared(row, other, gap, p)
        for (row, other, gap), p in zip(lines, adjusted(p_values), strict=True)
    ]


def _apart(question: Question, row: Row, other: Row | None) -> tuple[Row | None, Difference | None]:
    return other, apart(question.metric, row, other) if other else None


def _others(question: Question, comparison: Comparison, rows: Sequence[Row], actor: Actor) -> Keyed:
    if comparison.against is Against.PREVIOUS:
        return _before(question, actor, earlier, bucket_before)
    if comparison.against is Against.YEAR_BEFORE:
        return _before(question, actor, year_before, bucket_a_year_before)
    if comparison.against is Against.SEGMENT:
        return _segment(question, comparison.filters, rows, actor)
    if comparison.against not in _references:
        raise NoReference(comparison.against)
    return _references[comparison.against](question, comparison, rows, actor)


def _before(
    question: Question,
    actor: Actor,
    stretch: Callable[[Filters], Filters | None],
    bucket: Callable[..., date],
) -> Keyed:
    """By the keys of today: of buckets the one before, or the same of the year before."""
    if not question.grain:
        filters = stretch(question.filters)
        if filters is None:
            return {}
        return {row.key: row for row in ask(replace(question, filters=filters), actor)}
    start = question.filters.start
    first = bucket(start, question.grain) if start else None
    wider = replace(question, filters=replace(question.filters, start=first))
    known = {row.key: row for row in ask(wider, actor)}
    found: dict[tuple[Key, ...], Row] = {}
    for key in known:
        day = key[-1]
        if isinstance(day, date):
            other = known.get((*key[:-1], bucket(day, question.grain)))
            found |= {key: other} if other else {}
    return found


def _segment(question: Question, filters: Filters, rows: Sequence[Row], actor: Actor) -> Keyed:
    """The same cut of other answers; days that it does not say are those of the question."""
    own = question.filters
    there = replace(filters, start=filters.start or own.start, end=filters.end or own.end)
    return {row.key: row for row in ask(replace(question, filters=there), actor)}


def _against_whole(
    question: Question, rows: Sequence[Row], actor: Actor
) -> Iterable[tuple[Row, Row | None, Difference | None]]:
    """Each row, the whole that it is a part of, and how far it is above the whole."""
    filters = replace(question.filters, unit_path="", employee=None, account=None)
    wholes = {row.key: row for row in ask(replace(question, by=(), filters=filters), actor)}
    if not question.by and filters == question.filters:
        return ((row, wholes.get(row.key), None) for row in rows)
    return (_line(question, row, wholes.get(_moment(question, row))) for row in rows)


def _moment(question: Question, row: Row) -> tuple[Key, ...]:
    return row.key[-1:] if question.grain else ()


def _line(
    question: Question, row: Row, whole: Row | None
) -> tuple[Row, Row | None, Difference | None]:
    if whole is None:
        return row, None, None
    rest = {name: whole.stats.get(name, 0) - value for name, value in row.stats.items()}
    if not rest or min(rest.values()) < 0 or rest["n"] <= 0:
        return row, whole, None
    others = row_of(question.metric, (), rest)
    return row, whole, apart_from_whole(question.metric, row, whole, others)
