"""What does one row of a file or a query say about an interaction, and what is wrong in it?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.people.rules.drafts import InteractionDraft
from loopwell.people.rules.reading import Cells, read_email, read_language, read_phone

CLOCKS_DIFFER = timedelta(minutes=2)
EARLIEST = 1990
NOON = time(12)
TIME = re.compile(
    r"[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp][Mm])?\s*"
    r"(Z|UTC|[+-]\d{2}:?(?:\d{2})?)?$"
)
ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


@dataclass(frozen=True)
class InteractionReading:
    """What holds for the whole file: the clock it was written by, the order of its dates."""

    zone: ZoneInfo
    now: datetime
    dates: DateFormat = field(default_factory=lambda: DateFormat(None))
    region: str = ""


def read_interaction(cells: Cells, reading: InteractionReading) -> InteractionDraft:
    draft = InteractionDraft(
        external_id=cells.text("external_id"),
        touchpoint=cells.text("touchpoint") or "",
        at=_moment(cells, reading),
        customer_id=cells.text("customer_id"),
        customer_email=read_email(cells, "customer_email"),
        customer_phone=read_phone(cells, "customer_phone", reading.region),
        customer_name=cells.text("customer_name"),
        language=read_language(cells),
        unit=cells.text("unit"),
        employee=cells.text("employee"),
        channel=cells.text("channel"),
        product=cells.text("product"),
        properties=cells.properties(),
    )
    if not draft.touchpoint:
        cells.refuse("touchpoint", "", _("no touchpoint"))
    if not draft.whose and not cells.is_refused:
        reason = _("nothing says whose it was: neither external id nor e-mail nor phone")
        cells.refuse("customer_id", "", reason)
    return draft


def _moment(cells: Cells, reading: InteractionReading) -> datetime | None:
    text = cells.values.get("at", "").strip()
    moment = _read(text, reading)
    if isinstance(moment, str):
        cells.refuse("at", text, moment)
        return None
    if reason := to_come(moment, reading.now):
        cells.refuse("at", text, reason)
        return None
    return min(moment, reading.now)


def _read(text: str, reading: InteractionReading) -> datetime | str:
    """The moment, or why there is none."""
    if ISO.match(text):
        try:  # what programs write, and most rows of most files
            found = datetime.fromisoformat(text)
        except ValueError:
            pass  # another reading, or its sentence, comes below
        else:
            return _in_utc(found, reading)
    day = reading.dates.read(text)
    if day.day is None:
        return {
            DateProblem.MISSING: _("no time"),
            DateProblem.AMBIGUOUS: _(
                "could be day-month or month-day, and the column has both: choose the order"
            ),
        }.get(day.problem or DateProblem.UNREADABLE, _("not a date"))
    clock = _clock(text)
    if clock is None:
        return _("not a time of day")
    found = datetime.combine(day.day, clock[0], tzinfo=clock[1] or reading.zone).astimezone(UTC)
    today = reading.now.astimezone(reading.zone).date()
    return min(found, reading.now) if ":" not in text and day.day == today else found


def _in_utc(moment: datetime, reading: InteractionReading) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=reading.zone)).astimezone(UTC)


def _clock(text: str) -> tuple[time, tzinfo | None] | None:
    """Time of day and its offset from UTC, if one is written; None when it is no time."""
    match = TIME.search(text)
    if match is None:
        return None if ":" in text else (NOON, None)
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    try:
        return time(hour, minute, second), _offset(match[5])
    except ValueError:
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("Z", "UTC"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(away if text[0] == "+" else -away)


def to_come(moment: datetime, now: datetime) -> str:
    """Why the moment cannot be meant, "" when it can; clocks may be two minutes wrong."""
    if moment > now + CLOCKS_DIFFER:
        return _("This moment is still to come: check the time and its zone.")
    return _("the date is before 1990") if moment.year < EARLIEST else ""


def whose_words(draft: InteractionDraft) -> str:
    """Who the customer is said to be, as one line for a person."""
    told = (draft.customer_name, draft.customer_id, draft.customer_email, draft.customer_phone)
    return " · ".join(each for each in told if each)


PLACES: Mapping[str, str] = {
    "customer_ref": "customer.ref",
    "customer_id": "customer.external_id",
    "customer_email": "customer.email",
    "customer_phone": "customer.phone",
    "customer_name": "customer.name",
    "language": "customer.language",
}
"""Where a field of a draft stands in the API's body."""
