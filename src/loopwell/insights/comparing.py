"""How does each row of an answer stand against something else, and is that more than chance?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference
from loopwell.insights.asking import Against, Comparison, Filters, Key, Question, Row
from loopwell.insights.questions import ask

Reference = Callable[[Question, Comparison, Sequence[Row], Actor], Mapping[tuple[Key, ...], Row]]
"""From a question and its rows to what each is held against, by the row's key; a row without a
count (n = 0, low and high equal to the value) is a fixed number such as a target."""
HOLM_UP_TO = 20
"""Comparisons; more of them share their false findings instead of never making one."""
_references: dict[Against, Reference] = {}


class NoReference(LookupError):
    """The comparison belongs to an app that is not there."""


@dataclass(frozen=True)
class Compared:
    """A row and what it is held against.

    `difference` is the row less the other, in the metric's unit; None where either has no value
    or the metric is a count of all. `p_adjusted` is `difference.p` made stricter by the number of
    rows (Holm up to 20 rows, Benjamini–Hochberg above), None where either has too few to judge.
    """

    row: Row
    other: Row | None
    difference: Difference | None
    p_adjusted: float | None

    @property
    def is_real(self) -> bool:
        return self.p_adjusted is not None and self.p_adjusted < 0.05


def register_reference(against: Against, function: Reference) -> None:
    """Lets an app above (targets, benchmarks) say what rows are held against."""
    _references[against] = function


def compare(question: Question, comparison: Comparison, actor: Actor) -> list[Compared]:
    """One for each row of the question, in its order."""
    raise NotImplementedError


def earlier(filters: Filters) -> Filters | None:
    """The stretch of the same length just before; None where there is no beginning or end."""
    raise NotImplementedError


__all__ = ["Compared", "NoReference", "compare", "earlier", "register_reference", "replace", "date"]
