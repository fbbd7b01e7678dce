"""What can be asked: which metric, cut by what, of which facts, and who asks?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from loopwell.responses.queries import NOTHING

__all__ = [
    "GRAINS",
    "NOTHING",
    "Against",
    "Comparison",
    "Filters",
    "Grain",
    "Key",
    "Question",
    "Reach",
    "Row",
]

Grain = Literal["", "day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
Key = str | int | float | date | None


@dataclass(frozen=True)
class Filters:
    """Which facts count. Dates are days of the unit's own calendar, `end` is not included.

    Without a kind and a survey only our customers' opinion of us counts (OUR_CUSTOMERS).
    `unit_path` takes everything below; `properties` are (name, value) pairs that must all hold,
    where NOTHING means that it is not known. `employee` and `account` are ids, `scores` the lowest
    and the highest, weekdays count from Monday, 0. `voice` (of what was said) is "call" or
    "comment", `commented` takes answers with a comment alone, `coded` those whose comment a person
    read.
    """

    start: date | None = None
    end: date | None = None
    unit_path: str = ""
    kind: str = ""
    survey: str = ""
    touchpoint: str = ""
    language: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    category: str = ""
    source: str = ""
    channel: str = ""
    product: str = ""
    decision_role: str = ""
    theme: str = ""
    voice: str = ""
    commented: bool = False
    coded: bool = False
    aspect: str = ""
    programme: str = ""
    employee: int | None = None
    account: int | None = None
    scores: tuple[int, int] | None = None
    weekday: int | None = None
    hour: int | None = None


@dataclass(frozen=True)
class Question:
    """One metric, by up to two dimensions and a grain of time.

    Dimensions: unit, employee, account, kind, survey, touchpoint, language, source, channel,
    product, decision_role, score, category, weekday, hour, theme and area (of what was said: itself
    and the one at the top above it), voice, aspect (of what was rated), programme (of
    invitations), owner (of cases) and `property:<name>`.
    """

    metric: str
    by: tuple[str, ...] = ()
    grain: Grain = ""
    filters: Filters = Filters()


class Against(StrEnum):
    """What an answer is held against."""

    PREVIOUS = "previous"
    """The stretch of the same length just before."""
    YEAR_BEFORE = "year_before"
    COMPANY = "company"
    """Everything the same question finds in the whole company, or in all that the asker sees."""
    SEGMENT = "segment"
    """Other filters, in the same stretch of time."""
    TARGET = "target"
    COMPETITOR = "competitor"


@dataclass(frozen=True)
class Comparison:
    """`filters` belong to SEGMENT; `name` says which competitor."""

    against: Against
    filters: Filters = Filters()
    name: str = ""


@dataclass(frozen=True)
class Reach:
    """The facts an asker may see: below these units, and of these accounts."""

    everything: bool = False
    paths: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of an answer; value and interval are None where nothing was counted.

    `key` has one part for each dimension and then the first day of the grain. `stats` are the
    metric's sums: they add up over rows.
    """

    key: tuple[Key, ...]
    n: int
    value: float | None
    low: float | None
    high: float | None
    stats: Mapping[str, float] = field(default_factory=dict)
