"""How do units, or other groups, really stand among each other?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.rules import Actor
from loopwell.calc.multiple import holm
from loopwell.calc.nps import Difference, Estimate
from loopwell.calc.ranking import Place, places, places_by_intervals
from loopwell.console.answers.selection import Selection
from loopwell.console.dashboards import saying
from loopwell.console.ranking import groups as grouping
from loopwell.console.ranking.drawing import funnel_of, picture
from loopwell.console.ranking.groups import BELOW, EVERY
from loopwell.console.targets.words import distance_words, signed
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Row
from loopwell.insights.differing import apart, can_be_judged, is_better
from loopwell.insights.judging.clustering import design_effect, less_sure, widened
from loopwell.insights.metrics import METRICS, Metric, counts_of
from loopwell.insights.questions import row_of, sum_up
from loopwell.targets.queries.figures import key_figures

LEVEL, FIGURES, NAMED = 0.05, 3, 3
NOTABLE = 1.05
"""Design effect or over-dispersion from which the page says that it allows for it."""


@dataclass(frozen=True)
class Line:
    """One group: its possible places, its number in words, how it differs from all others, its
    response rate and key figures. `url` leads to its answers."""

    key: str
    label: str
    place: Place
    row: Row
    metric: Metric
    difference: Difference | None
    p: float | None
    rate: Row | None
    figures: Sequence[tuple[str, float | None]]
    url: str

    @property
    def n(self) -> int:
        return self.row.n

    @property
    def value(self) -> str:
        return saying.value(self.metric, self.row.value)

    @property
    def margin(self) -> str:
        return saying.margin(self.metric, self.row)

    @property
    def gap(self) -> tuple[str, str, str] | None:
        """The difference and its ends; None where there are too few to tell."""
        if self.difference is None or self.p is None:
            return None
        found = self.difference
        if self.metric.unit == "points":
            return (
                numbers.signed(found.value),
                numbers.signed(found.low),
                numbers.signed(found.high),
            )
        return distance_words(self.metric.slug, found.value), signed(found.low), signed(found.high)

    @property
    def meaning(self) -> str:
        """Above is what is better."""
        if self.p is None or self.p >= LEVEL or self.difference is None:
            return ""
        return "above" if is_better(self.metric, self.difference) else "below"

    @property
    def places(self) -> str:
        """ "3" or "2–7"; empty with too few answers to be ranked."""
        first, last = self.place.first, self.place.last
        if first is None:
            return ""
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Compared:
    """`notes` say what the limits and places allow for."""

    metric: Metric
    lines: Sequence[Line]
    words: str
    picture: dict[str, Any] | None
    notes: Sequence[str]
    figures: Sequence[Any]


def compared(actor: Actor, selection: Selection, by: str, metric: str = "nps") -> Compared:
    """Groups with a value, the best place first."""
    groups = grouping.grouped(actor, selection, by, metric)
    known = {key: row for key, row in groups.rows.items() if row.value is not None}
    found = METRICS[metric]
    design = design_effect(groups.question, actor, groups.of)
    rates = {} if metric == "response_rate" else grouping.rates(actor, selection, by, list(known))
    figures = list(key_figures(actor)[:FIGURES]) if by in (BELOW, EVERY) else []
    values = [(each, grouping.figure(actor, each, selection)) for each in figures]
    values = [(each, told) for each, told in values if known.keys() & told.keys()]
    against = _against_rest(metric, known, design)
    lines = [
        Line(
            place.name,
            groups.names[place.name],
            place,
            widened(known[place.name], metric, design),
            found,
            *against[place.name],
            rates.get(place.name),
            [(each.name, told.get(place.name)) for each, told in values],
            groups.urls[place.name],
        )
        for place in _places(found, known, design)
    ]
    drawn = funnel_of(found, known, design)
    return Compared(
        found,
        lines,
        _words(lines),
        picture(drawn, groups) if drawn else None,
        _notes(drawn.overdispersion if drawn else 1.0, design),
        [each for each, _told in values],
    )


def _places(metric: Metric, rows: Mapping[str, Row], design: float) -> list[Place]:
    if metric.test == "score" and design == 1.0:
        return places({key: counts_of(row.stats) for key, row in rows.items()})
    wide = {key: widened(row, metric.slug, design) for key, row in rows.items()}
    estimates = {
        key: Estimate(row.value, row.low, row.high, row.n)
        for key, row in wide.items()
        if row.value is not None and row.low is not None and row.high is not None
    }
    return places_by_intervals(
        estimates, minimum=metric.minimum, higher_is_better=metric.higher_is_better
    )


def _against_rest(
    metric: str, rows: Mapping[str, Row], design: float
) -> dict[str, tuple[Difference | None, float | None]]:
    """Each group less all others together, with Holm's p-value where both have enough."""
    whole = sum_up(rows.values())
    gaps: dict[str, Difference | None] = {}
    raw: list[float | None] = []
    for key, row in rows.items():
        stats = {name: value - row.stats.get(name, 0) for name, value in whole.items()}
        rest = row_of(metric, (), stats) if stats["n"] > 0 else None
        gap = apart(metric, row, rest) if rest else None
        gaps[key] = less_sure(gap, design) if gap else None
        judged = gaps[key] if can_be_judged(metric, row, rest) else None
        raw.append(judged.p if judged else None)
    return {key: (gaps[key], p) for key, p in zip(gaps, holm(raw), strict=True)}


def _notes(overdispersion: float, design: float) -> list[str]:
    found = []
    if design > NOTABLE:
        found.append(
            _(
                "Several people of one account answer alike: lines, margins and places allow for "
                "that."
            )
        )
    if overdispersion > NOTABLE:
        found.append(
            _(
                "The groups differ more than answers drawn at random would; the lines allow for "
                "that."
            )
        )
    return found


def _words(lines: Sequence[Line]) -> str:
    ranked = [line for line in lines if line.place.first is not None]
    if len(ranked) < 2:
        return _("Too few groups have enough answers to be compared.")
    above = [line.label for line in ranked if line.meaning == "above"]
    below = [line.label for line in reversed(ranked) if line.meaning == "below"]
    if not above and not below:
        return _("No group is really different from the others: what you see may be chance.")
    told = [
        words % {"groups": _named(groups)}
        for words, groups in (
            (_("Really better than the others: %(groups)s."), above),
            (_("Really worse: %(groups)s."), below),
        )
        if groups
    ]
    left = len(ranked) - len(above) - len(below)
    if left:
        told.append(
            ngettext(
                "%(count)s other with enough answers could differ by chance.",
                "%(count)s others with enough answers could differ by chance.",
                left,
            )
            % {"count": numbers.grouped(left)}
        )
    return " ".join(told)


def _named(groups: Sequence[str]) -> str:
    """By name as many as can be read in one breath, the furthest first; the table has all."""
    shown = ", ".join(groups[:NAMED])
    left = len(groups) - NAMED
    if left <= 0:
        return shown
    return _("%(groups)s and %(count)s more") % {"groups": shown, "count": numbers.grouped(left)}
