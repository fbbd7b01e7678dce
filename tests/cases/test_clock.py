"""Do deadlines keep to each unit's week, holidays, days off and zone, whatever clocks do?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import create_unit, create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case, DayOff, Rule, WorkingTime
from loopwell.cases.operations import Week, remove_day, set_day, set_week
from loopwell.cases.queries import calendar_for, calendars, working_hours
from loopwell.cases.queries.calendars import clock_units, coming_days
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.kit.working_time import add_working_hours
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company

WARSAW = ZoneInfo("Europe/Warsaw")
WORKDAYS = frozenset(range(5))


def local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[misc,arg-type]  # year, month, day, …


def in_zone(unit: Unit, zone: str) -> None:
    Unit.objects.filter(pk=unit.pk).update(time_zone=zone)


def week(unit: Unit, **fields: object) -> WorkingTime:
    return WorkingTime.objects.create(**{"unit": unit, "days": sorted(WORKDAYS)} | fields)


def due(answer: Answer, at: datetime, hours: int) -> datetime:
    Rule.objects.update(due_working_hours=hours)
    answer(at=at)
    return Case.objects.latest("pk").due_at


@pytest.mark.parametrize(
    ("zone", "start", "hours", "expected"),
    [
        # Spring: Friday evening to Monday morning, the night between is an hour shorter.
        ("Europe/Warsaw", (2026, 3, 27, 17), 2, (2026, 3, 30, 10)),
        ("Europe/Warsaw", (2026, 10, 23, 17), 2, (2026, 10, 26, 10)),
        ("America/New_York", (2026, 3, 6, 17), 2, (2026, 3, 9, 10)),
        ("America/New_York", (2026, 10, 30, 17), 2, (2026, 11, 2, 10)),
        # Lord Howe changes by half an hour; India and Nepal never change and stand in between.
        ("Australia/Lord_Howe", (2026, 4, 3, 17), 2, (2026, 4, 6, 10)),
        ("Asia/Kolkata", (2026, 3, 6, 17), 2, (2026, 3, 9, 10)),
        ("Asia/Kathmandu", (2026, 3, 6, 17, 45), 1, (2026, 3, 9, 9, 45)),
        ("Pacific/Chatham", (2026, 3, 6, 17), 2, (2026, 3, 9, 10)),
    ],
)
def test_a_weekend_and_a_change_of_clocks_between(
    answer: Answer, company: Company, zone: str, start: tuple[int, ...], hours: int,
    expected: tuple[int, ...],
) -> None:  # fmt: skip
    in_zone(company.north, zone)
    assert due(answer, local(zone, *start), hours) == local(zone, *expected)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        # Working on Sundays: of the hours from 1 to 5 one does not exist, or comes twice.
        ((2026, 3, 29, 1), 3, (2026, 3, 29, 5)),
        ((2026, 3, 29, 1), 4, (2026, 3, 30, 2)),
        ((2026, 10, 25, 1), 5, (2026, 10, 25, 5)),
        ((2026, 10, 25, 1), 6, (2026, 10, 26, 2)),
    ],
)
def test_true_hours_count_on_the_day_clocks_change(
    answer: Answer, company: Company, start: tuple[int, ...], hours: int, expected: tuple[int, ...]
) -> None:
    in_zone(company.root, "Europe/Warsaw")
    week(company.root, days=list(range(7)), start=time(1), end=time(5))
    assert due(answer, local("Europe/Warsaw", *start), hours) == local("Europe/Warsaw", *expected)


def test_the_same_moment_is_due_at_each_units_own_time(answer: Answer, company: Company) -> None:
    """Wednesday, 10:00 UTC: morning in Warsaw, afternoon in Kolkata, night in New York."""
    expected = {
        "Europe/Warsaw": (2026, 3, 5, 10),
        "Asia/Kolkata": (2026, 3, 5, 14, 30),
        "America/New_York": (2026, 3, 4, 17),
    }
    Rule.objects.update(due_working_hours=8)
    for zone, moment in expected.items():
        in_zone(company.north, zone)
        company.north.refresh_from_db()
        answer(unit=company.north)
        assert Case.objects.latest("pk").due_at == local(zone, *moment), zone


@pytest.mark.parametrize(
    ("place", "start", "expected"),
    [
        ("PL", (2026, 4, 3, 17), (2026, 4, 7, 10)),  # Easter Monday
        ("", (2026, 4, 3, 17), (2026, 4, 6, 10)),
        ("PL", (2026, 12, 23, 17), (2026, 12, 28, 10)),  # Christmas Eve is one since 2025
        ("PL", (2026, 12, 31, 17), (2027, 1, 4, 10)),  # into another year
        ("DE-BY", (2026, 1, 5, 17), (2026, 1, 7, 10)),  # Epiphany in Bavaria …
        ("DE-BE", (2026, 1, 5, 17), (2026, 1, 6, 10)),  # … and not in Berlin
        ("UA", (2026, 4, 3, 17), (2026, 4, 6, 10)),
    ],
)
def test_public_holidays_of_the_units_place(
    answer: Answer, company: Company, place: str, start: tuple[int, ...],
    expected: tuple[int, ...],
) -> None:  # fmt: skip
    in_zone(company.root, "Europe/Warsaw")
    week(company.root, holidays_of=place)
    assert due(answer, local("Europe/Warsaw", *start), 2) == local("Europe/Warsaw", *expected)


def test_days_off_come_from_every_unit_above_the_nearest_wins(company: Company) -> None:
    shop = create_unit(actor=SYSTEM, name="Shop", parent=company.north, kind=UnitKind.BRANCH)
    week(company.root, holidays_of="PL")
    for unit, day, works in (
        (company.root, date(2026, 3, 5), False),
        (company.north, date(2026, 3, 6), False),
        (company.root, date(2026, 3, 7), True),  # a Saturday everybody works …
        (shop, date(2026, 3, 7), False),  # … but not this shop
        (shop, date(2026, 4, 6), True),  # Easter Monday
    ):
        DayOff.objects.create(unit=unit, day=day, works=works)
    known = calendars([company.root, company.north, company.south, shop])
    days = [date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 7), date(2026, 4, 6)]
    assert {pk: [c.works_on(day) for day in days] for pk, c in known.items()} == {
        company.root.pk: [False, True, True, False],
        company.south.pk: [False, True, True, False],
        company.north.pk: [False, False, True, False],
        shop.pk: [False, False, False, True],
    }


def test_the_nearest_week_wins_as_a_whole(company: Company) -> None:
    shop = create_unit(actor=SYSTEM, name="Shop", parent=company.north, kind=UnitKind.BRANCH)
    assert calendar_for(shop).start == time(9)
    week(company.root, start=time(8), holidays_of="PL")
    assert (calendar_for(shop).start, calendar_for(None).start) == (time(8), time(8))
    week(company.north, days=[5, 6], start=time(10), end=time(11))
    found = calendar_for(shop)
    assert (found.days, found.start, found.end) == (frozenset({5, 6}), time(10), time(11))
    assert date(2026, 4, 6) not in found.holidays
    assert calendar_for(company.south).start == time(8)


def test_changing_it_moves_no_deadline(answer: Answer, company: Company) -> None:
    answer()
    before = Case.objects.get().due_at
    late = Week(frozenset({6}), time(20), time(21))
    set_week(actor=company.actor("alice"), now=NOW, unit=company.north, week=late)
    assert Case.objects.get().due_at == before
    answer()
    assert Case.objects.latest("pk").due_at == datetime(2026, 8, 16, 21, tzinfo=UTC)  # 24 Sundays


def test_a_hundred_units_cost_as_many_queries_as_one(company: Company) -> None:
    week(company.root, holidays_of="PL")
    units = [
        create_unit(actor=SYSTEM, name=f"U{i}", parent=company.north, kind=UnitKind.BRANCH)
        for i in range(20)
    ]
    costs = []
    for some in (units[:1], units):
        with CaptureQueriesContext(connection) as queries:
            found = calendars(some)
            for unit in some:
                add_working_hours(NOW, 200, found[unit.pk])
        costs.append(len(queries))
    assert costs == [3, 3]


def test_the_next_days_are_named(company: Company) -> None:
    week(company.root, holidays_of="PL")
    DayOff.objects.create(unit=company.root, day=date(2026, 3, 9), name="Stocktaking")
    hours = working_hours([company.north])[company.north.pk]
    shown = coming_days(hours, NOW.date(), language="en", limit=3)
    assert [(row.day, row.name, row.weekend) for row in shown] == [
        (date(2026, 3, 9), "Stocktaking", False),
        (date(2026, 4, 5), "Easter Sunday", True),
        (date(2026, 4, 6), "Easter Monday", False),
    ]
    assert len(coming_days(hours, NOW.date())) == 10
    polish = coming_days(hours, NOW.date(), language="pl", limit=2)[1]
    assert polish.name == "Niedziela Wielkanocna"


def test_only_who_administers_the_unit_or_runs_the_programme(company: Company) -> None:
    local_admin = create_user(
        actor=SYSTEM, email="l@x.example", name="Lo", unit=company.north,
        roles=[Role.ADMINISTRATOR],
    )  # fmt: skip
    runner = create_user(
        actor=SYSTEM, email="r@x.example", name="Ro", unit=company.root, roles=[Role.PROGRAMME]
    )
    usual = Week(WORKDAYS, time(9), time(17))
    for person in (local_admin, runner):
        set_week(actor=actor_for(person), now=NOW, unit=company.north, week=usual)
    for actor in (company.actor("mark"), company.actor("oscar")):
        with pytest.raises(Forbidden):
            set_week(actor=actor, now=NOW, unit=company.north, week=usual)
        with pytest.raises(Forbidden):
            clock_units(actor)
    with pytest.raises(Forbidden):
        set_week(actor=actor_for(local_admin), now=NOW, unit=company.root, week=usual)
    assert list(clock_units(actor_for(local_admin))) == [company.north]
    assert clock_units(actor_for(runner)).count() == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Week(frozenset(), time(9), time(18)), "days"),
        (Week(frozenset({7}), time(9), time(18)), "days"),
        (Week(WORKDAYS, time(22), time(6)), "end"),
        (Week(WORKDAYS, time(9), time(9)), "end"),
        (Week(WORKDAYS, time(9), time(18), "XX"), "holidays_of"),
        (Week(WORKDAYS, time(9), time(18), "PL-XX"), "holidays_of"),
    ],
)
def test_errors_name_the_field(company: Company, wrong: Week, field: str) -> None:
    with pytest.raises(Invalid) as error:
        set_week(actor=company.actor("alice"), now=NOW, unit=company.north, week=wrong)
    assert list(error.value.fields) == [field]
    assert WorkingTime.objects.count() == 0


def test_a_day_stands_once_and_goes_again(company: Company) -> None:
    alice, day = company.actor("alice"), date(2026, 3, 5)
    made = set_day(actor=alice, now=NOW, unit=company.north, day=day, name="Party")
    with pytest.raises(Invalid):
        set_day(actor=alice, now=NOW, unit=company.north, day=day, name="Again", works=True)
    with pytest.raises(NotFound):
        remove_day(actor=alice, now=NOW, unit=company.south, ref=made.ref)
    remove_day(actor=alice, now=NOW, unit=company.north, ref=made.ref)
    assert DayOff.objects.count() == 0


def test_no_week_means_as_above_again(company: Company) -> None:
    alice = company.actor("alice")
    week(company.root, start=time(7))
    usual = Week(WORKDAYS, time(10), time(11))
    set_week(actor=alice, now=NOW, unit=company.north, week=usual)
    assert calendar_for(company.north).start == time(10)
    set_week(actor=alice, now=NOW, unit=company.north, week=None)
    assert calendar_for(company.north).start == time(7)


def test_a_year_of_answers_is_due_in_working_time(company: Company) -> None:
    """Every second hour of a year with holidays, a changed clock and odd days, checked by hand."""
    in_zone(company.root, "Europe/Warsaw")
    week(company.root, holidays_of="PL")
    DayOff.objects.create(unit=company.root, day=date(2026, 5, 2), works=True)
    calendar = calendars([company.root])[company.root.pk]
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        found = add_working_hours(moment, 3, calendar).astimezone(WARSAW)
        assert calendar.works_on(found.date())
        assert time(9) < found.time() <= time(18)
        moment += timedelta(hours=2, minutes=17)
