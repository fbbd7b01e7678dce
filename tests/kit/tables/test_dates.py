"""The order of dates is proved by the column, never guessed."""

from datetime import date

import pytest

from loopwell.kit.tables.dates import DateProblem, Order, detect_date_order, forced_format


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("2026-03-04T10:30:00Z", date(2026, 3, 4)),
        ("2026/3/4 10:30", date(2026, 3, 4)),
        ("2026-03", date(2026, 3, 1)),
        ("20260304", date(2026, 3, 4)),
        ("4 March 2026", date(2026, 3, 4)),
        ("04-Mar-26", date(2026, 3, 4)),
        ("Wednesday, 4th Mar 2026", date(2026, 3, 4)),
        ("Mar 4, 2026 10:30 AM", date(2026, 3, 4)),
        ("4.3.2026", date(2026, 3, 4)),
        ("04.03.26 10:30", date(2026, 3, 4)),
        ("46085", date(2026, 3, 4)),
        ("46085.4375", date(2026, 3, 4)),
    ],
)
def test_dates_that_are_the_same_in_every_order(text: str, day: date) -> None:
    assert detect_date_order([text]).read(text).day == day


@pytest.mark.parametrize(
    ("column", "order", "day"),
    [
        (["04/03/2026", "25/03/2026"], Order.DMY, date(2026, 3, 4)),
        (["04/03/2026", "03/25/2026"], Order.MDY, date(2026, 4, 3)),
        (["4/3/26 9:15", "12/31/25 10:00"], Order.MDY, date(2026, 4, 3)),
        (["04-03-2026", "31-12-2025"], Order.DMY, date(2026, 3, 4)),
    ],
)
def test_one_date_proves_the_order_of_all(column: list[str], order: Order, day: date) -> None:
    found = detect_date_order(column)
    assert (found.order, found.mixed, found.read(column[0]).day) == (order, False, day)


def test_a_column_that_mixes_orders_keeps_only_what_is_certain() -> None:
    found = detect_date_order(["25/12/2025", "12/25/2025", "03/04/2026", "05/05/2026"])

    assert (found.order, found.mixed) == (None, True)
    assert found.read("25/12/2025").day == found.read("12/25/2025").day == date(2025, 12, 25)
    assert found.read("05/05/2026").day == date(2026, 5, 5)
    assert found.read("03/04/2026").problem is DateProblem.AMBIGUOUS


def test_nothing_proved_is_nothing_guessed() -> None:
    found = detect_date_order(["03/04/2026", "01/02/2026"])
    assert (found.order, found.mixed) == (None, False)
    assert found.read("03/04/2026").problem is DateProblem.AMBIGUOUS


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 4, 3)), ("mdy", date(2026, 3, 4))])
def test_forced_order(order: str, day: date) -> None:
    assert forced_format(order).read("03/04/2026").day == day


def test_forced_order_does_not_bend() -> None:
    assert forced_format("mdy").read("25/12/2025").problem is DateProblem.UNREADABLE
    assert forced_format("ymd").read("26/03/04").day == date(2026, 3, 4)


@pytest.mark.parametrize("text", ["yesterday", "32/01/2026", "2026-13-01", "12", "31 Foo 2026"])
def test_what_is_no_date(text: str) -> None:
    assert detect_date_order([text]).read(text).problem is DateProblem.UNREADABLE
    assert detect_date_order([text]).read("n/a").problem is DateProblem.MISSING
