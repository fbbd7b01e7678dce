"""How do our own people's score and the customers' score of the same units stand side by side?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.association import Association, association
from loopwell.calc.nps import Estimate
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Question, Row
from loopwell.insights.questions import ask_one
from loopwell.surveys.enums import SurveyKind

MOST = 80
"""Units looked at on one page."""


@dataclass(frozen=True)
class Pair:
    """A unit with all below it; `ours` has no value where too few answered to be shown."""

    ref: str
    name: str
    depth: int
    ours: Row
    customers: Row

    @property
    def own(self) -> Estimate | None:
        return _estimate(self.ours)

    @property
    def theirs(self) -> Estimate | None:
        return _estimate(self.customers)


@dataclass(frozen=True)
class Board:
    """The chosen place, the units below it, and whether both scores go together."""

    whole: Row
    rate: Row
    customers: Row
    pairs: Sequence[Pair]
    together: Association | None
    picture: dict[str, Any]

    @property
    def hidden(self) -> int:
        return sum(pair.own is None for pair in self.pairs)


def board(actor: Actor, selection: Selection) -> Board:
    pairs = [_pair(actor, selection, unit) for unit in _units(actor, selection)[:MOST]]
    both = [(pair, pair.own, pair.theirs) for pair in pairs]
    known = [(pair, own, theirs) for pair, own, theirs in both if own and theirs]
    leaves = [(p, own, theirs) for p, own, theirs in known if not _has_below(p, pairs)]
    return Board(
        ask_one(_own("nps", selection), actor),
        ask_one(_own("response_rate", selection), actor),
        ask_one(Question("nps", filters=replace(selection.for_numbers(), kind="")), actor),
        pairs,
        association([(own.value, theirs.value) for _pair, own, theirs in leaves]),
        _picture(leaves),
    )


def _own(metric: str, selection: Selection, path: str | None = None) -> Question:
    filters = replace(selection.for_numbers(), kind=SurveyKind.EMPLOYEE.value)
    return Question(metric, filters=filters if path is None else replace(filters, unit_path=path))


def _units(actor: Actor, selection: Selection) -> list[tuple[str, str, str]]:
    """Reference, name and path of those below the chosen place, in the order of the tree."""
    rows = visible_units(actor).order_by("path").values_list("ref", "name", "path")
    top = selection.path
    return [row for row in rows if row[2].startswith(top) and row[2] != top and _depth(row[2]) > 1]


def _depth(path: str) -> int:
    return path.strip("/").count("/") + 1


def _pair(actor: Actor, selection: Selection, unit: tuple[str, str, str]) -> Pair:
    ref, name, path = unit
    theirs = replace(selection.for_numbers(), kind="", unit_path=path)
    return Pair(
        ref,
        name,
        _depth(path) - _depth(selection.path or "/"),
        ask_one(_own("nps", selection, path), actor),
        ask_one(Question("nps", filters=theirs), actor),
    )


def _has_below(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether the next unit in the tree's order hangs below this one: it holds the same answers."""
    place = pairs.index(pair) + 1
    return place < len(pairs) and pairs[place].depth > pair.depth


def _picture(leaves: Sequence[tuple[Pair, Estimate, Estimate]]) -> dict[str, Any]:
    dots = [
        charts.Dot(
            own.value,
            theirs.value,
            pair.name,
            f"{pair.name}\n{_('our people')}: {numbers.signed(own.value)} "
            f"{numbers.margin(own.low, own.high)}\n{_('customers')}: "
            f"{numbers.signed(theirs.value)} {numbers.margin(theirs.low, theirs.high)}",
            url=f"/employees/?unit={pair.ref}",
            named=len(leaves) <= 12,
        )
        for pair, own, theirs in leaves
    ]
    return charts.dots(
        dots,
        text=_("Each unit’s own people against its customers."),
        x_label=_("Our people"),
        y_label=_("Customers"),
        x_unit="score",
    )


def _estimate(row: Row) -> Estimate | None:
    if row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high, row.n)
