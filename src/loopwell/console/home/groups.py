"""How do units, or the values of a property, compare with each other?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.compare import GroupResult, groups_against_rest
from loopwell.calc.multiple import holm
from loopwell.calc.nps import Counts
from loopwell.console.answers.choices import Choice, language_name, property_labels, unknown
from loopwell.console.answers.selection import NOTHING, Chosen, Selection
from loopwell.console.home.board import ENOUGH
from loopwell.insights.asking import Key, Question
from loopwell.insights.judging.clustering import design_effect, less_sure, widened_estimate
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask
from loopwell.surveys.enums import SurveyKind

LEVEL = 0.05
SHOWN, TRIED = 12, 6
_REST = "\0rest"


@dataclass(frozen=True)
class Group:
    """One line: its score against all others together.

    `meaning` is "above" or "below" where the difference is real after Holm's correction.
    `answers` and `inside` are what its number and its name lead to, as words of an address.
    """

    label: str
    result: GroupResult
    answers: str = ""
    inside: str = ""

    @property
    def n(self) -> int:
        return self.result.counts.n

    @property
    def meaning(self) -> str:
        found = self.result.difference
        if found is None or self.result.p is None or self.result.p >= LEVEL:
            return ""
        return "above" if found.value > 0 else "below"


@dataclass(frozen=True)
class Unit:
    ref: str
    name: str
    path: str


def by_unit(actor: Actor, selection: Selection, *, every: bool) -> list[Group]:
    """The units one level below the chosen one, or each unit by itself with `every`."""
    question = Question("nps", by=("unit",), filters=selection.for_numbers())
    rows = ask(question, actor)
    units = {
        pk: Unit(ref, name, path)
        for pk, ref, name, path in visible_units(actor).values_list("pk", "ref", "name", "path")
    }
    tops = [selection.path] if selection.path else _tops(units.values())
    by_path = {unit.path: unit for unit in units.values()}

    def place_of(key: tuple[Key, ...]) -> str:
        unit = units.get(key[0]) if isinstance(key[0], int) else None
        return "" if unit is None else unit.path if every else _below(unit.path, tops)

    counts: dict[str, Counts] = {}
    for row in rows:
        place = place_of(row.key)
        counts[place] = counts.get(place, Counts(0, 0, 0)) + counts_of(row.stats)

    def group(path: str, result: GroupResult) -> Group:
        unit = by_path.get(path)
        if unit is None:
            return Group(_("No unit of yours"), result)
        query = selection.query(unit=Chosen(unit.ref, unit.name, unit.path))
        return Group(unit.name, result, answers=query, inside=query)

    return _ranked(counts, design_effect(question, actor, place_of), group)


def top_units(actor: Actor) -> list[str]:
    """The names of the highest units somebody sees."""
    rows = visible_units(actor).values_list("ref", "name", "path")
    units = {path: Unit(ref, name, path) for ref, name, path in rows}
    return [units[path].name for path in _tops(units.values())]


def by_dimension(actor: Actor, selection: Selection, dimension: str) -> list[Group]:
    """One group per value, the largest by themselves and what is left together."""
    question = Question("nps", by=(dimension,), filters=selection.for_numbers())
    rows = ask(question, actor)
    if dimension != "weekday":
        rows = sorted(rows, key=lambda row: -row.n)
    shown = {str(row.key[0]): row for row in rows[:SHOWN]}
    counts = {name: counts_of(row.stats) for name, row in shown.items()}
    if rest := rows[SHOWN:]:
        counts[_REST] = sum((counts_of(row.stats) for row in rest), Counts(0, 0, 0))
    found = []
    for result in _heeding(groups_against_rest(counts, ENOUGH), design_effect(question, actor)):
        if result.value == _REST:
            found.append(Group(_others(len(rows) - SHOWN), result))
            continue
        key = shown[result.value].key[0]
        query = _query(selection, dimension, key)
        found.append(Group(_label(dimension, key), result, answers=query))
    return found if dimension == "weekday" else sorted(found, key=_place)


def _others(count: int) -> str:
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": count}


def dimensions(actor: Actor, selection: Selection, chosen: str) -> list[Choice]:
    """What answers can be cut by: declared properties first.

    Without a choice it is the first that forms groups one can judge: no numbers of receipts.
    """
    found = [(f"property:{name}", label) for name, label in property_labels().items()]
    found += [
        ("touchpoint", _("Touchpoint")),
        ("kind", _("Kind of survey")),
        ("language", _("Language")),
        ("weekday", _("Weekday")),
    ]
    names = [value for value, _name in found]
    if chosen not in names:
        telling = (n for n in names[:TRIED] if _forms_groups(actor, selection, n))
        chosen = next(telling, "weekday")
    return [Choice(value, label, value == chosen) for value, label in found]


def _forms_groups(actor: Actor, selection: Selection, dimension: str) -> bool:
    question = Question("answers", by=(dimension,), filters=selection.for_numbers())
    rows = ask(question, actor)
    return sum(row.n >= ENOUGH for row in rows if row.key[0] is not None) > 1


def _ranked(
    counts: dict[str, Counts], effect: float, group: Callable[[str, GroupResult], Group]
) -> list[Group]:
    """The best first; those too small to judge at the end."""
    found = _heeding(groups_against_rest(counts, ENOUGH), effect)
    return sorted((group(result.value, result) for result in found), key=_place)


def _heeding(found: list[GroupResult], effect: float) -> list[GroupResult]:
    """As sure as several answers of one account leave them, with Holm's p-values made anew."""
    if effect == 1.0:
        return found
    gaps = [each.difference and less_sure(each.difference, effect) for each in found]
    raw = [gap.p if gap and e.p is not None else None for gap, e in zip(gaps, found, strict=True)]
    return [
        replace(
            each,
            estimate=each.estimate and widened_estimate(each.estimate, "nps", effect),
            difference=gap,
            p=p,
        )
        for each, gap, p in zip(found, gaps, holm(raw), strict=True)
    ]


def _place(group: Group) -> tuple[bool, float, str]:
    value = group.result.estimate.value if group.result.estimate else 0.0
    return (group.result.too_small, -value, group.label)


def _tops(units: Iterable[Unit]) -> list[str]:
    """The highest units somebody sees: the company's root, or their own branches."""
    found: list[str] = []
    for unit in sorted(units, key=lambda unit: len(unit.path)):
        if not any(unit.path.startswith(top) for top in found):
            found.append(unit.path)
    return found


def _below(path: str, tops: Sequence[str]) -> str:
    """The unit one level under the top that holds `path`; several tops stand beside another."""
    top = next((top for top in tops if path.startswith(top)), "")
    if len(tops) > 1:
        return top
    rest = path.removeprefix(top).strip("/")
    return f"{top}{rest.split('/')[0]}/" if rest else top


def _label(dimension: str, key: Key) -> str:
    if key is None:
        return unknown()
    if dimension == "weekday" and isinstance(key, int):
        return str(WEEKDAYS[key])
    if dimension == "kind":
        return str(SurveyKind(str(key)).label)
    return language_name(str(key)) if dimension == "language" else str(key)


def _query(selection: Selection, dimension: str, key: Key) -> str:
    if dimension.startswith("property:"):
        name = dimension.removeprefix("property:")
        value = NOTHING if key is None else str(key)
        rest = [pair for pair in selection.properties if pair[0] != name]
        return selection.query(properties=tuple(sorted([*rest, (name, value)])))
    if dimension == "weekday":
        return selection.query(weekday=key)
    return selection.query(**{dimension: NOTHING if key is None else str(key)})
