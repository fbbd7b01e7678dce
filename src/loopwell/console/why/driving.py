"""Which rated aspects go together with recommending us?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.drivers import Driver, DriverResult, NoDrivers, relative_weights
from loopwell.calc.logistic import Fit, NoFit, Odds, logistic
from loopwell.calc.shapley import MOST, shapley
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Row
from loopwell.insights.phrasing import labels
from loopwell.insights.rated import Rated, rated

LEAST = 60


@dataclass(frozen=True)
class Line:
    """One aspect: its relative weight, Shapley share, mean, gaps, and odds where they fit."""

    label: str
    driver: Driver
    shapley: float | None
    mean: float
    missing: float
    promoter: Odds | None
    detractor: Odds | None


@dataclass(frozen=True)
class Driving:
    """All of them, the weightiest first; `why` says what keeps the page empty."""

    lines: Sequence[Line]
    result: DriverResult | None
    every: int
    rows: int
    why: str
    has_all_odds: bool
    picture: dict[str, Any] | None


def driving(actor: Actor, selection: Selection) -> Driving:
    found = rated(selection.for_numbers(), actor)
    if found is None:
        why = _("Single answers of an anonymous survey stay unseen, so its drivers cannot be told.")
        return Driving((), None, 1, 0, why, False, None)
    rows = len(found.scores)
    if rows < LEAST or len(found.aspects) < 2:
        why = _("Too few answers here rated at least two aspects: add a question with aspects.")
        return Driving((), None, found.every, rows, why, False, None)
    names = [f"{question}\0{aspect}" for question, aspect in found.aspects]
    try:
        result = relative_weights(found.ratings, found.scores, names, bootstrap=300)
    except NoDrivers:
        why = _("The ratings there are do not tell the aspects apart, or every score is the same.")
        return Driving((), None, found.every, rows, why, False, None)
    return _lines(actor, found, names, result)


def _lines(actor: Actor, found: Rated, names: list[str], result: DriverResult) -> Driving:
    words = _words(actor, found)
    columns = {name: place for place, name in enumerate(names)}
    shares = _shapley(found, names, result)
    kept = [driver.name for driver in result.drivers]
    chosen = found.ratings[:, [columns[name] for name in kept]]
    promoter = _odds(chosen, found.scores >= 9, kept)
    detractor = _odds(chosen, found.scores <= 6, kept)
    lines = [
        Line(
            words[columns[driver.name]],
            driver,
            shares.get(driver.name),
            float(np.nanmean(found.ratings[:, columns[driver.name]])),
            result.missing[driver.name],
            promoter.get(driver.name),
            detractor.get(driver.name),
        )
        for driver in result.drivers
    ]
    return Driving(
        lines, result, found.every, len(found.scores), "", bool(promoter and detractor),
        _picture(lines),
    )  # fmt: skip


def _words(actor: Actor, found: Rated) -> list[str]:
    """The aspects in the words of their survey."""
    rows = [Row((aspect,), 0, None, None, None) for _question, aspect in found.aspects]
    named = labels(("aspect",), "", rows, actor)
    return [named[row.key][0] for row in rows]


def _shapley(found: Rated, names: list[str], result: DriverResult) -> dict[str, float]:
    kept = [place for place, name in enumerate(names) if name not in result.left_out]
    if not 1 <= len(kept) <= MOST:
        return {}
    shares, _r = shapley(found.ratings[:, kept], found.scores, [names[place] for place in kept])
    return {share.name: share.share for share in shares}


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
            meaning="below" if _is_urgent(line, weights, means) else "",
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


def _is_urgent(line: Line, weights: Sequence[float], means: Sequence[float]) -> bool:
    """Weighs more than the mean and is rated below it."""
    heavy = line.driver.weight > sum(weights) / len(weights)
    return heavy and 100 * line.mean < sum(means) / len(means)
