"""Which words stand in a comment, which number in a property, and who belongs to a share?"""

import re
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from loopwell.kit.tables.numbers import read_number


def any_word(words: tuple[str, ...], text: str) -> bool:
    """Whether a word of the text begins with one of them, whatever its case: "deliver" finds
    "Delivered", "достав" finds "доставили"; an expression of several words is looked for whole."""
    return bool(text) and _beginnings(words).search(text.casefold()) is not None


@lru_cache(maxsize=256)
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str]:
    known = [r"\s+".join(map(re.escape, w.casefold().split())) for w in words if w.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})" if known else r"(?!)")


def as_number(text: object) -> Decimal | None:
    """A property is text; what is no number matches no limit."""
    number = read_number(str(text))
    return None if number is None else Decimal(str(number))


def in_share(ref: str, percent: int) -> bool:
    """Always the same part of all: who belongs to 10 % belongs to 25 % too."""
    if percent >= 100:
        return True
    return int.from_bytes(sha256(ref.encode()).digest()[:4], "big") % 100 < percent
