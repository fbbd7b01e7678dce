"""How are numbers written for a reader: signs, separators, months?"""

import math
from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def count(n: int) -> str:
    """13,612 in English, 13 612 in the other languages."""
    return f"{n:,}".replace(",", "," if _english() else NARROW)


def points(value: float, digits: int = 1) -> str:
    """A score or difference with its sign: +53.4, −7.0, 0.0."""
    shown = f"{abs(value):.{digits}f}"
    sign = "" if float(shown) == 0 else "+" if value > 0 else MINUS
    return sign + _decimal(shown)


def percent(value: float, digits: int = 0) -> str:
    """A share given in percent."""
    if digits == 0 and 0 < value < 0.5:
        return "<" + percent(1)
    shown = _("%s %%") % _decimal(f"{value:.{digits}f}")
    return shown.replace(" ", NARROW)


def number(value: float, digits: int = 2) -> str:
    """A plain number with a true minus."""
    return _decimal(f"{value:.{digits}f}").replace("-", MINUS)


def p_value(p: float | None) -> str:
    """Enough digits to judge, a dash where nothing was tested."""
    if p is None:
        return "–"
    if p < 0.001:
        return "<" + _decimal("0.001")
    return _decimal(f"{p:.3f}" if p < 0.1 else f"{p:.2f}")


def margin(low: float, high: float) -> str:
    """Half the interval's width: ±1.1."""
    return "±" + _decimal(f"{(high - low) / 2:.1f}")


def day(value: date) -> str:
    return str(formats.date_format(value, "DATE_FORMAT", use_l10n=True))


def month(label: str) -> str:
    """“2024-05” as May 2024 in the reader's language."""
    year, number_ = label.split("-")
    return str(formats.date_format(date(int(year), int(number_), 1), "YEAR_MONTH_FORMAT"))


def short_month(label: str) -> str:
    """“2024-05” as May 24, for axes."""
    year, number_ = label.split("-")
    return str(formats.date_format(date(int(year), int(number_), 1), "M y"))


def printable(text: str) -> str:
    """Without control characters: a cell must not steer the terminal it is shown in."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def axis_step(longest: int, marks: int) -> int:
    """Every how many places an axis gets a mark, so that at most `marks` are drawn."""
    return max(1, math.ceil(longest / marks))


def _decimal(text: str) -> str:
    return text if _english() else text.replace(".", ",")


def _english() -> bool:
    return (translation.get_language() or "en").startswith("en")
