"""How is a phrase with choices written down, and how is one of its forms drawn?

`[a|b|c]` is one of several wordings (one may be empty), `{m/f}` the form that fits the
speaker's gender.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_CHOICE = re.compile(r"\[([^\]]*)\]|\{([^/}]*)/([^}]*)\}")


@dataclass(frozen=True)
class Phrases:
    """short, opening, closing: by mood (awful 0–3, poor 4–6, fair 7–8, good 9–10);
    core, detail: by cause. A short one stands alone; a core can, and others join it."""

    short: Mapping[str, tuple[str, ...]]
    opening: Mapping[str, tuple[str, ...]]
    closing: Mapping[str, tuple[str, ...]]
    core: Mapping[str, tuple[str, ...]]
    detail: Mapping[str, tuple[str, ...]]


def spoken(draw: random.Random, phrase: str, gender: str) -> str:
    """One form of the phrase; gender "m" or "f"."""

    def form(match: re.Match[str]) -> str:
        if match[1] is not None:
            options = match[1].split("|")
            return options[int(draw.random() * len(options))]
        return match[2] if gender == "m" else match[3]

    return _CHOICE.sub(form, phrase) if "[" in phrase or "{" in phrase else phrase


def lines(text: str) -> tuple[str, ...]:
    """The phrases of a block: one per line, or several with " // " between them."""
    return tuple(
        part.strip() for line in text.splitlines() for part in line.split(" // ") if part.strip()
    )
