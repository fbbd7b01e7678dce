"""In which language is a comment written? “Not known” is an answer.

By its letters and by the small words every language repeats: no dictionary is loaded for it
(simplemma's own detector needs 680 MB for our four languages).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from loopwell.calc.stopwords import STOPWORDS
from loopwell.themes.learning.reading import Token, tokens_of

_TELLING: Mapping[str, re.Pattern[str]] = {
    "uk": re.compile("[іїєґ]"),
    "ru": re.compile("[ыэъё]"),
    "pl": re.compile("[ąćęłńśźż]"),
    "de": re.compile("[ßäöü]"),
    "fr": re.compile("[àâçèêëîïôùûœ]"),
}
"""Letters that none of the others has, as far as people type them."""


def language_of(text: str) -> str | None:
    """ISO code of one of the languages we know small words of; None when it cannot be told."""
    return language_of_words(tokens_of(text))


def language_of_words(tokens: Iterable[Token]) -> str | None:
    """The best language, when nothing else is as good."""
    points: dict[str, int] = {}
    for token in tokens:
        for language in _speaks_for(token.word):
            points[language] = points.get(language, 0) + 1
    ranked = sorted(points.values(), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0] == ranked[1]):
        return None
    return max(points, key=lambda language: points[language])


@lru_cache(20_000)
def _speaks_for(word: str) -> tuple[str, ...]:
    small = {language for language, words in STOPWORDS.items() if word in words}
    lettered = {language for language, letters in _TELLING.items() if letters.search(word)}
    return tuple(sorted(small | lettered))
