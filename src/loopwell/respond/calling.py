"""When may we call an unhappy customer: what can be chosen, and how is it said back to them?"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.respond.fields import Choice

KEY = "call_when"
"""Under this key of `answers` stands {"when": "any" or "2026-03-05 09:00-12:00", "phone": …}."""
ANY = "any"
PARTS = ((9, 12), (12, 17))
DAYS = 2
_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)-(\d\d:\d\d)")
PHONE_LIMIT = 40


def call_choices(now: datetime, time_zone: str = "") -> Sequence[Choice]:
    """Any time, and the parts of the next working days that lie ahead where the customer is."""
    here = now.astimezone(ZoneInfo(time_zone or settings.TIME_ZONE))
    found = [Choice(ANY, _("Any time"))]
    day, days = here.date(), 0
    while days < DAYS:
        ahead = [part for part in PARTS if day > here.date() or here.hour < part[1] - 1]
        if day.weekday() < 5 and ahead:
            days += 1
            found += [_choice(day, *part) for part in ahead]
        day += timedelta(days=1)
    return found


def said_in(post: QueryDict) -> dict[str, str] | None:
    """What was chosen and typed; None when neither."""
    when = post.get("when", "")
    when = when if when == ANY or _TIME.fullmatch(when) else ""
    phone = " ".join(post.get("phone", "").replace("\x00", "").split())[:PHONE_LIMIT]
    return {"when": when, "phone": phone} if when or phone else None


def in_words(said: Mapping[str, Any]) -> str:
    """The time as the customer reads it, and the number."""
    when = str(said.get("when", ""))
    found = _TIME.fullmatch(when)
    if found:
        day = _day(found[1])
        words = _label(day, found[2], found[3]) if day else when
    else:
        words = _("Any time") if when == ANY else ""
    return ", ".join(each for each in (words, str(said.get("phone", ""))) if each)


def _choice(day: date, begin: int, end: int) -> Choice:
    first, last = f"{begin:02}:00", f"{end:02}:00"
    return Choice(f"{day.isoformat()} {first}-{last}", _label(day, first, last))


def _label(day: date, first: str, last: str) -> str:
    hours = f"{first}\u2060–\u2060{last}"  # never broken over two lines
    return f"{date_format(day, 'l')}, {date_format(day, 'MONTH_DAY_FORMAT')}, {hours}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # the 31st of a short month
        return None
