"""What did each group contribute to a change: by its score, or by its share of the answers?"""

from collections.abc import Mapping
from dataclasses import dataclass

from loopwell.calc.nps import Counts, NoAnswers, difference, nps


@dataclass(frozen=True, slots=True)
class Part:
    """One group's contribution to the change of the whole, in points.

    ``score`` is what its own score changed the whole by, ``mix`` what its share of the answers did;
    ``low`` and ``high`` are the interval of ``score``. A group that only one period knows has no
    ``score``: all it did is ``mix``.
    """

    name: str
    before: Counts
    after: Counts
    score: float
    mix: float
    low: float
    high: float

    @property
    def total(self) -> float:
        return self.score + self.mix

    @property
    def is_real(self) -> bool:
        """Whether the contribution by score can be told from none."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The change of the score and its parts; parts add up to it exactly."""

    before: float
    after: float
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def score(self) -> float:
        """What customers' opinions changed."""
        return sum(part.score for part in self.parts)

    @property
    def mix(self) -> float:
        """What came of other groups answering more or less often."""
        return sum(part.mix for part in self.parts)


def decompose(
    before: Mapping[str, Counts], after: Mapping[str, Counts], confidence: float = 0.95
) -> Decomposition:
    """Split the change of the score between two periods into the groups' contributions.

    Kitagawa's symmetric decomposition (J. Am. Statist. Assoc. 50, 1955): with shares w and scores s
    a group's score effect is mean(w)·Δs, its mix effect Δw·(mean(s) − S), S being the mean of both
    periods' totals, so that a group that grows counts as help only if it is better than the whole.
    Intervals are those of the group's own difference with the shares as given,
    Bonferroni-corrected over the groups in both periods. Raises NoAnswers when a period is empty.
    """
    names = list(dict.fromkeys([*before, *after]))
    nobody = Counts(0, 0, 0)
    old, new = sum(before.values(), nobody), sum(after.values(), nobody)
    s0, s1 = nps(old), nps(new)
    if s0 is None or s1 is None:
        raise NoAnswers("A change needs answers in both periods")
    both = [n for n in names if before.get(n, nobody).n and after.get(n, nobody).n]
    each = 1 - (1 - confidence) / max(len(both), 1)
    middle = (s0 + s1) / 2
    parts = []
    for name in names:
        was, now = before.get(name, nobody), after.get(name, nobody)
        if was.n or now.n:
            parts.append(_part(name, was, now, (old.n, new.n), middle, each))
    return Decomposition(s0, s1, tuple(parts))


def _part(
    name: str, was: Counts, now: Counts, totals: tuple[int, int], middle: float, confidence: float
) -> Part:
    w0, w1 = was.n / totals[0], now.n / totals[1]
    first, second = nps(was), nps(now)
    if first is None or second is None:
        value = first if second is None else second
        return Part(name, was, now, 0.0, (w1 - w0) * ((value or 0.0) - middle), 0.0, 0.0)
    weight = (w0 + w1) / 2
    score = weight * (second - first)
    gap = difference(now, was, confidence)
    mix = (w1 - w0) * ((first + second) / 2 - middle)
    return Part(name, was, now, score, mix, weight * gap.low, weight * gap.high)
