"""How does our company look to customers: logo, colour, sender, address?

`brand()` is the one way to ask. Colours come as pairs that can be read together:

    colour, on_colour             a filled button and the text on it
    text_colour                   links and outlines on white paper
    dark_colour, on_dark_colour   the same in the dark: on #1b222c, and text on that colour
    logo_data_uri                 for `<img src>`, at most 7 KB; "" without a logo
    logo_width, logo_height       for the attributes of that `<img>`, in CSS pixels
    logo                          the PNG itself, for a mail
"""

import base64
import struct
import time
from dataclasses import dataclass

from django.db import connection

from loopwell.surveys.brand_rules import DARK_PAPER, PAPER, readable, text_on
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Brand

KEPT = 5.0  # seconds
SHOWN_HEIGHT = 40
_kept: tuple[float, "Look"] | None = None


@dataclass(frozen=True)
class Look:
    """The company's look; empty texts mean that nothing was chosen."""

    colour: str
    on_colour: str
    text_colour: str
    dark_colour: str
    on_dark_colour: str
    logo: bytes = b""
    logo_data_uri: str = ""
    logo_width: int = 0
    logo_height: int = 0
    sender_name: str = ""
    reply_to: str = ""
    postal_address: str = ""


def brand() -> Look:
    """The look as it was at most five seconds ago. Inside a transaction it is read afresh and
    not kept, because what is read there may yet be rolled back."""
    global _kept
    if connection.in_atomic_block:
        return look_of(stored())
    if _kept is None or time.monotonic() - _kept[0] > KEPT:
        _kept = (time.monotonic(), look_of(stored()))
    return _kept[1]


def look_for(kind: str) -> Look:
    """How a survey of this kind looks: a panel that compares competitors must not learn who asks,
    so it sees neither our logo nor our colour, name or address."""
    return look_of(Brand()) if hides_us(kind) else brand()


def hides_us(kind: str) -> bool:
    """Whether messages and pages of this kind keep silent about the company that asks."""
    return kind == SurveyKind.BENCHMARK


def forget() -> None:
    """The next `brand()` of this process reads afresh."""
    global _kept
    _kept = None


def stored() -> Brand:
    """The company's one row, or an unsaved one with our defaults."""
    return Brand.objects.order_by("pk").first() or Brand()


def look_of(row: Brand) -> Look:
    logo = bytes(row.logo or b"")
    width, height = _shown_size(logo)
    dark = readable(row.colour, DARK_PAPER)
    return Look(
        colour=row.colour,
        on_colour=text_on(row.colour),
        text_colour=readable(row.colour, PAPER),
        dark_colour=dark,
        on_dark_colour=text_on(dark),
        logo=logo,
        logo_data_uri=f"data:image/png;base64,{base64.b64encode(logo).decode()}" if logo else "",
        logo_width=width,
        logo_height=height,
        sender_name=row.sender_name,
        reply_to=row.reply_to,
        postal_address=row.postal_address,
    )


def _shown_size(png: bytes) -> tuple[int, int]:
    """At most 40 px high; the header of a PNG tells its pixels at bytes 16 to 24."""
    if not png:
        return 0, 0
    width, height = struct.unpack(">II", png[16:24])
    shrink = min(1.0, SHOWN_HEIGHT / height)
    return max(1, round(width * shrink)), max(1, round(height * shrink))
