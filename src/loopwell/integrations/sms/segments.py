"""How many SMS does a text cost? Gateways cut and charge by segments."""

import math
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Of GSM-7 too, but each takes two places."""


@dataclass(frozen=True)
class Size:
    """`characters` as the encoding counts them; `odd` are those that make it expensive."""

    segments: int
    characters: int
    unicode: bool
    odd: tuple[str, ...] = ()


def size_of(text: str) -> Size:
    """GSM-7: 160 characters alone, 153 in each of several. Otherwise UCS-2: 70 and 67."""
    odd = tuple(dict.fromkeys(each for each in text if each not in BASIC | EXTENDED))
    if odd:
        units = len(text.encode("utf-16-be")) // 2
        return Size(_segments(units, 70, 67), units, True, odd)
    units = len(text) + sum(each in EXTENDED for each in text)
    return Size(_segments(units, 160, 153), units, False)


def _segments(units: int, alone: int, each: int) -> int:
    return 1 if units <= alone else math.ceil(units / each)
