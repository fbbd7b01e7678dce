"""What does the page of priorities say: the order in words, what is missing, what fits?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.console.initiatives import words
from loopwell.initiatives.queries.priorities import Priorities
from loopwell.initiatives.rules.candidates import By, Range
from loopwell.initiatives.rules.ranking import Ranked
from loopwell.initiatives.rules.scenario import Aim


@dataclass(frozen=True)
class Line:
    """One place of the order, in words."""

    initiative: Any
    place: int
    shared: bool
    between: str
    gain: str
    ratio: str
    cost: str
    people: str
    agreed: bool
    fits: bool


@dataclass(frozen=True)
class Fitting:
    """What fits the budget together, and why the others do not."""

    budget: str
    chosen: Sequence[Any]
    cost: str
    gain: str
    uncounted: Sequence[Any]
    left_out: Sequence[tuple[Any, str]]


def by_words(by: By) -> str:
    return {
        By.NPS_PER_COST: _("NPS for the money"),
        By.MONEY_PER_COST: _("Profit for the money"),
        By.NPS_PER_EFFORT: _("NPS for the people"),
    }[by]


def finding(found: Priorities) -> str:
    """Who leads, in one sentence; that nobody does is one, too."""
    rows = found.ranking.ranked
    if not rows:
        return _("None of them can be ranked so: what is needed for it is not known yet.")
    first = [each for each in rows if each.place == 1]
    names = ", ".join(f"“{found.rows[each.candidate.id].title}”" for each in first[:3])
    if len(first) == 1:
        return _("%(name)s surely gives most for what it takes.") % {"name": names}
    if len(first) <= 3:
        return _(
            "%(names)s give most for what they take; which of them comes first cannot be told."
        ) % {"names": names}
    return ngettext(
        "%(names)s and %(count)s more lead; which of them comes first cannot be told.",
        "%(names)s and %(count)s more lead; which of them comes first cannot be told.",
        len(first) - 3,
    ) % {"names": names, "count": len(first) - 3}


def lines(found: Priorities) -> list[Line]:
    places = [each.place for each in found.ranking.ranked]
    fits = {each.id for each in found.scenario.chosen} if found.scenario else set()
    return [_line(found, each, places, fits) for each in found.ranking.ranked]


def _line(found: Priorities, each: Ranked, places: Sequence[int], fits: set[int]) -> Line:
    row, known, currency = found.rows[each.candidate.id], each.candidate, found.asked.currency
    by_money = found.ranking.by is By.MONEY_PER_COST
    return Line(
        initiative=row,
        place=each.place,
        shared=places.count(each.place) > 1,
        between=f"{each.best}" if each.best == each.worst else f"{each.best}–{each.worst}",
        gain=words.gain(known.money, currency) if by_money else words.effect(known.nps),
        ratio=_ratio(each.ratio.value * _scale(found)),
        cost=words.unknown() if row.cost is None else words.money(row.cost, currency),
        people=words.unknown() if row.people is None else number_format(row.people.normalize()),
        agreed=row.agreed_at is not None,
        fits=known.id in fits,
    )


def _scale(found: Priorities) -> float:
    """Effects are told for a round sum near what these projects cost, not for one unit of money."""
    costs = [each.candidate.cost for each in found.ranking.ranked if each.candidate.cost]
    if found.ranking.by is not By.NPS_PER_COST or not costs:
        return 1.0
    return float(10 ** round(math.log10(sum(costs) / len(costs))))


def unit_words(found: Priorities) -> str:
    """What the column of ratios is measured in."""
    currency = found.asked.currency
    if found.ranking.by is By.NPS_PER_EFFORT:
        return _("Points for one person")
    if found.ranking.by is By.MONEY_PER_COST:
        return _("A year for 1 %(currency)s") % {"currency": currency}
    return _("Points for %(amount)s") % {"amount": words.money(_scale(found), currency)}


def _ratio(value: float) -> str:
    """Two digits that count."""
    places = 2 if abs(value) < 1 else 1 if abs(value) < 10 else 0
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True).replace(
        "-", "\N{MINUS SIGN}"
    )


def unranked(found: Priorities) -> list[tuple[Any, str]]:
    """Those without a place, and what would have to be known."""
    return [
        (found.rows[each.candidate.id], words.missing(each.missing))
        for each in found.ranking.unranked
    ]


def _rounded(gain: Range | None) -> Range | None:
    """The range of a sum is drawn: only three of its digits count."""
    if gain is None:
        return None
    low, high = (float(f"{each:.3g}") for each in (gain.low, gain.high))
    return Range(gain.value, low, high)


def fitting(found: Priorities) -> Fitting | None:
    made = found.scenario
    if made is None:
        return None
    currency = found.asked.currency
    gain = _rounded(made.gain)
    told = words.effect(gain) if made.aim is Aim.NPS else words.gain(gain, currency)
    return Fitting(
        budget=words.money(made.budget, currency),
        chosen=[found.rows[each.id] for each in made.chosen],
        cost=words.money(made.cost, currency),
        gain=told,
        uncounted=[found.rows[each.id] for each in made.uncounted],
        left_out=[(found.rows[each.id], words.why_not(why)) for each, why in made.left_out],
    )
