"""Which month is it, and how is it written in an address?"""

import re
from datetime import date, timedelta

MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def month_text(month: date) -> str:
    return f"{month:%Y-%m}"


def read_month(text: str) -> date | None:
    """The first day of what an address says; None where there is no such month."""
    found = MONTH.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None
