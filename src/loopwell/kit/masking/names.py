"""Where does a text name this person, with the endings that Slavic languages give to names?"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loopwell.kit.masking.found import Found, Kind

SHORTEST = 3
BETWEEN = frozenset({" ", "\u00a0", "-", ". "})
VOWELS = frozenset("aeiouyąęóаеёиоуыэюяіїєй")
FLEETING = frozenset("eеёо")


class _Form(NamedTuple):
    """How a name can be written: its stem, and an expression for an ending of few letters."""

    stem: str
    ending: str


def names_in(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Each word of a name by itself and its forms; “Grace” but not “grace”, where a script has
    capitals: names are words too. Neighbours are one."""
    low = text.lower()
    words = {word.lower() for name in names for word in re.findall(r"[^\W\d_]+", name)}
    forms = [
        f"{re.escape(form.stem)}{form.ending}"
        for word in words
        for form in _forms(word)
        if form.stem in low  # most comments name nobody: no expression is made for them
    ]
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


def _forms(word: str) -> Iterator[_Form]:
    """Of a name in small letters."""
    if word == word.upper():  # a script without capitals
        if len(word) > 1:
            yield _Form(word, "")
        return
    if len(word) < SHORTEST:
        return
    stem = word[:-1] if len(word) > SHORTEST and word[-1] in VOWELS else word
    most = 4 if len(stem) > 4 else 3 if stem != word else 2
    yield _Form(stem, rf"\w{{0,{most}}}")
    if len(stem) > SHORTEST and stem[-2] in FLEETING and stem[-1] not in VOWELS:
        yield _Form(stem[:-2] + stem[-1], r"\w{1,3}")  # Marek, Marka; Павел, Павла
