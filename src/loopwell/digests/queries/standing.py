"""How does somebody's part of the company do, now and in the period before?

A `Readings` answers many people at once: the numbers of all units are read once and added up
for each, and people with the same part of the company share one answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import SYSTEM, Actor, Scope
from loopwell.calc.nps import Difference, Estimate, difference, interval
from loopwell.digests.queries.causes import CauseLine, causes
from loopwell.digests.rules import DAYS, ENOUGH
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.judging.clustering import (
    design_effect,
    less_sure,
    note,
    widened_estimate,
)
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask, ask_one, row_of, sum_up
from loopwell.responses.models import Response
from loopwell.responses.queries import AnswerFilter, Tally, newest_comments, tally
from loopwell.targets.queries import Standing as Aim
from loopwell.targets.queries import running_aim, standings

COMMENTS = 3


@dataclass(frozen=True)
class Standing:
    """The score with its count and margin, and the change; None where that cannot be said.

    `note` says what the margin allows for, if anything.
    """

    score: Estimate | None
    change: Difference | None
    note: str = ""


class Readings:
    """Numbers as of `today`, each read once."""

    def __init__(self, today: date) -> None:
        self.end = today + timedelta(days=1)
        self.start = self.end - timedelta(days=DAYS)
        self._standings: dict[Scope, Standing] = {}
        self._aims: dict[Scope, Aim | None] = {}
        self._news: dict[tuple[Scope, date, date], Tally] = {}
        self._comments: dict[tuple[Scope, date, date], Sequence[Response]] = {}
        self._causes: dict[Scope, list[CauseLine]] = {}

    def standing(self, actor: Actor) -> Standing | None:
        if not actor.may(Right.READ_ANSWERS):
            return None
        scope = actor.within(Right.READ_ANSWERS)
        if scope not in self._standings:
            now, before = self._scores(actor, scope)
            effect = design_effect(Question("nps", filters=self._periods[0]), actor)
            self._standings[scope] = _judged(now, before, effect)
        return self._standings[scope]

    def aim(self, actor: Actor) -> Aim | None:
        """The target of exactly what somebody sees, where it can be judged already."""
        if not actor.may(Right.READ_ANSWERS):
            return None
        scope = actor.within(Right.READ_ANSWERS)
        if scope not in self._aims:
            self._aims[scope] = self._aimed(actor, scope)
        return self._aims[scope]

    def _aimed(self, actor: Actor, scope: Scope) -> Aim | None:
        if not scope.everything and (len(scope.paths) != 1 or scope.owner_id is not None):
            return None
        path = "" if scope.everything else scope.paths[0]
        target = running_aim(actor, path, self.end - timedelta(days=1))
        return standings(actor, [target], self.end - timedelta(days=1))[0] if target else None

    def news(self, actor: Actor, start: date, end: date) -> Tally:
        """What was answered on these days; empty for who may not read answers."""
        if not actor.may(Right.READ_ANSWERS):
            return Tally(0, 0, 0)
        key = (actor.within(Right.READ_ANSWERS), start, end)
        if key not in self._news:
            self._news[key] = tally(actor, AnswerFilter(start=start, end=end))
        return self._news[key]

    def comments(self, actor: Actor, start: date, end: date) -> Sequence[Response]:
        if not actor.may(Right.READ_ANSWERS):
            return []
        key = (actor.within(Right.READ_ANSWERS), start, end)
        if key not in self._comments:
            wanted = AnswerFilter(start=start, end=end)
            self._comments[key] = newest_comments(actor, wanted, COMMENTS)
        return self._comments[key]

    def causes(self, actor: Actor) -> list[CauseLine]:
        if not actor.may(Right.READ_ANSWERS):
            return []
        scope = actor.within(Right.READ_ANSWERS)
        if scope not in self._causes:
            self._causes[scope] = causes(actor, start=self.start, end=self.end)
        return self._causes[scope]

    def _scores(self, actor: Actor, scope: Scope) -> tuple[Row, Row]:
        if scope.owner_id is not None:  # accounts: asked for by themselves
            now, before = (Question("nps", filters=each) for each in self._periods)
            return ask_one(now, actor), ask_one(before, actor)
        now_rows, before_rows = self._by_unit
        return self._added(now_rows, scope), self._added(before_rows, scope)

    @cached_property
    def _periods(self) -> tuple[Filters, Filters]:
        earlier = self.start - timedelta(days=DAYS)
        return Filters(start=self.start, end=self.end), Filters(start=earlier, end=self.start)

    @cached_property
    def _by_unit(self) -> tuple[list[Row], list[Row]]:
        now, before = (ask(Question("nps", ("unit",), "", f), SYSTEM) for f in self._periods)
        return now, before

    @cached_property
    def _paths(self) -> dict[int, str]:
        return dict(Unit.objects.values_list("pk", "path"))

    def _added(self, rows: list[Row], scope: Scope) -> Row:
        mine = [row for row in rows if scope.covers(self._path(row))]
        stats = sum_up(mine) or {"n": 0, "promoters": 0, "detractors": 0}
        return row_of("nps", (), stats)

    def _path(self, row: Row) -> str | None:
        return self._paths.get(row.key[0]) if isinstance(row.key[0], int) else None


def _judged(now: Row, before: Row, effect: float) -> Standing:
    counts = counts_of(now.stats)
    if not counts.n:
        return Standing(None, None)
    compared = None
    if min(now.n, before.n) >= ENOUGH:
        compared = less_sure(difference(counts, counts_of(before.stats)), effect)
    score = widened_estimate(interval(counts), "nps", effect)
    return Standing(score, compared, note(effect))
