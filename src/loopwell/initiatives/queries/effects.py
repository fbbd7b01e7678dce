"""What did an initiative change, as far as other units tell what would have happened?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from loopwell.access.rules import SYSTEM
from loopwell.calc.effects import (
    NO_OTHERS,
    Cell,
    Effect,
    TooFew,
    effect,
    interrupted,
    score_cell,
    share_cell,
)
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.parts import spread_of
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.pains import CALL, COMMENT, base_question
from loopwell.insights.questions import ask
from loopwell.themes.models import Theme

BEFORE = timedelta(days=550)
"""How far back from the first roll-out answers are looked at."""
LEVEL = 0.05


class Verdict(StrEnum):
    WORKED = "worked"
    HARMED = "harmed"
    NOT_AS_HOPED = "not_as_hoped"
    TOO_EARLY = "too_early"
    NOTHING_SEEN = "nothing_seen"


@dataclass(frozen=True)
class Measured:
    """One outcome: the score (no theme), or the share of answers naming a theme, by voice.

    `expected` is what was hoped for. Either `found` with its verdict, or the `reason` why nothing
    can be said (one of calc.effects.REASONS).
    """

    theme: Theme | None
    voice: str
    expected: float | None
    found: Effect | None
    verdict: Verdict | None
    reason: str


def measured(initiative: Initiative, today: date) -> list[Measured]:
    """NPS first, then each problem by comments and by calls. Over all units it concerns, whoever
    looks: single units cannot be told from it. Nothing before it began anywhere."""
    spread = spread_of(initiative)
    since = {unit: day for unit, day in spread.since.items() if day <= today}
    if not since:
        return []
    filters = Filters(start=min(since.values()) - BEFORE, end=today + timedelta(days=1))
    units = {*since, *spread.compared}
    months = {unit: _whole_month(day) for unit, day in since.items()}
    outcomes: list[tuple[Theme | None, str, Mapping[tuple[int, int], Cell]]]
    outcomes = [(None, "", _scores(filters))]
    for each in initiative.themes.all():
        outcomes += [(each, voice, _shares(filters, each, voice)) for voice in (COMMENT, CALL)]
    found = []
    for theme, voice, cells in outcomes:
        kept = {
            key: cell for key, cell in cells.items()
            if key[0] in units and not _is_between(key, since, months)
        }  # fmt: skip
        expected = initiative.share if theme else initiative.nps
        found.append(_judged(theme, voice, expected, kept, months, spread.compared))
    return found


def _judged(
    theme: Theme | None, voice: str, expected: float | None, cells: Mapping[tuple[int, int], Cell],
    since: Mapping[int, int], compared: frozenset[int],
) -> Measured:  # fmt: skip
    try:
        found = _effect(cells, since, compared)
    except TooFew as error:
        return Measured(theme, voice, expected, None, None, str(error.args[0]))
    better = -1 if theme else 1
    return Measured(theme, voice, expected, found, _verdict(found, expected, better), "")


def _effect(
    cells: Mapping[tuple[int, int], Cell], since: Mapping[int, int], compared: frozenset[int]
) -> Effect:
    """Against other units where there are any, else against the units' own line."""
    try:
        return effect(cells, since, compared)
    except TooFew as error:
        if error.args[0] != NO_OTHERS:
            raise
    return interrupted(cells, since)


def _verdict(found: Effect, expected: float | None, better: int) -> Verdict:
    """`better` is −1 where less is better."""
    if found.p < LEVEL:
        return Verdict.WORKED if found.value * better > 0 else Verdict.HARMED
    if expected is None:
        return Verdict.NOTHING_SEEN
    if not found.low <= expected <= found.high:
        return Verdict.NOT_AS_HOPED
    return Verdict.TOO_EARLY if found.detectable > abs(expected) else Verdict.NOTHING_SEEN


def _scores(filters: Filters) -> dict[tuple[int, int], Cell]:
    rows = ask(Question("passives", ("unit",), "month", filters=filters), SYSTEM)
    return {key: score_cell(*map(round, told)) for key, told in _keyed(rows)}


def _shares(filters: Filters, theme: Theme, voice: str) -> dict[tuple[int, int], Cell]:
    could = replace(base_question(filters, voice, ("unit",)), grain="month")
    said = replace(filters, voice=voice, theme=theme.slug)
    named = {key: sum(told) for key, told in _keyed(
        ask(Question("naming", ("unit",), "month", filters=said), SYSTEM))}  # fmt: skip
    base = {key: sum(told) for key, told in _keyed(ask(could, SYSTEM))}
    return {
        key: share_cell(round(min(named.get(key, 0), n)), round(n)) for key, n in base.items() if n
    }


def _keyed(rows: Sequence[Row]) -> list[tuple[tuple[int, int], tuple[float, float, float]]]:
    """By unit and number of the month: detractors, passives, promoters."""
    found = []
    for row in rows:
        unit, month = row.key
        if isinstance(unit, int) and isinstance(month, date):
            told = (row.stats["detractors"], row.stats["passives"], row.stats["promoters"])
            found.append(((unit, _number(month)), told))
    return found


def _number(day: date) -> int:
    return 12 * day.year + day.month


def _whole_month(day: date) -> int:
    """The first month that is wholly after the day."""
    return _number(day) if day.day == 1 else _number(day) + 1


def _is_between(key: tuple[int, int], since: Mapping[int, date], months: Mapping[int, int]) -> bool:
    """The month in which a unit changed is neither before nor after."""
    unit, month = key
    return unit in since and _number(since[unit]) <= month < months[unit]
