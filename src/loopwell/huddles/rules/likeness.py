"""How alike are two raised issues, from their words alone?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5  # "invoice", "invoices" and "invoiced" count as one word; endings differ by language
ENOUGH = 0.3


@dataclass(frozen=True)
class Wording:
    """What is compared; `theme` is None where nobody chose a root cause."""

    title: str
    text: str = ""
    theme: int | None = None


@dataclass(frozen=True)
class Likeness:
    """From 0 to 1, and the words both have: the reader judges by them."""

    score: float
    words: Sequence[str]
    same_theme: bool

    @property
    def percent(self) -> int:
        return round(100 * self.score)


def likeness(one: Wording, other: Wording) -> Likeness:
    """Words of title and text count most, then letters of the title (for spellings); the same
    root cause closes a quarter of what is missing, but alone makes nothing alike."""
    mine, theirs = _words(one), _words(other)
    shared = sorted(mine.keys() & theirs.keys())
    by_words = _overlap(set(mine), set(theirs))
    by_letters = _overlap(_letters(one.title), _letters(other.title))
    score = max(0.6 * by_words + 0.4 * by_letters, 0.9 * by_letters**2)
    same = one.theme is not None and one.theme == other.theme
    if same and score > 0:
        score += (1 - score) / 4
    return Likeness(score, [mine[stem] for stem in shared], same)


def _words(wording: Wording) -> dict[str, str]:
    """Each word by its beginning."""
    found: dict[str, str] = {}
    for word in WORD.findall(f"{wording.title} {wording.text}".casefold()):
        found.setdefault(word[:STEM], word)
    return found


def _letters(title: str) -> set[str]:
    plain = f" {' '.join(title.casefold().split())} "
    return {plain[i : i + 3] for i in range(len(plain) - 2)} if plain.strip() else set()


def _overlap(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
