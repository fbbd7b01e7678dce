"""What is a metric?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.calc.nps import Estimate
from loopwell.insights.warehouse.tables import Table

Stats = Mapping[str, float]
Sums = Callable[[Any], dict[str, Any]]
"""From an Ibis table to named aggregations."""
Prepare = Callable[[Any, Sequence[Any]], Any]
"""From an Ibis table and the keys it will be grouped by to a table with more columns."""
Group = Literal["score", "answering", "acting", "rating", "money", "saying"]
Unit = Literal["points", "percent", "count", "score", "hours"]
Test = Literal["score", "share", "interval", "none"]
"""How two values are told apart: as scores, as shares, by their intervals, or not at all."""

_ANSWERS = _("answers")
GROUPS: dict[Group, Promise] = {
    "score": _("Score"),
    "answering": _("Who answers"),
    "acting": _("What we do about it"),
    "rating": _("Ratings"),
    "money": _("Revenue"),
    "saying": _("What customers say"),
}


@dataclass(frozen=True)
class Metric:
    """One number that can be asked for, by its slug.

    `minimum` is the count below which it is marked as too small to judge. `formula`, `interval`
    and `help` are for people. `counted` says what its count counts. `part` names the sum that is
    the share's part, where it is a share. `customers` is set where the sums need how many
    customers there are, which no fact knows.
    """

    slug: str
    name: str | Promise
    unit: Unit
    table: Table
    sums: Sums
    calc: Callable[[Stats], Estimate | None]
    minimum: int = 30
    group: Group = "score"
    formula: str | Promise = ""
    help: str | Promise = ""
    interval: str | Promise = ""
    counted: str | Promise = _ANSWERS
    higher_is_better: bool = True
    test: Test = "interval"
    part: str = ""
    prepare: Prepare | None = None
    customers: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether the sums of two stretches make those of both."""
        return self.prepare is None and not self.customers
