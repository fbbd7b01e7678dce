"""Quiet hours, Sundays, holidays, so many a day, so many a minute: when may a message leave?"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from loopwell.delivery.enums import State
from loopwell.delivery.models import DomainLimit, Message
from loopwell.delivery.quiet import next_allowed, zones_of
from loopwell.delivery.sending import send_waiting
from loopwell.sampling.models import ContactLimit, Invitation
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched, states
from tests.delivery.mail_server import mail_server

WARSAW = ZoneInfo("Europe/Warsaw")


def limit(begin: int = 21, end: int = 8, **fields: object) -> ContactLimit:
    return ContactLimit(quiet_from=time(begin), quiet_to=time(end), **fields)


@pytest.mark.parametrize(
    ("local", "wanted"),
    [
        ("2026-03-04 20:59", "2026-03-04 20:59"),
        ("2026-03-04 21:00", "2026-03-05 08:00"),
        ("2026-03-05 03:00", "2026-03-05 08:00"),
        ("2026-03-05 08:00", "2026-03-05 08:00"),
        ("2026-03-28 23:00", "2026-03-29 08:00"),  # the night when clocks go forward
        ("2026-10-24 23:00", "2026-10-25 08:00"),  # and back
    ],
)
def test_quiet_nights(local: str, wanted: str) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=WARSAW)
    expected = datetime.fromisoformat(wanted).replace(tzinfo=WARSAW)
    assert next_allowed(at, WARSAW, limit()) == expected


def test_hours_that_do_not_exist_or_come_twice() -> None:
    gap = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 local, quiet until 02:30, which is not
    assert next_allowed(gap, WARSAW, limit(1, 2)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    quiet = ContactLimit(quiet_from=time(1), quiet_to=time(2, 30))
    again = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 for the second time
    found = next_allowed(again, WARSAW, quiet)
    assert found == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert next_allowed(found, WARSAW, quiet) == found


def test_sundays_and_holidays_follow_each_other() -> None:
    days = limit(quiet_sundays=True, holidays_of="PL")
    eve = datetime(2026, 4, 4, 22, tzinfo=WARSAW)  # before Easter Sunday and Monday
    assert next_allowed(eve, WARSAW, days) == datetime(2026, 4, 7, 8, tzinfo=WARSAW)
    assert next_allowed(eve, WARSAW, limit(9, 9)) == eve


def test_messages_wait_for_the_customers_own_morning(company: Company, now: datetime) -> None:
    """It is 10:00 in UTC: early morning in New York, afternoon in Tokyo."""
    type(company.north).objects.filter(pk=company.north.pk).update(time_zone="America/New_York")
    people = [
        factories.customer(email="a@mail.example", time_zone="Asia/Tokyo"),
        factories.customer(email="b@mail.example", unit=company.north),
        factories.customer(email="c@mail.example"),
    ]
    wave = launched(company, now, *people)
    limit().save()
    with mail_server() as box:
        send_waiting(now)
        assert sorted(box.to) == ["a@mail.example", "c@mail.example"]
        waits = Message.objects.get(to="b@mail.example")
        assert waits.retry_at == datetime(2026, 3, 4, 13, tzinfo=UTC)
        assert (waits.state, waits.attempts) == (State.QUEUED, 0)
        send_waiting(now + timedelta(hours=3))
    assert states(wave) == [State.SENT] * 3


def test_a_unit_takes_the_zone_of_the_nearest_above_it(company: Company) -> None:
    type(company.root).objects.filter(pk=company.root.pk).update(time_zone="Asia/Tokyo")
    asked = factories.invitation(unit=company.north)
    plain = factories.invitation()
    found = zones_of(Invitation.objects.select_related("customer"))
    assert (str(found[asked.pk]), str(found[plain.pk])) == ("Asia/Tokyo", "UTC")


def test_so_many_a_day_over_all_surveys(company: Company, now: datetime) -> None:
    person = factories.customer(email="ann@mail.example")
    for _number in range(3):
        asked = factories.invitation(customer=person, version=factories.version(), sent_at=None)
        Message.objects.create(invitation=asked, purpose="invitation", to="ann@mail.example")
    ContactLimit.objects.create(most_per_day=1)
    with mail_server() as box:
        for day in range(3):
            send_waiting(now + timedelta(days=day))
            send_waiting(now + timedelta(days=day, hours=5))
            assert len(box.to) == day + 1


def test_a_provider_gets_so_many_a_minute(company: Company, now: datetime) -> None:
    people = [factories.customer(email=f"c{n}@gmail.com") for n in range(3)]
    launched(company, now, *people, factories.customer(email="x@other.example"))
    DomainLimit.objects.create(name="Google", domains=["gmail.com"], per_minute=2)
    with mail_server() as box:
        send_waiting(now)
        assert len(box.to) == 3
        send_waiting(now + timedelta(seconds=59))
        assert len(box.to) == 3
        send_waiting(now + timedelta(seconds=60))
        assert len(box.to) == 4


def test_a_domain_that_asks_for_patience_rests(company: Company, now: datetime) -> None:
    people = [factories.customer(email=f"c{n}@slow.example") for n in range(60)]
    refuse = {person.email: "450 4.7.1 slow down" for person in people}
    launched(company, now, *people)
    with mail_server(refuse=refuse) as box:
        send_waiting(now)
        tried = Message.objects.filter(attempts__gt=0).count()
        rests = DomainLimit.objects.get(name="slow.example")
        assert rests.rests_until == now + timedelta(minutes=1)
        assert tried == 50  # the batch in hand; the rest was spared
        box.refuse.clear()
        for minute in (1, 2, 3):
            send_waiting(now + timedelta(minutes=minute))
    assert len(box.to) == len(set(box.to)) == 60
    assert DomainLimit.objects.get().rests_until is None
