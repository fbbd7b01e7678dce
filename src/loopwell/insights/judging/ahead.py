"""Where will the period end, and how many answers are still needed?"""

from dataclasses import dataclass
from datetime import date, timedelta

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Estimate
from loopwell.insights.asking import Question, Row
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask_one

MARGIN = 5.0
"""Points to which a score is known well enough for most decisions."""


@dataclass(frozen=True)
class Forecast:
    """`at_end` is the score the stretch will end with, None before the first answer.

    `probability` that it ends at the target or above, and `still_needed` answers until it can be
    said whether we are above it (0: now), are None without a target; `still_needed` also where no
    number of answers would tell. `for_margin` are the answers until the score is known to
    ± `MARGIN` points.
    """

    so_far: Row
    expected_more: float
    at_end: Estimate | None
    still_needed: int | None
    probability: float | None
    for_margin: int | None = None


def forecasted(
    question: Question, actor: Actor, today: date, *, target: float | None = None
) -> Forecast | None:
    """Of NPS in the stretch of the question's filters; answers are taken to go on coming as they
    came so far. None where the stretch has no ends, or is over, or has not begun."""
    start, end = question.filters.start, question.filters.end
    if start is None or end is None or not start <= today < end - timedelta(days=1):
        return None
    so_far = ask_one(Question("nps", filters=question.filters), actor)
    elapsed = (today - start).days + 1
    more = so_far.n * ((end - start).days - elapsed) / elapsed
    if not so_far.n:
        return Forecast(so_far, more, None, None, None)
    return _forecast(so_far, counts_of(so_far.stats), more, target)


def _forecast(so_far: Row, counts: Counts, more: float, target: float | None) -> Forecast:
    from loopwell.calc.forecast import (
        forecast,
        probability_of,
        still_needed,
        still_needed_for_margin,
    )

    at_end, for_margin = forecast(counts, more), still_needed_for_margin(counts, MARGIN)
    if target is None:
        return Forecast(so_far, more, at_end, None, None, for_margin)
    return Forecast(
        so_far,
        more,
        at_end,
        still_needed(counts, target),
        probability_of(target, counts, more),
        for_margin,
    )
