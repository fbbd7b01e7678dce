"""What is the base form of a word: “waited” and “waiting” are “wait”?

Dictionaries of simplemma as tries: 30 MB of memory for our four languages instead of 640. They are
built once, some ten seconds, and kept in the user's cache folder; where that cannot be written they
are built anew in each process.
"""

from functools import cache, lru_cache
from typing import Any


@lru_cache(100_000)
def base_form(word: str, language: str) -> str:
    """The word itself where the dictionary does not know it."""
    return str(_lemmatizer().lemmatize(word, lang=language)).casefold()


@cache
def _lemmatizer() -> Any:
    # Loaded here: most processes never need it.
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries import TrieDictionaryFactory

    return Lemmatizer(
        lemmatization_strategy=DefaultStrategy(dictionary_factory=TrieDictionaryFactory())
    )
