"""How do units, or other groups, really stand among each other?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.compare import GroupResult, groups_against_rest
from loopwell.calc.funnel import INNER, OUTER, Funnel, funnel
from loopwell.calc.ranking import Place, places
from loopwell.console import charts
from loopwell.console.answers.selection import Chosen, Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Key, Question, Row
from loopwell.insights.metrics import counts_of
from loopwell.insights.phrasing import labels, names_of_cuts
from loopwell.insights.questions import ask, row_of, sum_up
from loopwell.targets.queries.figures import by_unit, key_figures

LEVEL, NAMED, CURVE, FIGURES = 0.05, 14, 40, 3
BELOW, EVERY = "below", "every"
"""Units one level below the chosen one, and each unit by itself."""


@dataclass(frozen=True)
class Line:
    """One group: its possible places, score, how it differs from all others, its response rate
    and key figures. `url` leads to its answers."""

    key: str
    label: str
    place: Place
    against: GroupResult
    rate: Row | None
    figures: Sequence[tuple[str, float | None]]
    url: str

    @property
    def n(self) -> int:
        return self.place.estimate.n

    @property
    def meaning(self) -> str:
        found = self.against
        if found.p is None or found.p >= LEVEL or found.difference is None:
            return ""
        return "above" if found.difference.value > 0 else "below"

    @property
    def places(self) -> str:
        """ "3" or "2–7"; empty with too few answers to be ranked."""
        first, last = self.place.first, self.place.last
        if first is None:
            return ""
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Compared:
    lines: Sequence[Line]
    words: str
    picture: dict[str, Any] | None
    overdispersion: float
    figures: Sequence[Any]


def cuts() -> dict[str, str]:
    """What can be compared, by the word of the address."""
    known = names_of_cuts()
    others = {name: label for name, label in known.items() if name in ("touchpoint", "channel")}
    others |= {name: label for name, label in known.items() if name.startswith("property:")}
    return {BELOW: _("Units one level below"), EVERY: _("Each unit by itself"), **others}


def compared(actor: Actor, selection: Selection, by: str) -> Compared:
    """Groups with answers, the best place first."""
    units = by in (BELOW, EVERY)
    groups, names, urls = (
        _units(actor, selection, every=by == EVERY) if units else _values(actor, selection, by)
    )
    counts = {key: counts_of(row.stats) for key, row in groups.items()}
    rates = _rates(actor, selection, by, list(groups))
    figures = list(key_figures(actor)[:FIGURES]) if units else []
    known = [(figure, _figure(actor, figure, selection)) for figure in figures]
    against = {result.value: result for result in groups_against_rest(counts)}
    lines = [
        Line(
            place.name,
            names[place.name],
            place,
            against[place.name],
            rates.get(place.name),
            [(figure.name, values.get(place.name)) for figure, values in known],
            urls[place.name],
        )
        for place in places(counts)
    ]
    drawn = funnel({name: c for name, c in counts.items() if c.n})
    picture = _picture(drawn, names, urls) if drawn else None
    return Compared(lines, _words(lines), picture, drawn.overdispersion if drawn else 1.0, figures)


Groups = tuple[dict[str, Row], dict[str, str], dict[str, str]]
"""Rows, names and addresses of answers by the group's key."""


def _units(actor: Actor, selection: Selection, *, every: bool, metric: str = "nps") -> Groups:
    """By the path of the unit; answers of units further down belong to the one above them."""
    known = {
        pk: Chosen(ref, name, path)
        for pk, ref, name, path in visible_units(actor).values_list("pk", "ref", "name", "path")
    }
    by_path = {unit.path: unit for unit in known.values()}
    parts: dict[str, list[Row]] = {}
    for row in ask(Question(metric, ("unit",), "", selection.for_numbers()), actor):
        unit = known.get(row.key[0]) if isinstance(row.key[0], int) else None
        if unit is None:
            continue
        place = unit.path if every else _below(unit.path, selection.path, by_path)
        if place in by_path:
            parts.setdefault(place, []).append(row)
    rows = {path: row_of(metric, (), sum_up(found)) for path, found in parts.items()}
    return (
        rows,
        {path: by_path[path].name for path in rows},
        {path: f"/answers/?{selection.query(unit=by_path[path])}" for path in rows},
    )


