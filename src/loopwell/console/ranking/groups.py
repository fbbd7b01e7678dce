"""Which groups are compared: their number, their name and where their answers are?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import Chosen, Selection
from loopwell.insights.asking import Key, Question, Row
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import labels, names_of_cuts
from loopwell.insights.questions import ask, can_be_asked, filtered_by, row_of, sum_up
from loopwell.targets.queries.figures import by_unit

BELOW, EVERY = "below", "every"
"""Units one level below the chosen one, and each unit by itself."""
COMPARABLE = (
    "nps", "promoters", "passives", "detractors", "mean_score", "csat", "ces", "rating",
    "response_rate", "bounce_rate", "opt_out_rate", "recovery", "reached_in_time",
)  # fmt: skip
"""Scores, shares and means: how far chance takes them is known from their sums."""


@dataclass(frozen=True)
class Groups:
    """By the group's key its row, name and address of answers; `of` says to which group a row of
    `question` belongs."""

    question: Question
    rows: Mapping[str, Row]
    names: Mapping[str, str]
    urls: Mapping[str, str]
    of: Callable[[tuple[Key, ...]], str | None]


def cuts() -> dict[str, str]:
    """What can be compared, by the word of the address."""
    known = names_of_cuts()
    others = {name: label for name, label in known.items() if name in ("touchpoint", "channel")}
    others |= {name: label for name, label in known.items() if name.startswith("property:")}
    return {BELOW: _("Units one level below"), EVERY: _("Each unit by itself"), **others}


def metrics_of(selection: Selection, by: str) -> dict[str, str]:
    """The numbers that know this cut and everything that the answers are narrowed by."""
    needed = [_dimension(by), *filtered_by(selection.for_numbers())]
    return {
        slug: str(METRICS[slug].name)
        for slug in COMPARABLE
        if all(can_be_asked(slug, name) for name in needed) and not _other_channel(slug, by)
    }


def _other_channel(metric: str, by: str) -> bool:
    """By which a message went, not where the customer was served."""
    return by == "channel" and METRICS[metric].group == "answering"


def _dimension(by: str) -> str:
    return "unit" if by in (BELOW, EVERY) else by


def grouped(actor: Actor, selection: Selection, by: str, metric: str) -> Groups:
    question = Question(metric, (_dimension(by),), "", selection.for_numbers())
    if by in (BELOW, EVERY):
        return _units(actor, selection, question, every=by == EVERY)
    return _values(actor, selection, question, by)


def _units(actor: Actor, selection: Selection, question: Question, *, every: bool) -> Groups:
    """By the path of the unit; answers of units further down belong to the one above them."""
    known = {
        pk: Chosen(ref, name, path)
        for pk, ref, name, path in visible_units(actor).values_list("pk", "ref", "name", "path")
    }
    by_path = {unit.path: unit for unit in known.values()}

    def of(key: tuple[Key, ...]) -> str | None:
        unit = known.get(key[0]) if isinstance(key[0], int) else None
        if unit is None:
            return None
        place = unit.path if every else _below(unit.path, selection.path, by_path)
        return place if place in by_path else None

    parts: dict[str, list[Row]] = {}
    for row in ask(question, actor):
        if (place := of(row.key)) is not None:
            parts.setdefault(place, []).append(row)
    rows = {path: row_of(question.metric, (), sum_up(found)) for path, found in parts.items()}
    return Groups(
        question,
        rows,
        {path: by_path[path].name for path in rows},
        {path: f"/answers/?{selection.query(unit=by_path[path])}" for path in rows},
        of,
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


def _values(actor: Actor, selection: Selection, question: Question, by: str) -> Groups:
    rows = ask(question, actor)
    found = labels((by,), "", rows, actor)
    keys = {str(row.key[0]): row for row in rows if row.key[0] is not None}
    return Groups(
        question,
        keys,
        {key: found[row.key][0] for key, row in keys.items()},
        {key: _address(selection, by, row.key[0]) for key, row in keys.items()},
        lambda key: None if key[0] is None else str(key[0]),
    )


def _address(selection: Selection, by: str, value: Key) -> str:
    if by == "touchpoint":
        return f"/answers/?{selection.query(touchpoint=str(value))}"
    if by.startswith("property:"):
        kept = [(n, v) for n, v in selection.properties if n != by.removeprefix("property:")]
        kept.append((by.removeprefix("property:"), str(value)))
        return f"/answers/?{selection.query(properties=tuple(kept))}"
    return f"/answers/?{selection.query()}&{by}={value}"


def rates(actor: Actor, selection: Selection, by: str, keys: Sequence[str]) -> dict[str, Row]:
    """Response rates where those who were asked are known by the same cut."""
    if "response_rate" not in metrics_of(selection, by):
        return {}
    found = grouped(actor, selection, by, "response_rate").rows
    return {key: row for key, row in found.items() if key in keys}


def figure(actor: Actor, figure: Any, selection: Selection) -> dict[str, float]:
    """A key figure's mean by the path of the unit."""
    paths = dict(visible_units(actor).values_list("pk", "path"))
    found = by_unit(actor, figure, selection.start, selection.end)
    return {paths[each.unit_id]: each.value for each in found if each.unit_id in paths}
