"""By when will it be known whether an initiative reaches what is expected of it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from loopwell.calc.effects import TooFew, overdispersion, quiet_cells
from loopwell.calc.power import Group, Outlook, outlook
from loopwell.initiatives.queries.outcomes import Looked, Outcome, first_of
from loopwell.themes.models import Theme

LATELY = 6
"""Whole months whose answers say how many will come."""


@dataclass(frozen=True)
class Foreseen:
    """Of one outcome; nothing `found` where its units get too few answers. `known` is the first day
    of the month whose answers suffice, `monthly` how many come in a month where it begins."""

    theme: Theme | None
    expected: float
    monthly: float
    found: Outlook | None
    known: date | None


def foreseen(looked: Looked) -> list[Foreseen]:
    """NPS, and each problem by the voice that will tell first; only what is expected."""
    best: dict[str, Foreseen] = {}
    for outcome in looked.outcomes:
        if outcome.expected:
            each = _foreseen(looked, outcome, outcome.expected)
            name = outcome.theme.slug if outcome.theme else ""
            if name not in best or _sooner(each, best[name]):
                best[name] = each
    return list(best.values())


def _sooner(one: Foreseen, other: Foreseen) -> bool:
    def rank(each: Foreseen) -> tuple[bool, date, float]:
        seen = each.found.seen if each.found else float("inf")
        return each.found is None, each.known or date.max, seen

    return rank(one) < rank(other)


def _foreseen(looked: Looked, outcome: Outcome, expected: float) -> Foreseen:
    groups = _groups(looked, outcome)
    monthly = sum(group.monthly for group in groups if group.since is not None)
    quiet = quiet_cells(outcome.cells, looked.planned, set(looked.never))
    n = sum(cell.n for cell in quiet.values())
    if not n:
        return Foreseen(outcome.theme, expected, monthly, None, None)
    variance = sum(cell.n * cell.variance for cell in quiet.values()) / n
    phi, _freedom = overdispersion(quiet)
    try:
        found = outlook(groups, expected, variance, phi)
    except TooFew:
        return Foreseen(outcome.theme, expected, monthly, None, None)
    known = first_of(found.month) if found.month is not None else None
    return Foreseen(outcome.theme, expected, monthly, found, known)


def _groups(looked: Looked, outcome: Outcome) -> Sequence[Group]:
    first = min(looked.planned.values())
    cohorts: dict[int | None, set[int]] = {None: set(looked.never)}
    for unit, month in looked.planned.items():
        cohorts.setdefault(month, set()).add(unit)
    return [_group(looked, outcome, units, since, first) for since, units in cohorts.items()]


def _group(
    looked: Looked, outcome: Outcome, units: Iterable[int], since: int | None, first: int
) -> Group:
    """Answers that will have come before the first roll-out, where it lies ahead, count as well."""
    wanted = set(units)
    mine = {key: cell.n for key, cell in outcome.cells.items() if key[0] in wanted}
    lately = range(looked.month - LATELY, looked.month)
    monthly = sum(n for (_unit, month), n in mine.items() if month in lately) / LATELY
    before = sum(n for (_unit, month), n in mine.items() if month < min(first, looked.month))
    return Group(monthly, before + monthly * max(first - looked.month, 0), since)
