"""Which rated aspects go together with recommending us?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.drivers import Driver, DriverResult, NoDrivers, relative_weights
from loopwell.calc.importance import Quadrant, importance_performance
from loopwell.calc.logistic import Fit, NoFit, Odds, logistic
from loopwell.calc.shapley import MOST, Share, shapley
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Question, Row
from loopwell.insights.phrasing import labels
from loopwell.insights.questions import ask
from loopwell.insights.rated import Rated, rated

LEAST, RESAMPLES = 60, 200


@dataclass(frozen=True)
class Line:
    """One aspect: its relative weight, Shapley share, mean, gaps, and odds where they fit."""

    label: str
    driver: Driver
    shapley: Share | None
    mean: float
    missing: float
    promoter: Odds | None
    detractor: Odds | None
    quadrant: Quadrant = Quadrant.LATER

    @property
    def good(self) -> int:
        """The mean as points of 0 to 100, as in the picture; it is not a share of anybody."""
        return round(100 * self.mean)

    @property
    def to_do(self) -> str:
        """What importance against performance says of the aspect, in words."""
        return {
            Quadrant.IMPROVE: _("begin here"),
            Quadrant.KEEP: _("keep it so"),
            Quadrant.LATER: _("later"),
            Quadrant.ENOUGH: _("good enough"),
        }[self.quadrant]


@dataclass(frozen=True)
class Driving:
    """All of them, the weightiest first; `why` says what keeps the page empty."""

    lines: Sequence[Line]
    result: DriverResult | None
    every: int
    rows: int
    why: str
    has_all_odds: bool
    left_out: str
    picture: dict[str, Any] | None


def of_one_survey(actor: Actor, selection: Selection) -> Selection:
    """With the survey whose aspects were rated most where none is chosen: aspects of several
    surveys are never rated together."""
    if selection.survey:
        return selection
    rows = ask(Question("rating", ("survey",), "", selection.for_numbers()), actor)
    most = max(rows, key=lambda row: row.n, default=None)
    known = most is not None and most.n > 0 and isinstance(most.key[0], str)
    return replace(selection, survey=str(most.key[0])) if most and known else selection


def driving(actor: Actor, selection: Selection) -> Driving:
    found = rated(selection.for_numbers(), actor)
    if found is None:
        why = _("Single answers of an anonymous survey stay unseen, so its drivers cannot be told.")
        return Driving((), None, 1, 0, why, False, "", None)
    rows = len(found.scores)
    if rows < LEAST or len(found.aspects) < 2:
        why = _("Too few answers here rated at least two aspects: add a question with aspects.")
        return Driving((), None, found.every, rows, why, False, "", None)
    names = [f"{question}\0{aspect}" for question, aspect in found.aspects]
    try:
        result = relative_weights(found.ratings, found.scores, names, bootstrap=300)
    except NoDrivers:
        why = _("The ratings there are do not tell the aspects apart, or every score is the same.")
        return Driving((), None, found.every, rows, why, False, "", None)
    return _lines(actor, found, names, result)


def _lines(actor: Actor, found: Rated, names: list[str], result: DriverResult) -> Driving:
    words = _words(actor, found)
    columns = {name: place for place, name in enumerate(names)}
    shares = _shapley(found, names, result)
    kept = [driver.name for driver in result.drivers]
    chosen = found.ratings[:, [columns[name] for name in kept]]
    promoter = _odds(chosen, found.scores >= 9, kept)
    detractor = _odds(chosen, found.scores <= 6, kept)
    means = {name: float(np.nanmean(found.ratings[:, columns[name]])) for name in kept}
    chart = importance_performance({d.name: d.weight for d in result.drivers}, means)
    quadrants = {each.name: each.quadrant for each in chart.placed} if chart else {}
    lines = [
        Line(
            words[columns[driver.name]],
            driver,
            shares.get(driver.name),
            means[driver.name],
            result.missing[driver.name],
            promoter.get(driver.name),
            detractor.get(driver.name),
            quadrants[driver.name],
        )
        for driver in result.drivers
    ]
    return Driving(
        lines, result, found.every, len(found.scores), "", bool(promoter and detractor),
        ", ".join(words[columns[name]] for name in result.left_out), _picture(lines),
    )  # fmt: skip


def _words(actor: Actor, found: Rated) -> list[str]:
    """The aspects in the words of their survey."""
    rows = [Row((aspect,), 0, None, None, None) for _question, aspect in found.aspects]
    named = labels(("aspect",), "", rows, actor)
    return [named[row.key][0] for row in rows]


def _shapley(found: Rated, names: list[str], result: DriverResult) -> dict[str, Share]:
    kept = [place for place, name in enumerate(names) if name not in result.left_out]
    if not 1 <= len(kept) <= MOST:
        return {}
    chosen, words = found.ratings[:, kept], [names[place] for place in kept]
    shares, _r = shapley(chosen, found.scores, words, bootstrap=RESAMPLES)
    return {share.name: share for share in shares}


def _odds(
    ratings: np.ndarray[Any, np.dtype[np.float64]],
    is_so: np.ndarray[Any, np.dtype[np.bool_]],
    names: Sequence[str],
) -> dict[str, Odds]:
    """By how much a step of a quarter of the scale changes the odds; empty where the data cannot
    carry the regression."""
    try:
        fit: Fit = logistic(4 * ratings, is_so, list(names))
    except NoFit:
        return {}
    return {odds.name: odds for odds in fit.odds}


def _picture(lines: Sequence[Line]) -> dict[str, Any]:
    """Importance against performance, with the middle of both."""
    weights = [line.driver.weight for line in lines]
    means = [100 * line.mean for line in lines]
    dots = [
        charts.Dot(
            100 * line.mean,
            line.driver.weight,
            line.label,
            f"{line.label}\n{_('how good')}: {numbers.grouped(round(100 * line.mean))}\n"
            f"{_('weight')}: {numbers.percent(line.driver.weight / 100)}",
            named=True,
            meaning="below" if line.quadrant is Quadrant.IMPROVE else "",
        )
        for line in lines
    ]
    return charts.dots(
        dots,
        text=_("Each aspect by how good it is and how much it weighs."),
        x_label=_("How good, 0 to 100"),
        y_label=_("Weight, %"),
        unit="%",
        across=(sum(weights) / len(weights), _("mean weight")),
        down=(sum(means) / len(means), _("mean rating")),
    )
