"""Do two people who read the same comments find the same in them?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Labels = frozenset[str]
Pair = tuple[Labels, Labels]


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label: comments both gave it, only the first, only the second, neither.

    ``kappa`` is Cohen's (Educational and Psychological Measurement 20, 1960): agreement beyond
    what chance would give, 1 at best, 0 as by chance; None where nobody or everybody used it.
    """

    label: str
    both: int
    first: int
    second: int
    neither: int

    @property
    def kappa(self) -> float | None:
        n = self.both + self.first + self.second + self.neither
        by_first, by_second = self.both + self.first, self.both + self.second
        expected = (by_first * by_second + (n - by_first) * (n - by_second)) / n**2
        if expected == 1:
            return None
        return ((self.both + self.neither) / n - expected) / (1 - expected)


def label_agreement(pairs: Sequence[Pair], label: str) -> LabelAgreement:
    held = Counter((label in first, label in second) for first, second in pairs)
    return LabelAgreement(
        label, held[True, True], held[True, False], held[False, True], held[False, False]
    )


def alpha(pairs: Sequence[Pair]) -> float | None:
    """Krippendorff's alpha over whole sets of labels; None where all sets are the same.

    1 − observed / expected disagreement (Krippendorff, Content Analysis, 2004, ch. 11), two coders
    and no gaps; the distance of two sets is 1 − MASI (Passonneau, LREC 2006): how much they
    overlap, times a factor for whether one holds the other.
    """
    if not pairs:
        return None
    observed = sum(masi_distance(*pair) for pair in pairs) / len(pairs)
    kinds = Counter(labels for pair in pairs for labels in pair)
    values = 2 * len(pairs)
    expected = sum(
        many * other_many * masi_distance(labels, others)
        for labels, many in kinds.items()
        for others, other_many in kinds.items()
    ) / (values * (values - 1))
    return None if expected == 0 else 1 - observed / expected


def masi_distance(first: Labels, second: Labels) -> float:
    """0 for the same sets, 1 for sets that share nothing (or where one is empty)."""
    if first == second:
        return 0.0
    shared = first & second
    if not shared:
        return 1.0
    inside = 2 / 3 if shared in (first, second) else 1 / 3
    return 1 - inside * len(shared) / len(first | second)
