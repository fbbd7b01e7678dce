"""How is each moment of a journey judged, and each partner that delivers some of them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import Selection
from loopwell.insights.asking import Filters
from loopwell.insights.questions import Question, Row, ask, row_of, sum_up
from loopwell.sampling.queries.measured import touchpoints_asked


@dataclass(frozen=True)
class Judged:
    """One moment with its score; `measured` says that a running programme asks there."""

    moment: Any
    row: Row
    measured: bool
    answers: str


@dataclass(frozen=True)
class ByPartner:
    """All moments of one partner (None: ours) together; `shared` are touchpoints of others too,
    whose answers cannot be told apart."""

    partner: Any
    moments: Sequence[Judged]
    row: Row
    shared: tuple[str, ...]


def judged(moments: Sequence[Any], actor: Actor, selection: Selection) -> list[Judged]:
    """In order; one question to the warehouse, however many moments."""
    rows: dict[object, Row] = {}
    if moments and actor.may(Right.READ_ANSWERS):
        filters = Filters(start=selection.start, end=selection.end)
        question = Question("nps", by=("touchpoint",), filters=filters)
        rows = {row.key[0]: row for row in ask(question, actor)}
    asked = touchpoints_asked()
    return [
        Judged(
            moment,
            rows.get(moment.touchpoint, Row((moment.touchpoint,), 0, None, None, None)),
            moment.touchpoint in asked,
            selection.query(touchpoint=moment.touchpoint),
        )
        for moment in moments
    ]


def by_partner(moments: Sequence[Judged]) -> list[ByPartner]:
    """Each partner's touchpoints summed up, once each; empty where one delivers everything."""
    groups: dict[object, list[Judged]] = {}
    for each in moments:
        groups.setdefault(each.moment.partner_id, []).append(each)
    if len(groups) < 2:
        return []
    deliver: dict[str, set[object]] = {}
    for each in moments:
        deliver.setdefault(each.moment.touchpoint, set()).add(each.moment.partner_id)
    found = []
    for group in groups.values():
        once = {each.moment.touchpoint: each.row for each in group}
        counted = [row for row in once.values() if row.n]
        row = row_of("nps", (), sum_up(counted)) if counted else Row((), 0, None, None, None)
        shared = tuple(sorted(name for name in once if len(deliver[name]) > 1))
        found.append(ByPartner(group[0].moment.partner, group, row, shared))
    return found
