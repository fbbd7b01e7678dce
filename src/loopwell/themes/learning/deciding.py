"""When is a score enough to say that a comment has a theme?

Scores become probabilities by a logistic curve a theme (Platt 1999), fitted on held-out scores.
A theme's own threshold is where the F1 those probabilities promise is highest (steadier than the F1
counted on a few comments); the threshold used lies between that and the best over all themes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
HALF_OWN = 20
"""Comments of a theme at which its threshold is half its own, half that of all themes."""


@dataclass(frozen=True)
class Decision:
    """Curves and thresholds. `slopes` has a row a theme, a column a kind of score."""

    slopes: Floats
    offsets: Floats
    thresholds: Floats

    def probabilities(self, scores: Sequence[Floats]) -> Floats:
        """Comments × themes, from as many kinds of scores as the curves were fitted on."""
        total = sum(
            (kind * self.slopes[:, at] for at, kind in enumerate(scores)), start=self.offsets
        )
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -500, 500))))


def learn_decision(scores: Sequence[Floats], holds: Bools) -> Decision:
    """From scores of comments that the lines had not seen."""
    curves = [
        _curve(np.column_stack([kind[:, theme] for kind in scores]), wanted)
        for theme, wanted in enumerate(holds.T)
    ]
    slopes = np.array([slope for slope, _offset in curves])
    offsets = np.array([offset for _slope, offset in curves])
    open_ended = Decision(slopes, offsets, np.full(len(curves), 0.5))
    likely = open_ended.probabilities(scores)
    own = np.array([_promised_threshold(column) for column in likely.T])
    common = _best_threshold(likely.ravel(), holds.ravel())
    many = holds.sum(axis=0)
    share = many / (many + HALF_OWN)
    blended = share * _log_odds(own) + (1 - share) * _log_odds(np.array(common))
    return Decision(slopes, offsets, np.asarray(1 / (1 + np.exp(-blended))))


def _curve(scores: Floats, wanted: Bools) -> tuple[Floats, float]:
    """Slopes, never below zero (a higher score is no argument against), and offset."""
    from sklearn.linear_model import LogisticRegression

    share = (wanted.sum() + 1) / (len(wanted) + 2)
    flat = (np.zeros(scores.shape[1]), float(np.log(share / (1 - share))))
    if wanted.all() or not wanted.any():
        return flat
    spread = scores.std(axis=0)
    spread[spread == 0] = 1
    found = LogisticRegression(C=10.0).fit(scores / spread, wanted)
    slopes = found.coef_[0] / spread
    if (slopes < 0).any():
        kept = slopes > 0
        if not kept.any():
            return flat
        inner, offset = _curve(scores[:, kept], wanted)
        slopes = np.zeros(len(slopes))
        slopes[kept] = inner
        return slopes, offset
    return slopes, float(found.intercept_[0])


def _best_threshold(likely: Floats, wanted: Bools) -> float:
    """The one with the highest F1 (halfway to the next lower probability)."""
    order = np.argsort(-likely, kind="stable")
    ranked, hits = likely[order], np.cumsum(wanted[order])
    quality = 2 * hits / (np.arange(1, len(ranked) + 1) + wanted.sum())
    quality[:-1][ranked[:-1] == ranked[1:]] = -1  # no threshold lies between equals
    return _halfway(ranked, int(np.argmax(quality)))


def _promised_threshold(likely: Floats) -> float:
    """The one with the highest F1 to be expected if the probabilities are true."""
    ranked = np.sort(likely)[::-1]
    hits = np.cumsum(ranked)
    quality = 2 * hits / (np.arange(1, len(ranked) + 1) + hits[-1])
    return _halfway(ranked, int(np.argmax(quality)))


def _halfway(ranked: Floats, last: int) -> float:
    """Between the last that holds and the next lower one."""
    below = ranked[last + 1] if last + 1 < len(ranked) else 0.0
    return float((ranked[last] + below) / 2)


def _log_odds(share: Floats) -> Floats:
    safe = np.clip(share, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(safe / (1 - safe)))
