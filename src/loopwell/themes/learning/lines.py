"""Which straight line parts the comments of a theme from the others, in the numbers of a model?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
STRICTNESS = 0.3
"""C of the support vector machine; chosen on the training part of the NHS comments."""
SENTENCE_STRICTNESS = 1.0
"""The same for sentence embeddings, whose 384 numbers lie close together."""


@dataclass(frozen=True)
class Lines:
    """One line a theme: a row of weights and where it begins. Single precision, as it is kept."""

    weights: NDArray[np.float32]
    offsets: Floats

    def scores(self, numbers: Any) -> Floats:
        """Comments × themes; `numbers` is a dense or sparse matrix, a row a comment."""
        return np.asarray(numbers @ self.weights.T, dtype=np.float64) + self.offsets


def draw_lines(numbers: Any, holds: Bools, *, dense: bool = False) -> Lines:
    """One against the rest for every column of `holds`, by a linear support vector machine.

    A column that is the same in all comments gets a line that says so.
    """
    # Loaded here: scikit-learn takes memory that most processes never need.
    from sklearn.svm import LinearSVC

    strictness = SENTENCE_STRICTNESS if dense else STRICTNESS
    weights = np.zeros((holds.shape[1], numbers.shape[1]), dtype=np.float32)
    offsets = np.full(holds.shape[1], -1.0)
    for theme, wanted in enumerate(holds.T):
        if wanted.all() or not wanted.any():
            offsets[theme] = 1.0 if wanted.all() else -1.0
            continue
        machine = LinearSVC(C=strictness, random_state=0).fit(numbers, wanted)
        weights[theme], offsets[theme] = machine.coef_[0], machine.intercept_[0]
    return Lines(weights, offsets)
