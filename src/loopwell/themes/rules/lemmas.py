"""Which base forms may a word have, in whichever of our languages it is?"""

import re
from functools import lru_cache

from loopwell.kit.lemmas import base_form

LATIN, CYRILLIC = ("en", "pl"), ("ru", "uk")
LONGEST_WORD = 60
"""Letters of the longest word that is looked up; nobody inflects longer ones."""
_LATIN, _CYRILLIC = re.compile("[a-zà-ž]"), re.compile("[а-яѐ-ӿ]")


@lru_cache(100_000)
def forms(word: str) -> frozenset[str]:
    """The word, in one case, and its base form in each language of its letters that has one."""
    if len(word) > LONGEST_WORD:
        return frozenset({word})
    return frozenset({word, *(base_form(word, language) for language in _languages(word))})


def open_dictionaries() -> None:
    """Those of all our languages. The very first time they are built, some ten seconds: not in a
    transaction, and not in the time somebody has for something else."""
    for language in (*LATIN, *CYRILLIC):
        base_form("a", language)


def _languages(word: str) -> tuple[str, ...]:
    if _CYRILLIC.match(word):
        return CYRILLIC
    return LATIN if _LATIN.match(word) else ()
