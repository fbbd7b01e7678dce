"""What can be asked: which metric, cut by what, of which facts, and who asks?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from loopwell.responses.queries import NOTHING

__all__ = ["NOTHING", "Filters", "Grain", "Key", "Question", "Reach", "Row"]

Grain = Literal["", "day", "week", "month"]
Key = str | int | float | date | None


@dataclass(frozen=True)
class Filters:
    """Which facts count. Dates are days of the unit's own calendar, `end` is not included.

    Without a kind and a survey only our customers' opinion of us counts (OUR_CUSTOMERS).
    `unit_path` takes everything below; `properties` are (name, value) pairs that must all hold,
    where NOTHING means that it is not known.
    """

    start: date | None = None
    end: date | None = None
    unit_path: str = ""
    kind: str = ""
    survey: str = ""
    touchpoint: str = ""
    language: str = ""
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """One metric, by up to two dimensions and a grain of time.

    Dimensions: unit, employee, account, kind, survey, touchpoint, language, source, score,
    weekday, hour and `property:<name>`.
    """

    metric: str
    by: tuple[str, ...] = ()
    grain: Grain = ""
    filters: Filters = Filters()


@dataclass(frozen=True)
class Reach:
    """The facts an asker may see: below these units, and of these accounts."""

    everything: bool = False
    paths: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of an answer; value and interval are None where nothing was counted.

    `stats` are the metric's sums: they add up over rows.
    """

    key: tuple[Key, ...]
    n: int
    value: float | None
    low: float | None
    high: float | None
    stats: Mapping[str, float] = field(default_factory=dict)
