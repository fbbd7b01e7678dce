"""When may we call an unhappy customer: what can be chosen, and what did they choose?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.responses.call_times import ANY, KEY, TIME, hours_words, in_words
from loopwell.responses.fields import Choice

__all__ = ["KEY", "call_choices", "in_words", "said_in"]
PARTS = ((9, 12), (12, 17))
DAYS = 2
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
    when = when if when == ANY or TIME.fullmatch(when) else ""
    phone = " ".join(post.get("phone", "").replace("\x00", "").split())[:PHONE_LIMIT]
    return {"when": when, "phone": phone} if when or phone else None


def _choice(day: date, begin: int, end: int) -> Choice:
    first, last = f"{begin:02}:00", f"{end:02}:00"
    return Choice(f"{day.isoformat()} {first}-{last}", hours_words(day, first, last))