def _below(path: str, top: str, known: Mapping[str, Chosen]) -> str:
    """The unit one level below `top`, or below the highest units that one sees."""
    if not top:
        tops = [each for each in known if path.startswith(each)]
        top = min(tops, key=len) if tops else ""
        if known and len([each for each in known if each.count("/") == top.count("/")]) > 1:
            return top
    rest = path.removeprefix(top).strip("/").split("/")[0]
    return f"{top}{rest}/" if rest else path


def _values(actor: Actor, selection: Selection, by: str) -> Groups:
    rows = ask(Question("nps", (by,), "", selection.for_numbers()), actor)
    found = labels((by,), "", rows, actor)
    keys = {str(row.key[0]): row for row in rows if row.key[0] is not None}
    return (
        keys,
        {key: found[row.key][0] for key, row in keys.items()},
        {key: _address(selection, by, row.key[0]) for key, row in keys.items()},
    )


def _address(selection: Selection, by: str, value: Key) -> str:
    if by == "touchpoint":
        return f"/answers/?{selection.query(touchpoint=str(value))}"
    if by.startswith("property:"):
        kept = [(n, v) for n, v in selection.properties if n != by.removeprefix("property:")]
        kept.append((by.removeprefix("property:"), str(value)))
        return f"/answers/?{selection.query(properties=tuple(kept))}"
    return f"/answers/?{selection.query()}&{by}={value}"


def _rates(actor: Actor, selection: Selection, by: str, keys: Sequence[str]) -> dict[str, Row]:
    """Response rates where those who were asked are known by the same cut."""
    if by in (BELOW, EVERY):
        return _units(actor, selection, every=by == EVERY, metric="response_rate")[0]
    if by == "channel":  # by which a message went, not where the customer was served
        return {}
    rows = ask(Question("response_rate", (by,), "", selection.for_numbers()), actor)
    return {str(row.key[0]): row for row in rows if str(row.key[0]) in keys}


def _figure(actor: Actor, figure: Any, selection: Selection) -> dict[str, float]:
    paths = dict(visible_units(actor).values_list("pk", "path"))
    found = by_unit(actor, figure, selection.start, selection.end)
    return {paths[each.unit_id]: each.value for each in found if each.unit_id in paths}


def _words(lines: Sequence[Line]) -> str:
    ranked = [line for line in lines if line.place.first is not None]
    if len(ranked) < 2:
        return _("Too few groups have enough answers to be compared.")
    above = sum(line.meaning == "above" for line in ranked)
    below = sum(line.meaning == "below" for line in ranked)
    if not above and not below:
        return _("No group is really different from the others: what you see may be chance.")
    told = ngettext(
        "Of %(count)s group with enough answers %(above)s is really better than the others and "
        "%(below)s really worse.",
        "Of %(count)s groups with enough answers %(above)s are really better than the others and "
        "%(below)s really worse.",
        len(ranked),
    )
    return told % {"count": len(ranked), "above": above, "below": below}


def _picture(drawn: Funnel, names: Mapping[str, str], urls: Mapping[str, str]) -> dict[str, Any]:
    most = max(point.counts.n for point in drawn.points)
    least = min(point.counts.n for point in drawn.points)
    sizes = [max(least, 1) * (most / max(least, 1)) ** (i / CURVE) for i in range(CURVE + 1)]
    limits = [
        charts.Limit([(n, drawn.limits(n, level)[side]) for n in sizes], level == OUTER)
        for level in (INNER, OUTER)
        for side in (0, 1)
    ]
    dots = [
        charts.Dot(
            point.counts.n,
            point.value,
            names[point.name],
            f"{names[point.name]}\n{numbers.signed(point.value)} · "
            f"{numbers.answers(point.counts.n)}",
            url=urls[point.name],
            meaning=_meaning(point.outside, point.z),
            named=point.outside > 0 or len(drawn.points) <= NAMED,
            few=point.counts.n < 30,
        )
        for point in drawn.points
    ]
    return charts.dots(
        dots,
        text=_("Each group by its answers and score, with the limits of chance."),
        x_label=_("Answers"),
        y_label=_("Score"),
        limits=limits,
        across=(drawn.centre, _("together %(score)s") % {"score": numbers.signed(drawn.centre)}),
    )


def _meaning(outside: int, z: float) -> str:
    if not outside:
        return ""
    return "above" if z > 0 else "below"
