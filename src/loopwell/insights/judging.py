"""Is what one sees real? Trends with limits, the silent, what a change is made of, what comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.insights.asking import Filters, Key, Question, Row

if TYPE_CHECKING:
    from loopwell.calc.control import Control
    from loopwell.calc.decomposition import Decomposition
    from loopwell.calc.shifts import Shift
    from loopwell.calc.silence import Band


@dataclass(frozen=True)
class Moment:
    """One bucket of a trend; `row` is None where nobody answered. `end` is not included."""

    start: date
    end: date
    row: Row | None


@dataclass(frozen=True)
class JudgedTrend:
    """Buckets without gaps, the control chart over them, and the real shifts found.

    `sentence` says what is real: “No real change since March.”, “Up 6 points since May: real.”
    `control` is None for fewer than eight buckets with answers, and for metrics that are no score.
    """

    moments: Sequence[Moment]
    control: "Control | None"
    shifts: "Sequence[Shift]"
    sentence: str


@dataclass(frozen=True)
class Forecast:
    """The period's end: of the score, and how many answers still decide `target`."""

    so_far: Row
    expected_more: float
    at_end: Estimate | None
    still_needed: int | None
    probability: float | None


def judged_trend(question: Question, actor: Actor) -> JudgedTrend:
    """The question's own grain (month where it has none), without cuts."""
    raise NotImplementedError


def band(question: Question, actor: Actor) -> "Band | None":
    """What the score would be if the silent were all detractors or all promoters, and a modelled
    middle; None where nobody was asked."""
    raise NotImplementedError


def decomposed(
    question: Question, by: str, before: Filters, after: Filters, actor: Actor
) -> "Decomposition | None":
    """What each group of `by` (keys as text) gave to the change of NPS, by its score and its
    share; None where either side has no answers."""
    raise NotImplementedError


def forecasted(
    question: Question, actor: Actor, today: date, *, target: float | None = None
) -> Forecast | None:
    """Of the stretch in the question's filters, which must end after `today`."""
    raise NotImplementedError


def sharpened(question: Question, rows: Sequence[Row], actor: Actor) -> list[Row]:
    """The same rows with intervals that heed who was asked: clustered by account where most
    answers are of accounts, narrower where most customers of a small unit answered."""
    raise NotImplementedError


Populations = Mapping[tuple[Key, ...], int]
__all__ = [
    "Any",
    "Forecast",
    "JudgedTrend",
    "Moment",
    "band",
    "decomposed",
    "forecasted",
    "judged_trend",
    "sharpened",
]
