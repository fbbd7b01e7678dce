"""By which numbers is an initiative judged, in which units, since when?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loopwell.access.rules import SYSTEM
from loopwell.calc.effects import Cell, score_cell, share_cell
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.parts import spread_of
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.pains import CALL, COMMENT, base_question
from loopwell.insights.questions import ask
from loopwell.themes.models import Theme

BEFORE = timedelta(days=550)
"""How far back from the first roll-out, or from today, answers are looked at."""


@dataclass(frozen=True)
class Outcome:
    """The score (no theme), or the share of answers naming a theme, by voice; `cells` by unit and
    number of the month. `expected` is what was hoped for."""

    theme: Theme | None
    voice: str
    expected: float | None
    cells: Mapping[tuple[int, int], Cell]


@dataclass(frozen=True)
class Looked:
    """`since` is the first whole month of each unit that has begun, `planned` of all that have or
    will; `compared` have not begun, now or ever."""

    since: Mapping[int, int]
    planned: Mapping[int, int]
    compared: frozenset[int]
    outcomes: Sequence[Outcome]
    month: int
    """That of today."""

    @property
    def never(self) -> frozenset[int]:
        return self.compared - self.planned.keys()


def looked_at(initiative: Initiative, today: date) -> Looked | None:
    """NPS first, then each problem by comments and by calls. Over all units it concerns, whoever
    looks: single units cannot be told from it. Nothing where no day is known on which it begins."""
    spread = spread_of(initiative)
    if not spread.since:
        return None
    begun = {unit: day for unit, day in spread.since.items() if day <= today}
    start = min([*begun.values(), today]) - BEFORE
    filters = Filters(start=start, end=today + timedelta(days=1))
    planned = {unit: whole_month(day) for unit, day in spread.since.items()}
    compared = spread.compared | (spread.since.keys() - begun.keys())
    units = {*begun, *compared}

    def kept(cells: Mapping[tuple[int, int], Cell]) -> dict[tuple[int, int], Cell]:
        return {
            key: cell for key, cell in cells.items()
            if key[0] in units and not _is_between(key, begun, planned)
        }  # fmt: skip

    outcomes = [Outcome(None, "", initiative.nps, kept(_scores(filters)))]
    for theme in initiative.themes.all():
        outcomes += [
            Outcome(theme, voice, initiative.share, kept(_shares(filters, theme, voice)))
            for voice in (COMMENT, CALL)
        ]
    since = {unit: planned[unit] for unit in begun}
    return Looked(since, planned, compared, outcomes, number_of(today))


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
            found.append(((unit, number_of(month)), told))
    return found


def number_of(day: date) -> int:
    return 12 * day.year + day.month


def first_of(month: int) -> date:
    """Back from the number."""
    return date((month - 1) // 12, (month - 1) % 12 + 1, 1)


def whole_month(day: date) -> int:
    """The first month that is wholly after the day."""
    return number_of(day) if day.day == 1 else number_of(day) + 1


def _is_between(key: tuple[int, int], begun: Mapping[int, date], months: Mapping[int, int]) -> bool:
    """The month in which a unit changed is neither before nor after."""
    unit, month = key
    return unit in begun and number_of(begun[unit]) <= month < months[unit]
