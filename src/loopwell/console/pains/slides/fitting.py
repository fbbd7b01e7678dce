"""Which text can stand in a slide, how large, and in which direction?

PowerPoint does not shrink text when a file is opened, so that what is too long is made smaller
here, and then cut. Widths are estimated: a letter is half as wide as it is high, on average, an
ideograph or emoji as wide.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

POINT = 1 / 72
LINE = 1.2
LETTER = 0.54
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff]")
"""Not allowed in XML, or nothing that is seen."""


@dataclass(frozen=True)
class Fitted:
    text: str
    size: float


def clean(text: str) -> str:
    """One line of what XML can hold; what cannot be held is left out."""
    return " ".join(_REFUSED.sub(" ", text).split())


def fitted(text: str, *, width: float, height: float, sizes: tuple[float, ...]) -> Fitted:
    """The largest of these sizes (in points, falling) at which the text fits into so many inches;
    cut with … at the smallest."""
    told = clean(text)
    for size in sizes:
        if lines(told, width, size) <= most_lines(height, size):
            return Fitted(told, size)
    smallest = sizes[-1]
    room = most_lines(height, smallest)
    while told and lines(f"{told}…", width, smallest) > room:
        told = told[: int(len(told) * 0.9)].rstrip()
    return Fitted(f"{told}…", smallest)


def most_lines(height: float, size: float) -> int:
    return max(int(height / (size * POINT * LINE) + 0.02), 1)


def lines(text: str, width: float, size: float) -> int:
    """How many lines this wide the words take, broken at spaces; a long word is broken."""
    count, at = 1, 0.0
    space = LETTER * size * POINT
    for word in text.split(" "):
        length = sum(_wide(letter) for letter in word) * size * POINT
        if at and at + space + length > width:
            count, at = count + 1, 0.0
        at += (space if at else 0.0) + length
        while at > width:
            count, at = count + 1, at - width
    return count


@lru_cache(maxsize=4096)
def _wide(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else LETTER


def is_right_to_left(text: str) -> bool:
    """By its first letter that has a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
