"""Which themes has a comment, how sure is that, and which of its words show it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from loopwell.themes.learning.accuracy import Accuracy
from loopwell.themes.learning.deciding import Decision
from loopwell.themes.learning.embedding import Embed
from loopwell.themes.learning.features import Read, Vocabulary, matrix, pieces_in, read, words_in
from loopwell.themes.learning.lines import Floats, Lines

FEWEST = 5
"""Coded comments that a theme needs to be learnt."""
SILENCE = 0.5
"""Themes a comment without any is expected to have, from which on the model says “unsure”."""
MOST_SHOWN = 3
"""Places of a comment that are shown for a theme."""
TELLING = 0.5
"""A word is shown when it weighs at least this share of the weightiest."""
CHUNK = 2_000


class Guess(NamedTuple):
    theme: str
    probability: float


@dataclass(frozen=True)
class Reading:
    """What the model says of one comment. Unsure: it seems to have a theme, but none is likely
    enough, so nothing is said."""

    guesses: tuple[Guess, ...]
    is_unsure: bool


@dataclass(frozen=True)
class Coder:
    """A trained model. `too_few` counts the comments of themes that could not be learnt."""

    themes: tuple[str, ...]
    vocabulary: Vocabulary
    lines: Lines
    sentence_lines: Lines | None
    decision: Decision
    accuracy: Accuracy
    too_few: Mapping[str, int]
    comments: int

    def probabilities(self, texts: Sequence[str], embed: Embed | None = None) -> Floats:
        """Comments × themes. A model that learnt from sentence embeddings needs `embed`."""
        parts = [self._chunk(texts[at : at + CHUNK], embed) for at in range(0, len(texts), CHUNK)]
        return np.vstack(parts) if parts else np.zeros((0, len(self.themes)))

    def _chunk(self, texts: Sequence[str], embed: Embed | None) -> Floats:
        scores = [self.lines.scores(matrix([read(text) for text in texts], self.vocabulary))]
        if self.sentence_lines is not None:
            if embed is None:
                raise LookupError("this model learnt from sentence embeddings: they are missing")
            scores.append(self.sentence_lines.scores(embed(texts)))
        return self.decision.probabilities(scores)

    def code(self, texts: Sequence[str], embed: Embed | None = None) -> list[Reading]:
        likely = self.probabilities(texts, embed)
        holds, unsure = verdict(likely, self.decision.thresholds)
        return [
            Reading(
                tuple(
                    Guess(self.themes[at], float(likely[row, at]))
                    for at in np.flatnonzero(holds[row])
                ),
                bool(unsure[row]),
            )
            for row in range(len(texts))
        ]

    def shown_by(self, text: str, theme: str) -> list[tuple[int, int]]:
        """Places [start, end) of the words that speak most for the theme, in order."""
        comment = read(text)
        weights = self._word_weights(comment, self.themes.index(theme))
        best = max(weights, default=0.0)
        if best <= 0:
            return []
        loud = sorted(
            (at for at, weight in enumerate(weights) if weight >= TELLING * best),
            key=lambda at: -weights[at],
        )[:MOST_SHOWN]
        return [(comment.tokens[at].start, comment.tokens[at].end) for at in sorted(loud)]

    def _word_weights(self, comment: Read, theme: int) -> list[float]:
        """What each token adds to the score: its terms' parts, shared by the tokens of a term."""
        row = matrix([comment], self.vocabulary)
        values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        weights = [0.0] * len(comment.tokens)
        shift = len(self.vocabulary.words.columns)
        for part, terms, first in (
            (self.vocabulary.words, words_in, 0),
            (self.vocabulary.pieces, pieces_in, shift),
        ):
            places: dict[int, list[int]] = {}
            for term, at in terms(comment):
                column = part.columns.get(term)
                if column is not None:
                    places.setdefault(column + first, []).extend(at)
            for column, tokens in places.items():
                added = values[column] * float(self.lines.weights[theme, column])
                for token in tokens:
                    weights[token] += added / len(tokens)
        return weights


def verdict(likely: Floats, thresholds: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Comments × themes that hold, and the comments of which the model is unsure."""
    holds = likely >= thresholds
    unsure = ~holds.any(axis=1) & (likely.sum(axis=1) >= SILENCE)
    return holds, unsure
