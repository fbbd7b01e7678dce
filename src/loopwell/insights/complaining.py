"""How many of those who have a problem complain of it, and of which hardly anybody?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loopwell.access.rules import Actor
from loopwell.calc.quiet import Reported, hardly_complained
from loopwell.insights.asking import Filters
from loopwell.insights.extrapolating import of_all_customers
from loopwell.insights.pains import AREA, Pain
from loopwell.themes.queries.reporting import complaints_by_theme
from loopwell.themes.queries.taxonomy import where


@dataclass(frozen=True)
class Complained:
    """Complaints in the time beside how many customers have the problem; `is_quiet` where hardly
    anybody complains, None where there is nothing to compare with."""

    reported: Reported
    is_quiet: bool | None


def complained(
    filters: Filters, voice: str, actor: Actor, pains: Sequence[Pain], by: str
) -> Mapping[str, Complained]:
    """By slug of the problems (or areas) of which complaints are told; empty where the filters are
    others than time and unit, since complaints are not told by them."""
    if filters != Filters(start=filters.start, end=filters.end, unit_path=filters.unit_path):
        return {}
    told = complaints_by_theme(actor, filters.start, filters.end, filters.unit_path)
    if not told:
        return {}
    if by == AREA:
        told = _by_area(told)
    have = of_all_customers(filters, voice, actor, pains, by)
    known = {
        slug: Reported(told[slug], have[slug].customers)
        for slug in (each.theme.slug for each in pains) if slug in told and slug in have
    }  # fmt: skip
    return {
        slug: Complained(
            one, hardly_complained(one, [each for other, each in known.items() if other != slug])
        )
        for slug, one in known.items()
    }


def _by_area(told: Mapping[str, int]) -> dict[str, int]:
    tops = {slug: place.top for slug, place in where().items()}
    found: dict[str, int] = {}
    for slug, count in told.items():
        found[tops[slug]] = found.get(tops[slug], 0) + count
    return found
