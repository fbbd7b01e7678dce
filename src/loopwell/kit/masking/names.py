"""Where does a text name this person, with the endings that Slavic languages give to names?"""

import re
from collections.abc import Iterable, Iterator

from loopwell.kit.masking.found import Found, Kind

SHORTEST = 3
BETWEEN = frozenset({" ", "\u00a0", "-", ". "})
VOWELS = frozenset("aeiouyąęóаеёиоуыэюяіїєй")
FLEETING = frozenset("eеёо")


def names_in(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Each word of a name by itself and its forms; “Grace” but not “grace”, where a script has
    capitals: names are words too. Neighbours are one."""
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    forms = {form for word in words for form in _forms(word)}
    if not forms:
        return
    one = re.compile(
        r"(?<!\w)(?:" + "|".join(sorted(forms, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
    )
    start = end = -1
    for found in one.finditer(text):
        if found[0][0].islower():
            continue
        if end >= 0 and text[end : found.start()] in BETWEEN:
            end = found.end()
            continue
        if end >= 0:
            yield Found(start, end, Kind.NAME)
        start, end = found.span()
    if end >= 0:
        yield Found(start, end, Kind.NAME)


def _forms(word: str) -> Iterator[str]:
    """Expressions of fixed length at most: the stem, and an ending of few letters."""
    if word.lower() == word.upper():  # a script without capitals
        if len(word) > 1:
            yield re.escape(word)
        return
    if len(word) < SHORTEST:
        return
    low = word.lower()
    stem = low[:-1] if len(low) > SHORTEST and low[-1] in VOWELS else low
    ending = 4 if len(stem) > 4 else 3 if stem != low else 2
    yield rf"{re.escape(stem)}\w{{0,{ending}}}"
    if len(stem) > SHORTEST and stem[-2] in FLEETING and stem[-1] not in VOWELS:
        yield rf"{re.escape(stem[:-2] + stem[-1])}\w{{1,3}}"  # Marek, Marka; Павел, Павла
