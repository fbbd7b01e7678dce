"""Are working hours counted rightly over nights, weekends, holidays and clock changes?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.kit.working_time import (
    Calendar,
    add_working_hours,
    next_working_day,
    next_working_moment,
)

WARSAW = ZoneInfo("Europe/Warsaw")
CALENDAR = Calendar(zone=WARSAW)
ZONES = [
    "UTC",
    "Europe/Warsaw",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
]
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.frozensets(DAYS, max_size=5),
    worked=st.frozensets(DAYS, max_size=5),
)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    datetime(2026, 12, 31),  # noqa: DTZ001 as above
    timezones=st.just(UTC),
)


def warsaw(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WARSAW)  # type: ignore[misc,arg-type]  # year, month, day, …


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (warsaw(2026, 3, 4, 10), 2, warsaw(2026, 3, 4, 12)),
        (warsaw(2026, 3, 4, 10), 8, warsaw(2026, 3, 4, 18)),
        (warsaw(2026, 3, 4, 10), 24, warsaw(2026, 3, 6, 16)),
        (warsaw(2026, 3, 6, 17), 24, warsaw(2026, 3, 11, 14)),  # Friday evening
        (warsaw(2026, 3, 7, 12), 1, warsaw(2026, 3, 9, 10)),  # Saturday
        (warsaw(2026, 3, 4, 3), 0, warsaw(2026, 3, 4, 9)),
        (warsaw(2026, 3, 27, 17), 2, warsaw(2026, 3, 30, 10)),  # clocks go forward on Sunday
        (warsaw(2026, 10, 23, 17), 2, warsaw(2026, 10, 26, 10)),  # and back
    ],
)
def test_due_moments(start: datetime, hours: int, due: datetime) -> None:
    assert add_working_hours(start, hours, CALENDAR) == due


def test_a_holiday_is_not_worked() -> None:
    calendar = Calendar(zone=WARSAW, holidays=frozenset({date(2026, 3, 5)}))
    assert add_working_hours(warsaw(2026, 3, 4, 17), 2, calendar) == warsaw(2026, 3, 6, 10)


def test_a_day_may_be_worked_though_others_are_off() -> None:
    calendar = Calendar(
        zone=WARSAW,
        holidays=frozenset({date(2026, 3, 6)}),
        worked=frozenset({date(2026, 3, 6), date(2026, 3, 7)}),  # a holiday and a Saturday
    )
    assert add_working_hours(warsaw(2026, 3, 5, 17), 11, calendar) == warsaw(2026, 3, 7, 10)


def test_a_night_shift_over_the_clock_change_counts_true_hours() -> None:
    calendar = Calendar(zone=WARSAW, days=frozenset(range(7)), start=time(1), end=time(5))
    # 01:00–05:00 on 29 March lasts three hours, because 02:00–03:00 does not exist.
    assert add_working_hours(warsaw(2026, 3, 29, 0), 4, calendar) == warsaw(2026, 3, 30, 2)


def test_who_did_not_answer_in_the_morning_is_called_in_the_afternoon() -> None:
    assert next_working_day(warsaw(2026, 3, 6, 10), CALENDAR) == warsaw(2026, 3, 9, 15, 45)
    assert next_working_day(warsaw(2026, 3, 6, 16), CALENDAR) == warsaw(2026, 3, 9, 11, 15)
    same = next_working_day(warsaw(2026, 3, 6, 16), CALENDAR, other_hour=False)
    assert same == warsaw(2026, 3, 9, 16)


def test_outside_working_hours_people_work_again_next_morning() -> None:
    assert next_working_moment(warsaw(2026, 3, 6, 18), CALENDAR) == warsaw(2026, 3, 9, 9)
    assert next_working_moment(warsaw(2026, 3, 6, 12), CALENDAR) == warsaw(2026, 3, 6, 12)


@pytest.mark.parametrize("bad", [{"days": frozenset()}, {"start": time(18), "end": time(9)}])
def test_impossible_calendars_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Calendar(zone=WARSAW, **bad)  # type: ignore[arg-type]  # wrong on purpose


def works(day: date, calendar: Calendar) -> bool:
    usual = day.weekday() in calendar.days and day not in calendar.holidays
    return usual or day in calendar.worked


def worked(begin: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Working time between two moments, counted another way: shift by shift."""
    total, day = timedelta(), begin.astimezone(calendar.zone).date()
    while day <= end.astimezone(calendar.zone).date():
        if works(day, calendar):
            opens = datetime.combine(day, calendar.start, calendar.zone).astimezone(UTC)
            shuts = datetime.combine(day, calendar.end, calendar.zone).astimezone(UTC)
            total += max(min(shuts, end) - max(opens, begin), timedelta())
        day += timedelta(days=1)
    return total


@given(moments, st.integers(1, 200), calendars)
def test_exactly_the_hours_asked_for_are_worked(
    start: datetime, hours: int, calendar: Calendar
) -> None:
    due = add_working_hours(start, hours, calendar)
    assert worked(start, due, calendar) == timedelta(hours=hours)


@given(moments, st.integers(0, 60), st.integers(0, 60), calendars)
def test_waiting_twice_is_waiting_once(
    start: datetime, first: int, second: int, calendar: Calendar
) -> None:
    twice = add_working_hours(add_working_hours(start, first, calendar), second, calendar)
    once = add_working_hours(start, first + second, calendar)
    # At the end of a day "due now" and "next morning" are the same working moment.
    assert worked(start, twice, calendar) == worked(start, once, calendar)


@given(moments, calendars, st.booleans())
def test_the_next_day_is_a_later_working_moment(
    at: datetime, calendar: Calendar, other_hour: bool
) -> None:
    again = next_working_day(at, calendar, other_hour=other_hour)
    local = again.astimezone(calendar.zone)
    assert local.date() > at.astimezone(calendar.zone).date()
    assert works(local.date(), calendar)
    assert calendar.start <= local.time() <= calendar.end
