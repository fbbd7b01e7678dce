"""How does the model learn from coded comments, and how good is it on what it had not seen?

Five-fold cross-validation. Lines drawn without a fold score the comments of that fold; curves and
thresholds that judge a fold are learnt from the scores of the other folds. So no comment is judged
by anything that knew its codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from loopwell.kit.errors import Invalid
from loopwell.themes.learning.accuracy import Accuracy, judged
from loopwell.themes.learning.coder import FEWEST, Coder, verdict
from loopwell.themes.learning.deciding import learn_decision
from loopwell.themes.learning.embedding import Embed
from loopwell.themes.learning.features import Corpus, corpus_of, read
from loopwell.themes.learning.lines import Bools, Floats, draw_lines

FEWEST_COMMENTS = 50
"""Coded comments below which nothing can be learnt."""
ENOUGH_RANDOM = 100
"""Comments drawn at random from which on only they measure the model."""
FOLDS = 5
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Example:
    """A comment and its themes; none is a judgement too. `is_random`: it was drawn at random."""

    text: str
    themes: frozenset[str]
    is_random: bool = False


@dataclass(frozen=True)
class _Lesson:
    corpus: Corpus
    sentences: Floats | None
    holds: Bools


def learn(examples: Sequence[Example], *, embed: Embed | None = None, seed: int = 0) -> Coder:
    """Raises Invalid when there is too little to learn from."""
    counts = _counted(examples)
    themes = tuple(sorted(theme for theme, many in counts.items() if many >= FEWEST))
    _require_enough(examples, themes)
    holds = np.array([[theme in each.themes for theme in themes] for each in examples])
    texts = [each.text for each in examples]
    lesson = _Lesson(
        corpus_of([read(text) for text in texts]), None if embed is None else embed(texts), holds
    )
    fold = _folds(texts, seed)
    scores = _unseen_scores(lesson, fold)
    vocabulary, numbers = lesson.corpus.numbers(np.arange(len(examples)))
    return Coder(
        themes=themes,
        vocabulary=vocabulary,
        lines=draw_lines(numbers, holds),
        sentence_lines=(
            None if lesson.sentences is None else draw_lines(lesson.sentences, holds, dense=True)
        ),
        decision=learn_decision(scores, holds),
        accuracy=_honest(examples, themes, scores, holds, fold),
        too_few={theme: many for theme, many in sorted(counts.items()) if many < FEWEST},
        comments=len(examples),
    )


def _counted(examples: Sequence[Example]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for each in examples:
        for theme in each.themes:
            counts[theme] = counts.get(theme, 0) + 1
    return counts


def _require_enough(examples: Sequence[Example], themes: Sequence[str]) -> None:
    if len(examples) < FEWEST_COMMENTS or not themes:
        raise Invalid(
            _(
                "There is too little to learn from: %(comments)d coded comments, %(themes)d themes "
                "with %(fewest)d or more. At least %(needed)d comments and one such theme are "
                "needed: code some more."
            )
            % {
                "comments": len(examples),
                "themes": len(themes),
                "fewest": FEWEST,
                "needed": FEWEST_COMMENTS,
            }
        )


def _folds(texts: Sequence[str], seed: int) -> Rows:
    """Which fold a comment is in; the same words, however often, stay together."""
    rng = np.random.default_rng(seed)
    kinds, which = np.unique([text.strip().casefold() for text in texts], return_inverse=True)
    return np.asarray((rng.permutation(len(kinds)) % FOLDS)[which], dtype=np.intp)


def _unseen_scores(lesson: _Lesson, fold: Rows) -> list[Floats]:
    """For each kind of numbers, comments × themes, scored by lines that did not see them."""
    words = np.zeros(lesson.holds.shape)
    sentences = np.zeros(lesson.holds.shape)
    for number in np.unique(fold):
        seen, unseen = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        _vocabulary, numbers = lesson.corpus.numbers(seen)
        words[unseen] = draw_lines(numbers[seen], lesson.holds[seen]).scores(numbers[unseen])
        if lesson.sentences is not None:
            drawn = draw_lines(lesson.sentences[seen], lesson.holds[seen], dense=True)
            sentences[unseen] = drawn.scores(lesson.sentences[unseen])
    return [words] if lesson.sentences is None else [words, sentences]


def _honest(
    examples: Sequence[Example],
    themes: Sequence[str],
    scores: Sequence[Floats],
    holds: Bools,
    fold: Rows,
) -> Accuracy:
    said = np.zeros(holds.shape, dtype=bool)
    unsure = np.zeros(len(holds), dtype=bool)
    for number in np.unique(fold):
        others, here = fold != number, fold == number
        decision = learn_decision([kind[others] for kind in scores], holds[others])
        likely = decision.probabilities([kind[here] for kind in scores])
        said[here], unsure[here] = verdict(likely, decision.thresholds)
    drawn = np.array([each.is_random for each in examples])
    is_random = int(drawn.sum()) >= ENOUGH_RANDOM
    rows = drawn if is_random else np.ones(len(examples), dtype=bool)
    return judged(themes, said[rows], holds[rows], unsure[rows], is_random=is_random)
