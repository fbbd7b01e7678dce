"""Which pieces of a text are shown as marked?"""

from collections.abc import Iterable


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text cut at the places (in order, none overlapping), each piece with whether it is
    marked."""
    found, at = [], 0
    for start, end in spans:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]
