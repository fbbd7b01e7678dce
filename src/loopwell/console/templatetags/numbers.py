"""How is a number written for a person: sign, margin, count, share, in their language?"""

from django.utils.formats import number_format
from django.utils.translation import ngettext

MINUS, NO_BREAK, NONE = "−", "\u00a0", "–"


def signed(value: float | None) -> str:
    """Rounded to a whole number, with its sign and a true minus; a dash when there is none."""
    if value is None:
        return NONE
    whole = _round(value)
    if whole == 0:
        return "0"
    return f"{'+' if whole > 0 else MINUS}{abs(whole)}"


def _round(value: float) -> int:
    """Half away from zero, as people do, not to the even neighbour."""
    return int(abs(value) + 0.5) * (1 if value >= 0 else -1)


def grouped(value: float | None) -> str:
    """With the thousands separated as the language does."""
    if value is None:
        return NONE
    places = 0 if float(value).is_integer() else 1
    # number_format cuts digits off, it does not round.
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True)


def percent(share: float | None) -> str:
    """A share between 0 and 1 as a percentage; small ones keep one decimal."""
    if share is None:
        return NONE
    points = share * 100
    places = 1 if 0 < abs(points) < 10 and not float(round(points, 1)).is_integer() else 0
    return f"{number_format(round(points, places), places)}{NO_BREAK}%"


def answers(count: int) -> str:
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": grouped(count)}


def margin(low: float, high: float) -> str:
    """Half the width of an interval: "±5"; with a decimal where it would read as none."""
    half = (high - low) / 2
    return f"±{number_format(round(half, 1), 1) if 0.05 <= half < 0.5 else _round(half)}"
