"""How many customers of the whole base have a problem, by the weights of the surveys?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.calc.shares import Weighed, of_parts, weighed_share
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import weighted_of
from loopwell.insights.pains import CALL, Pain, base_question
from loopwell.insights.populations import customers_by_unit
from loopwell.insights.questions import ask
from loopwell.sampling.queries import answers_are_weighted


@dataclass(frozen=True)
class Extrapolated:
    """In customers: the share of those asked, of all customers there are. `is_weighted` says that
    the answers weighed differently."""

    customers: Estimate
    population: int
    is_weighted: bool = False


def can_be_extrapolated(filters: Filters) -> bool:
    """Customers are counted by unit only: a touchpoint's or a segment's share is not theirs."""
    plain = Filters(start=filters.start, end=filters.end, unit_path=filters.unit_path,
                    kind=filters.kind, survey=filters.survey)  # fmt: skip
    return filters == plain


def of_all_customers(
    filters: Filters, voice: str, actor: Actor, pains: Sequence[Pain], by: str
) -> Mapping[str, Extrapolated]:
    """Of a whole map, by slug; without another look at the answers where none are weighted."""
    if not can_be_extrapolated(filters):
        return {}
    if answers_are_weighted():
        return extrapolated(filters, voice, actor, by=by)
    population = sum(customers_by_unit(actor, filters.unit_path).values())
    return {each.theme.slug: _scaled(each.of_all, population, weighted=False) for each in pains}


def extrapolated(
    filters: Filters, voice: str, actor: Actor, slugs: Collection[str] = (), *, by: str = "theme"
) -> Mapping[str, Extrapolated]:
    """By slug of a theme, or of an area where cut by `area`; of one alone also what is under it.

    Assumes that those who could name it are like all customers of the units, each counted by the
    weight of the survey. Calls count by category: as many of each to have it as of those called,
    none of a category of which nobody was called.
    """
    if not can_be_extrapolated(filters):
        return {}
    population = sum(customers_by_unit(actor, filters.unit_path).values())
    asked_row = ask(_weighed(base_question(filters, voice, ())), actor)[0]
    base, n = _cells(asked_row), asked_row.n
    everybody = base
    if voice == CALL:
        everybody = _cells(ask(Question("nps_weighted", filters=filters), actor)[0])
    told = replace(filters, voice=voice)
    if len(slugs) == 1:
        (slug,) = slugs
        rows = ask(Question("naming_weighted", filters=replace(told, theme=slug)), actor)
        named = {slug: rows[0]}
    else:
        asked = ask(Question("naming_weighted", (by,), filters=told), actor)
        named = {str(row.key[0]): row for row in asked}
    shares = {
        slug: share for slug, row in named.items()
        if (share := _share(voice, _cells(row), base, everybody, n)) is not None
    }  # fmt: skip
    weighted = not _together(base).is_even(n)
    return {slug: _scaled(share, population, weighted=weighted) for slug, share in shares.items()}


def _weighed(question: Question) -> Question:
    """The same answers, with what they weigh."""
    asked = {"naming": "naming_weighted", "passives": "nps_weighted"}
    return replace(question, metric=asked[question.metric])


def _share(
    voice: str, named: list[Weighed], base: list[Weighed], everybody: list[Weighed], n: int
) -> Estimate | None:
    told = _together(base)
    if told.w <= 0:
        return None
    if voice != CALL:
        return weighed_share(_together(named), told, n)
    whole = _together(everybody).w
    parts = [
        (all_.w / whole, weighed_share(part, asked, n))
        for part, asked, all_ in zip(named, base, everybody, strict=True)
        if asked.w > 0 and whole
    ]
    return of_parts(parts, n)


def _cells(row: Row) -> list[Weighed]:
    """Of detractors, passives and promoters."""
    told = weighted_of(row.stats)
    cells = ((told.wd, told.wwd), (told.w - told.wp - told.wd, told.ww - told.wwp - told.wwd),
             (told.wp, told.wwp))  # fmt: skip
    return [Weighed(max(w, 0.0), max(ww, 0.0)) for w, ww in cells]


def _together(cells: list[Weighed]) -> Weighed:
    return Weighed(sum(each.w for each in cells), sum(each.ww for each in cells))


def _scaled(share: Estimate, population: int, *, weighted: bool) -> Extrapolated:
    ends = (population * each / 100 for each in (share.value, share.low, share.high))
    value, low, high = ends
    return Extrapolated(Estimate(value, low, high, share.n), population, weighted)
