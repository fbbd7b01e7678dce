"""What did an initiative change, as far as other units tell what would have happened?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loopwell.calc.effects import (
    LEAST_ANSWERS,
    NO_OTHERS,
    Cell,
    Effect,
    TooFew,
    effect,
    interrupted,
)
from loopwell.calc.event_time import Moment, by_event_time
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.outcomes import Looked, Outcome, looked_at
from loopwell.themes.models import Theme

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
    """Nothing before it began anywhere."""
    looked = looked_at(initiative, today)
    return judged(looked) if looked else []


def judged(looked: Looked) -> list[Measured]:
    if not looked.since:
        return []
    return [_judged(each, looked.since, looked.compared) for each in looked.outcomes]


def moments(looked: Looked, found: Sequence[Measured]) -> tuple[Measured, list[Moment]] | None:
    """By months since it began: of the problem, where a month has answers enough to show it; else
    of what most answers tell of. None where nothing could be compared."""
    if not found:
        return None
    told = [
        (one, outcome) for one, outcome in zip(found, looked.outcomes, strict=True)
        if one.found is not None and one.found.is_compared
    ]  # fmt: skip
    for one, outcome in sorted(told, key=_telling, reverse=True):
        drawn = by_event_time(outcome.cells, looked.since, looked.compared)
        if drawn:
            return one, drawn
    return None


def _telling(each: tuple[Measured, Outcome]) -> tuple[bool, int]:
    one, effect_found = each[0], each[0].found
    if effect_found is None:
        return False, 0
    many = effect_found.answers >= LEAST_ANSWERS * effect_found.months
    return one.theme is not None and many, effect_found.answers


def _judged(outcome: Outcome, since: Mapping[int, int], compared: frozenset[int]) -> Measured:
    theme, voice, expected = outcome.theme, outcome.voice, outcome.expected
    try:
        found = _effect(outcome.cells, since, compared)
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
