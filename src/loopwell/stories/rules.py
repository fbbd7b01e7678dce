"""What must a text not say about a customer, and which quarter is it?"""

import re
from collections.abc import Iterable
from datetime import date

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"\+?\d[\d\s().-]{6,}\d")
SHORTEST_NAME = 3


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with the customer's names, and every mail address and phone number, replaced.

    Names are found as whole words without regard to case, each word of a name by itself, also with
    an ending of up to three letters, as Slavic languages give them.
    """
    found = PHONE.sub("…", MAIL.sub("…", text))
    words = {word for name in names for word in re.findall(r"\w+", name)}
    wanted = sorted((w for w in words if len(w) >= SHORTEST_NAME), key=len, reverse=True)
    if not wanted:
        return found
    pattern = re.compile(
        r"\b(?:" + "|".join(map(re.escape, wanted)) + r")\w{0,3}\b"
        r"(?:\s+(?:" + "|".join(map(re.escape, wanted)) + r")\w{0,3}\b)*",
        re.IGNORECASE,
    )
    return pattern.sub(instead, found)


def names_in(text: str, names: Iterable[str]) -> bool:
    """Whether the text still says who the customer is."""
    return without_names(text, names, "\0") != text


def quarter_of(day: date) -> date:
    """The first day of the quarter of this day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def quarter_before(quarter: date) -> date:
    return quarter_of(date.fromordinal(quarter.toordinal() - 1))


def quarter_after(quarter: date) -> date:
    return quarter_of(date.fromordinal(quarter.toordinal() + 95))
