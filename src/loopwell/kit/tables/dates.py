"""In which order does this column write its dates, and what day is each?

A column that provably mixes day-first and month-first dates is said to, and the dates that
could be either are not guessed. Dates with a dot are day-first everywhere they are used.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from loopwell.kit.tables.missing import is_missing

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
TIME = r"(?:[Tt\s,]+\d{1,2}:\d{2}.*)?"
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?" + TIME + r"$")
COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)$")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + TIME + r"$")
DAY_NAMED = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s./]+([a-z]+)\.?[-\s,./]+(\d{4}|\d{2})"
    + TIME
    + r"$"
)
NAMED_DAY = re.compile(
    r"(?:[a-z]+day,?\s+)?([a-z]+)\.?[-\s]+(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(\d{4})" + TIME + r"$"
)
SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d+)?$")
EXCEL_EPOCH = date(1899, 12, 30)


class Order(StrEnum):
    """In which order day, month and year stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class DateProblem(StrEnum):
    """Why a cell gives no day."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"


class DateReading(NamedTuple):
    """A day, or why there is none."""

    day: date | None
    problem: DateProblem | None = None


@dataclass(frozen=True)
class DateFormat:
    """How a column writes dates. `order` is None where no date proves one of the two orders.

    `mixed` says that both are proved; `examples` holds a date for each order found.
    """

    order: Order | None
    mixed: bool = False
    forced: bool = False
    examples: dict[str, str] = field(default_factory=dict)

    def read(self, text: str) -> DateReading:
        """The day of one cell in this format."""
        if is_missing(text):
            return DateReading(None, DateProblem.MISSING)
        sure = _unambiguous(text)
        if sure is not None:
            return DateReading(sure)
        match = NUMERIC.match(text.strip())
        if match is None:
            return DateReading(None, DateProblem.UNREADABLE)
        return self._read_numeric(match)

    def _read_numeric(self, match: re.Match[str]) -> DateReading:
        order = Order.DMY if match[2] == "." and not self.forced else self.order
        if order is Order.YMD:  # two-digit year first, forced
            day = _day(match[1], match[3], match[4])
        else:
            options = {
                Order.DMY: _day(match[4], match[3], match[1]),
                Order.MDY: _day(match[4], match[1], match[3]),
            }
            possible = {day for day in options.values() if day}
            if self.forced or (order and not self.mixed) or match[2] == ".":
                day = options[order or Order.DMY]
            elif len(possible) == 2:
                return DateReading(None, DateProblem.AMBIGUOUS)
            else:
                day = next(iter(possible), None)
        return DateReading(day, None if day else DateProblem.UNREADABLE)


def forced_format(order: str) -> DateFormat:
    """The order somebody asked for: dmy, mdy or ymd."""
    return DateFormat(Order(order), forced=True)


def detect_date_order(values: Iterable[str]) -> DateFormat:
    """Look at all values (distinct ones suffice) and say which order they prove."""
    examples: dict[str, str] = {}
    for value in values:
        text = value.strip()
        match = NUMERIC.match(text)
        if match is None:
            if Order.YMD not in examples and ISO.match(text):
                examples[Order.YMD] = text
            continue
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or (first > 12 >= second >= 1):
            examples.setdefault(Order.DMY, text)
        elif second > 12 >= first >= 1:
            examples.setdefault(Order.MDY, text)
        elif first != second:
            examples.setdefault("ambiguous", text)
    dmy, mdy = Order.DMY in examples, Order.MDY in examples
    if dmy and mdy:
        return DateFormat(None, mixed=True, examples=examples)
    if dmy or mdy:
        return DateFormat(Order.DMY if dmy else Order.MDY, examples=examples)
    known = Order.YMD in examples and "ambiguous" not in examples
    return DateFormat(Order.YMD if known else None, examples=examples)


def _unambiguous(text: str) -> date | None:
    """Days that are the same in every order: ISO, month names, Excel's serial numbers."""
    text = text.strip().lower()
    if match := ISO.match(text):
        return _day(match[1], match[2], match[3] or "1")
    if match := COMPACT.match(text):
        return _day(match[1], match[2], match[3])
    if match := SERIAL.match(text):
        return EXCEL_EPOCH + timedelta(days=int(match[1]))
    if match := DAY_NAMED.match(text):
        return _day(match[3], str(MONTHS.get(match[2], 0)), match[1])
    if match := NAMED_DAY.match(text):
        return _day(match[3], str(MONTHS.get(match[1], 0)), match[2])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
