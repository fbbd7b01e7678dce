"""Where do words found in a masked text stand in the whole one?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loopwell.kit.masking import spans, word_of

LONGEST = 4_000
"""Characters of a comment that are read."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Veiled:
    """`parts` are (start in `text`, start in the whole, length in the whole, is it masked?)."""

    text: str
    parts: tuple[tuple[int, int, int, bool], ...]

    def place_of(self, words: str) -> Span | None:
        """The first place of these words in the whole text; None where they do not stand in it.

        A word in brackets stands for all that it hides.
        """
        wanted = words.strip()
        found = wanted and re.search(re.escape(wanted), self.text, re.IGNORECASE)
        if not found:
            return None
        return self._whole(found.start(), ending=False), self._whole(found.end(), ending=True)

    def _whole(self, place: int, *, ending: bool) -> int:
        last = place - 1 if ending else place
        begins, whole, length, is_masked = [part for part in self.parts if part[0] <= last][-1]
        if is_masked:
            return whole + length if ending else whole
        return whole + place - begins


def veiled(text: str, names: Iterable[str]) -> Veiled:
    written: list[str] = []
    parts: list[tuple[int, int, int, bool]] = []
    at = length = 0
    for each in [*spans(text, names), None]:
        clear = text[at : each.start if each else len(text)]
        if clear:
            parts.append((length, at, len(clear), False))
            written.append(clear)
            length += len(clear)
        if each:
            parts.append((length, each.start, each.end - each.start, True))
            written.append(word_of(each.kind))
            length += len(written[-1])
            at = each.end
    return Veiled("".join(written)[:LONGEST], tuple(parts))
