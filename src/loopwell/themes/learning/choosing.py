"""Which comments would teach the model most if people coded them next?"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from loopwell.themes.learning.coder import Coder, verdict
from loopwell.themes.learning.embedding import Embed
from loopwell.themes.learning.lines import Floats


class Useful(NamedTuple):
    """Place among the texts given and the theme that is open, None where nothing seemed to fit."""

    place: int
    theme: str | None


def most_useful(
    coder: Coder, texts: Sequence[str], many: int, embed: Embed | None = None
) -> list[Useful]:
    """The themes take turns, the worst known first, each with the comment that is nearest to its
    threshold; every other time a comment of which the model is unsure altogether. So the choice is
    uncertain and varied. The same words are asked for once."""
    likely = coder.probabilities(texts, embed)
    distance = np.abs(_log_odds(likely) - _log_odds(coder.decision.thresholds))
    unsure = np.flatnonzero(verdict(likely, coder.decision.thresholds)[1])
    by_theme = {theme: iter(np.argsort(column, kind="stable").tolist())
                for theme, column in zip(coder.themes, distance.T, strict=True)}  # fmt: skip
    silent = iter(unsure[np.argsort(-likely[unsure].sum(axis=1), kind="stable")].tolist())
    known = {each.theme: each.f1 for each in coder.accuracy.themes}
    turns: list[str | None] = []
    for theme in sorted(coder.themes, key=lambda theme: (known.get(theme, 0.0), theme)):
        turns += [theme, None]
    found: list[Useful] = []
    asked: set[str] = set()
    while turns and len(found) < many:
        for turn in list(turns):
            source = silent if turn is None else by_theme[turn]
            place = next((at for at in source if _plain(texts[at]) not in asked), None)
            if place is None:
                turns = [each for each in turns if each != turn]
                continue
            asked.add(_plain(texts[place]))
            found.append(Useful(place, turn))
            if len(found) == many:
                break
    return found


def _plain(text: str) -> str:
    return text.strip().casefold()


def _log_odds(share: Floats) -> Floats:
    safe = np.clip(share, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(safe / (1 - safe)))
