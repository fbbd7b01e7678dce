"""Who calls the customers of somebody who is away, and what happens when they are back?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from loopwell.access.enums import Role
from loopwell.access.models import Absence, User
from loopwell.access.operations import Leave, cancel_absence, create_user, enter_absence
from loopwell.access.queries import absences
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Assignment, Case
from loopwell.cases.operations import reassign_case, stand_in
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from tests.conftest import NOW, Company

TODAY = NOW.date()  # a Wednesday; the case is due on Friday at 15:00 UTC
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def ben(company: Company) -> User:
    return create_user(
        actor=SYSTEM, email="b@acme.example", name="Ben", unit=company.north,
        roles=[Role.SUPERVISOR],
    )  # fmt: skip


def away(user: User, deputy: User | None, *, start: date = TODAY, end: date = FRIDAY) -> Absence:
    return Absence.objects.create(
        user=user, starts_on=start, ends_on=end, deputy=deputy, created_at=NOW
    )


def later(**step: float) -> datetime:
    return NOW + timedelta(**step)


def test_what_would_wait_goes_to_the_deputy(case: Case, company: Company, ben: User) -> None:
    away(company.mark, ben)
    assert stand_in(now=later(minutes=1)) == 1
    case.refresh_from_db()
    assert (case.owner, case.version) == (ben, 2)
    given = Assignment.objects.latest("pk")
    assert (given.owner, given.instead_of, given.by) == (ben, company.mark, "system")
    entry = Entry.objects.filter(type="case.assigned").latest("pk")
    assert (entry.payload["owner"], entry.payload["before"]) == (ben.pk, company.mark.pk)
    assert stand_in(now=later(minutes=2)) == 0
    assert stand_in(now=later(days=10)) == 0  # back: nothing moves by itself
    case.refresh_from_db()
    assert case.owner == ben


@pytest.mark.parametrize(
    ("end", "due", "moves"),
    [
        (FRIDAY, None, True),
        (FRIDAY - timedelta(days=1), None, False),  # back in time for it
        (FRIDAY, datetime(2026, 3, 6, 23, 59, tzinfo=UTC), True),
        (FRIDAY, datetime(2026, 3, 7, 0, 0, tzinfo=UTC), False),
        (FRIDAY, NOW - timedelta(days=1), True),  # late already
    ],
)
def test_only_first_contacts_due_before_they_are_back(
    case: Case, company: Company, ben: User, end: date, due: datetime | None, moves: bool
) -> None:
    if due:
        Case.objects.update(due_at=due)
    away(company.mark, ben, end=end)
    assert stand_in(now=later(minutes=1)) == int(moves)


@pytest.mark.parametrize("field", ["reached_at", "closed_at"])
def test_customers_spoken_with_stay(case: Case, company: Company, ben: User, field: str) -> None:
    Case.objects.update(**{field: NOW})
    away(company.mark, ben)
    assert stand_in(now=later(minutes=1)) == 0


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("UTC", datetime(2026, 3, 5, 0, 0, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 4, 18, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 5, 5, 0, tzinfo=UTC)),
    ],
)
def test_an_absence_begins_at_midnight_of_the_unit(
    case: Case, company: Company, ben: User, zone: str, begins: datetime
) -> None:
    type(company.north).objects.filter(pk=company.north.pk).update(time_zone=zone)
    away(company.mark, ben, start=date(2026, 3, 5))
    assert stand_in(now=begins - timedelta(seconds=1)) == 0
    assert stand_in(now=begins) == 1


def test_without_a_deputy_it_goes_as_if_it_were_new(case: Case, company: Company) -> None:
    away(company.mark, None)
    assert stand_in(now=later(minutes=1)) == 1
    case.refresh_from_db()
    assert case.owner == company.alice
    assert Assignment.objects.latest("pk").reason == (
        "Mark is away and has no deputy who is there."
    )


def test_what_they_are_given_while_away_stays(case: Case, company: Company, ben: User) -> None:
    away(company.mark, ben)
    stand_in(now=later(minutes=1))
    case.refresh_from_db()
    reassign_case(
        actor=company.actor("alice"), now=later(minutes=5), case=case, version=case.version,
        owner=company.mark, reason="He wants to call himself.",
    )  # fmt: skip
    assert stand_in(now=later(minutes=6)) == 0


def leave(deputy: User | None = None, *, starts_on: date = TODAY, ends_on: date = FRIDAY) -> Leave:
    return Leave(starts_on=starts_on, ends_on=ends_on, deputy=deputy)


def test_people_enter_their_own_and_managers_their_peoples(company: Company, ben: User) -> None:
    own = enter_absence(
        actor=company.actor("fiona"), now=NOW, person=company.fiona, leave=leave(ben)
    )
    his = enter_absence(actor=company.actor("mark"), now=NOW, person=ben, leave=leave())
    for who in ("oscar", "fiona"):
        with pytest.raises(Forbidden):
            enter_absence(actor=company.actor(who), now=NOW, person=company.mark, leave=leave())
        with pytest.raises(Forbidden):
            cancel_absence(actor=company.actor(who), now=NOW, absence=his)
    assert list(absences(company.actor("fiona"), NOW)) == [own]
    assert list(absences(company.actor("mark"), NOW)) == [own, his]
    assert list(absences(company.actor("oscar"), NOW)) == []
    cancel_absence(actor=company.actor("mark"), now=NOW, absence=own)
    assert list(absences(company.actor("mark"), NOW)) == [his]
    assert [e.payload["what"] for e in Entry.objects.filter(type="access.changed")] == [
        "absence.entered", "absence.entered", "absence.cancelled",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 3)}, "ends_on"),
        ({"ends_on": date(2029, 1, 1)}, "ends_on"),
        ({"starts_on": FRIDAY}, "starts_on"),  # overlaps the one there is
    ],
)
def test_impossible_absences_are_refused(
    company: Company, days: dict[str, date], field: str
) -> None:
    mark = company.actor("mark")
    enter_absence(actor=mark, now=NOW, person=company.mark, leave=leave(starts_on=FRIDAY))
    with pytest.raises(Invalid) as error:
        enter_absence(actor=mark, now=NOW, person=company.mark, leave=leave(None, **days))
    assert list(error.value.fields) == [field]


def test_a_deputy_must_work_on_cases_nearby(company: Company) -> None:
    analyst = create_user(
        actor=SYSTEM, email="a@x.example", name="Ann", unit=company.north, roles=[Role.ANALYST]
    )
    for wrong in (company.mark, company.oscar, analyst):  # himself, elsewhere, no cases
        with pytest.raises(Invalid) as error:
            enter_absence(
                actor=company.actor("mark"), now=NOW, person=company.mark, leave=leave(wrong)
            )
        assert list(error.value.fields) == ["deputy"]
    enter_absence(
        actor=company.actor("mark"), now=NOW, person=company.mark, leave=leave(company.alice)
    )
