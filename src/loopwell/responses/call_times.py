"""When may an unhappy customer be called: how is what they chose kept, and how is it read?"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

KEY = "call_when"
"""Under this key of `answers` stands {"when": "any" or "2026-03-05 09:00-12:00", "phone": …}."""
ANY = "any"
TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)-(\d\d:\d\d)")


def when_words(said: Mapping[str, Any]) -> str:
    """The time as the customer reads it; empty where none was chosen."""
    when = str(said.get("when", ""))
    found = TIME.fullmatch(when)
    if found:
        day = _day(found[1])
        return hours_words(day, found[2], found[3]) if day else when
    return _("Any time") if when == ANY else ""


def in_words(said: Mapping[str, Any]) -> str:
    """The time as the customer reads it, and the number."""
    return ", ".join(each for each in (when_words(said), str(said.get("phone", ""))) if each)


def hours_words(day: date, first: str, last: str) -> str:
    hours = f"{first}\u2060–\u2060{last}"  # never broken over two lines
    return f"{date_format(day, 'l')}, {date_format(day, 'MONTH_DAY_FORMAT')}, {hours}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # the 31st of a short month
        return None
