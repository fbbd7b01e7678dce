"""Which week is it, and how is it written in an address?"""

import re
from datetime import date, timedelta

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_text(monday: date) -> str:
    """ "2026-W47", after ISO 8601."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def read_week(text: str) -> date | None:
    """The Monday of what an address says; None where there is no such week."""
    found = WEEK.fullmatch(text)
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
