"""Which words does a comment hold, and where do they stand in it?

Words in one case and one Unicode form (NFKC), with their combining marks; signs and emoji stand
alone, since “!” and “👍” say something too. Positions are those of the comment as it was written.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from loopwell.kit.lemmas import base_form

LONGEST = 4_000
"""Characters of a comment that are looked at."""
LONGEST_WORD = 60
LEMMAS = frozenset({"en", "pl", "ru", "uk"})
"""Languages with a dictionary of base forms; it is loaded when the first comment needs it."""
_TOKEN = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’\-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*|[\p{S}\p{P}]"
)


class Token(NamedTuple):
    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    return [Token(_plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text[:LONGEST])]


def known_form(word: str, language: str | None) -> str:
    """The base form, where the language is known and has a dictionary."""
    return base_form(word, language) if language in LEMMAS else word


@lru_cache(20_000)
def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return folded.replace("’", "'").replace("ё", "е")[:LONGEST_WORD]
