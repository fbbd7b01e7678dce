"""Which shades of the company's colour can be read, by WCAG's contrast of two colours?"""

import re

WHITE, INK = "#ffffff", "#17202b"
PAPER, DARK_PAPER = "#ffffff", "#1b222c"
READABLE = 4.5
COLOUR = re.compile(r"#[0-9a-f]{6}")


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white); text needs 4.5 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """White or ink, whichever reads better on this colour."""
    return max((WHITE, INK), key=lambda text: contrast(text, colour))


def readable(colour: str, paper: str) -> str:
    """The colour, moved towards ink or white just as far as it takes to read it on this paper."""
    goal = text_on(paper)
    for step in range(21):
        mixed = _mixed(colour, goal, step / 20)
        if contrast(mixed, paper) >= READABLE:
            return mixed
    return goal


def is_pale(colour: str) -> bool:
    """White text on it cannot be read, so ours becomes dark."""
    return contrast(WHITE, colour) < READABLE


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, goal: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(goal), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
