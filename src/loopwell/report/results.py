"""What does a finished report hold?"""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

from loopwell.calc.compare import GroupResult
from loopwell.calc.drivers import DriverResult
from loopwell.calc.nps import Counts, Estimate
from loopwell.calc.scales import Category, Scale
from loopwell.calc.trend import Trend
from loopwell.calc.words import Term
from loopwell.kit.tables import Detected
from loopwell.report.rejects import Reason


@dataclass(frozen=True)
class Mark:
    """One mark of the scale and how often it was given."""

    score: int
    n: int
    category: Category


@dataclass(frozen=True)
class Groups:
    """The groups of one column; `distinct` counts those that were not looked at too."""

    column: str
    results: list[GroupResult]
    distinct: int
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Months:
    """The trend by month, and the rows whose date gave no month."""

    column: str
    trend: Trend
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drivers:
    """What goes together with the score; `result` is None where `notes` say why."""

    result: DriverResult | None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Example:
    """A term and comments that hold it."""

    term: Term
    comments: list[str]


@dataclass(frozen=True)
class Words:
    """What detractors and promoters write of, of how many comments looked at."""

    column: str
    detractors: list[Example]
    promoters: list[Example]
    read_detractors: int
    read_promoters: int
    written: int
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """Everything the terminal, the page and the JSON show."""

    file: str
    score: str
    scale: Scale
    detected: Detected
    minimum: int
    rows: int
    used: int
    reasons: list[Reason]
    counts: Counts
    estimate: Estimate
    distribution: list[Mark]
    groups: list[Groups]
    months: Months | None
    drivers: Drivers | None
    words: Words | None
    notes: list[str]

    @property
    def warnings(self) -> list[str]:
        """What makes the score itself doubtful: said first."""
        found = list(self.months.warnings) if self.months else []
        if self.used < self.minimum:
            found.append(
                ngettext(
                    "Only %(n)d answer: far too few to judge the score",
                    "Only %(n)d answers: too few to judge the score",
                    self.used,
                )
                % {"n": self.used}
            )
        return found

    @property
    def rejected(self) -> int:
        return self.rows - self.used
