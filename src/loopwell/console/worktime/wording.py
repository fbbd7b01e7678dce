"""How is a unit's working time said in a few words?"""

from datetime import time
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.cases.queries import Hours
from loopwell.kit.public_holidays import place_name
from loopwell.kit.working_time import Calendar


def week_in_words(calendar: Calendar) -> str:
    """Mon–Fri, 09:00–18:00."""
    facts = {
        "days": days_in_words(sorted(calendar.days)),
        "start": _clock(calendar.start),
        "end": _clock(calendar.end),
    }
    return _("%(days)s, %(start)s–%(end)s") % facts


def days_in_words(days: list[int]) -> str:
    """Neighbouring days as a span: Mon–Wed, Fri."""
    spans: list[list[int]] = []
    for day in days:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    names = [
        str(WEEKDAYS_ABBR[span[0]])
        if len(span) == 1
        else f"{WEEKDAYS_ABBR[span[0]]}–{WEEKDAYS_ABBR[span[-1]]}"
        for span in spans
    ]
    return ", ".join(names)


def holidays_in_words(hours: Hours) -> str:
    code = hours.week.holidays_of if hours.week else ""
    return place_name(code, get_language() or "en")


def first_values(hours: Hours) -> dict[str, Any]:
    """What the form shows before anybody typed: what holds now."""
    code = hours.week.holidays_of if hours.week else ""
    country, _dash, region = code.partition("-")
    return {
        "days": [str(day) for day in sorted(hours.calendar.days)],
        "start": hours.calendar.start,
        "end": hours.calendar.end,
        "country": country,
        "region": region,
    }


def _clock(moment: time) -> str:
    return time_format(moment, "H:i")
