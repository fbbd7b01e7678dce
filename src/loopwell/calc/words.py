"""Which words and phrases separate detractors' comments from promoters'?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["detractor", "promoter"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or two-word phrase, the comments on each side that hold it, and how it leans.

    ``z`` is positive where promoters use it more, negative for detractors.
    """

    term: str
    detractors: int
    promoters: int
    z: float
    side: Side


def separating_terms(
    detractor_texts: Sequence[str], promoter_texts: Sequence[str], *, top: int = 15
) -> list[Term]:
    return []


def examples_for(term: str, texts: Sequence[str], limit: int = 3) -> list[str]:
    return []
