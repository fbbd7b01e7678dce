"""How good is the model on comments that it had not seen?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class ThemeAccuracy:
    """`hits` of the `coded` comments that people gave the theme were found; of `said` they were
    right."""

    theme: str
    coded: int
    said: int
    hits: int

    @property
    def recall(self) -> float | None:
        return self.hits / self.coded if self.coded else None

    @property
    def precision(self) -> float | None:
        return self.hits / self.said if self.said else None

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.coded + self.said) if self.coded + self.said else 0.0


@dataclass(frozen=True)
class Accuracy:
    """By cross-validation. `is_random`: measured only on comments drawn at random, which are like
    the others; otherwise on all coded ones, chosen because they were useful and so harder."""

    themes: tuple[ThemeAccuracy, ...]
    comments: int
    unsure: int
    is_random: bool

    @property
    def micro_f1(self) -> float:
        """Of all themes together: frequent ones count more."""
        hits = sum(each.hits for each in self.themes)
        both = sum(each.coded + each.said for each in self.themes)
        return 2 * hits / both if both else 0.0

    @property
    def macro_f1(self) -> float:
        """Mean over themes: each counts the same."""
        return sum(each.f1 for each in self.themes) / len(self.themes) if self.themes else 0.0

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "micro_f1": self.micro_f1, "macro_f1": self.macro_f1}


def read_accuracy(kept: Mapping[str, Any]) -> Accuracy:
    """What `Accuracy.as_dict` gave."""
    themes = tuple(ThemeAccuracy(**each) for each in kept["themes"])
    return Accuracy(themes, kept["comments"], kept["unsure"], kept["is_random"])


def judged(
    themes: Sequence[str], said: Bools, truth: Bools, unsure: Bools, *, is_random: bool
) -> Accuracy:
    """From comments × themes, as said and as people coded them."""
    found = tuple(
        ThemeAccuracy(theme, int(coded), int(spoken), int(hits))
        for theme, coded, spoken, hits in zip(
            themes, truth.sum(0), said.sum(0), (said & truth).sum(0), strict=True
        )
    )
    return Accuracy(found, len(truth), int(unsure.sum()), is_random)
