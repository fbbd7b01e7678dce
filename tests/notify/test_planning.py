"""Who is told of what, by which way and when, and can nobody be told in vain?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loopwell.access.models import Absence, User
from loopwell.access.rules import SYSTEM
from loopwell.journal import reading
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import EVERY_TYPE, Event, Place
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.notify.enums import EMAIL, IN_APP, How
from loopwell.notify.handlers import plan_alarms
from loopwell.notify.kinds import KINDS, TURN
from loopwell.notify.models import Alarm, Dispatch, Preference
from loopwell.notify.operations import (
    mark_all_read,
    mark_read,
    set_preferences,
    set_quiet_hours,
)
from loopwell.notify.queries import digest_items, inbox, tidings, unread_count
from loopwell.notify.rules import Quiet, after_quiet
from loopwell.notify.sending import send_alarms
from loopwell.people.enums import DecisionRole
from tests import factories
from tests.cases.conftest import Answer, tell
from tests.conftest import NOW, Company

MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path


def happens(what: str, *people: User, at: datetime = NOW, **payload: Any) -> None:
    told = {"tell": [person.pk for person in people], **payload}
    append(actor=SYSTEM, now=at, events=[Event(what, "thing", 1, told)])
    consume_all(now=at)


def ways_of(user: User) -> list[Dispatch]:
    return list(Dispatch.objects.filter(alarm__user=user).order_by("id"))


def wants(company: Company, name: str, kind: str, how: How, channel: str = EMAIL) -> None:
    set_preferences(actor=company.actor(name), now=NOW, wanted={(kind, channel): how})


def test_nothing_told_is_swallowed_even_when_nobody_has_words_for_it(company: Company) -> None:
    happens("something.new", company.mark, company.fiona)
    happens("something.else")
    assert {alarm.user for alarm in Alarm.objects.all()} == {company.mark, company.fiona}
    (item,) = tidings(inbox(company.actor("mark")))
    assert item.words == "Somebody wants you to look at something."
    assert item.path == "/alarms/"


def test_every_kind_has_words_and_a_way(company: Company) -> None:
    for name in KINDS:
        happens(name, company.mark)
    shown = tidings(inbox(company.actor("mark")))
    assert len(shown) == len(KINDS)
    assert all(item.words and item.label and item.path.startswith("/") for item in shown)
    assert send_alarms(NOW) > 0


def test_who_did_it_need_not_be_told(company: Company) -> None:
    event = Event("case.mentioned", "thing", 1, {"tell": [company.mark.pk, company.fiona.pk]})
    append(actor=company.actor("mark"), now=NOW, events=[event])
    consume_all(now=NOW)
    (alarm,) = Alarm.objects.all()
    assert (alarm.user, alarm.facts["who"]) == (company.fiona, "Mark")


def test_a_mention_is_told_with_the_case(answer: Answer, company: Company) -> None:
    case_id = answer(comment="x").case.pk
    happens("case.mentioned", company.fiona, case=case_id)
    alarm = Alarm.objects.get(user=company.fiona)
    (item,) = tidings([alarm])
    assert item.path == f"/cases/{alarm.case.ref}/" if alarm.case else False


def turned(company: Company, answer: Answer, role: str, before: int = 9, now: int = 2) -> None:
    mark_boss = company.alice
    company.fiona.manager = mark_boss
    company.fiona.save()
    client = factories.account(unit=company.north, owner=company.fiona)
    who = factories.customer(account=client, unit=company.north, decision_role=role, name="Ivo")
    answer(customer=who, account=client, score=before, at=NOW - timedelta(days=90), comment="a")
    answer(customer=who, account=client, score=now, comment="b")


def test_a_turn_of_who_decides_goes_out_at_once_whatever_people_chose(
    answer: Answer, company: Company
) -> None:
    set_quiet_hours(
        actor=company.actor("alice"), now=NOW,
        quiet=Quiet(time(0), time(23, 59), urgent_passes=False),
    )  # fmt: skip
    turned(company, answer, DecisionRole.DECIDES)
    rows = Alarm.objects.filter(kind=TURN)
    assert {row.user for row in rows} == {company.fiona, company.alice, company.mark}
    assert {way.leaves_at for row in rows for way in row.dispatches.all()} == {NOW}
    words = tidings(rows.filter(user=company.fiona))[0].words
    assert "Ivo decides at" in words
    assert "2 of 10 now, 9 before" in words
    response = rows[0].response
    assert response is not None
    tell(response, what="changed")
    assert Alarm.objects.filter(kind=TURN).count() == 3


@pytest.mark.parametrize(
    ("role", "before", "now"),
    [(DecisionRole.USES, 9, 2), (DecisionRole.DECIDES, 8, 2), (DecisionRole.DECIDES, 9, 7)],
)
def test_what_is_no_turn(
    answer: Answer, company: Company, role: str, before: int, now: int
) -> None:
    turned(company, answer, role, before, now)
    assert Alarm.objects.filter(kind=TURN).count() == 0


def test_in_the_digest_is_not_by_itself(company: Company) -> None:
    wants(company, "mark", "case.mentioned", How.DAILY)
    happens("case.mentioned", company.mark)
    happens("case.replied", company.mark, at=NOW + MINUTE)
    assert [way.alarm.kind for way in ways_of(company.mark)] == ["case.replied"]
    (item,) = digest_items(company.mark, NOW - MINUTE)
    assert (item.kind, item.is_read) == ("case.mentioned", False)
    assert digest_items(company.mark, NOW) == []


def test_once_an_hour_is_one_mail_and_none_for_what_was_read(
    company: Company, tmp_path: Any
) -> None:
    for _each in range(3):
        happens("case.mentioned", company.fiona)
    send_alarms(NOW + 59 * MINUTE)
    assert list(tmp_path.glob("*.eml")) == []
    ref = inbox(company.actor("fiona"))[0].ref
    mark_read(actor=company.actor("fiona"), now=NOW, ref=ref)
    send_alarms(NOW + 60 * MINUTE)
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert Dispatch.objects.filter(sent_at__isnull=False).count() == 2
    assert Dispatch.objects.filter(dropped_at__isnull=False).count() == 1


def test_off_means_off(company: Company) -> None:
    wants(company, "mark", "case.replied", How.OFF)
    wants(company, "mark", "case.replied", How.OFF, IN_APP)
    happens("case.replied", company.mark)
    assert ways_of(company.mark) == []
    assert unread_count(company.actor("mark")) == 0


def test_what_is_as_by_default_is_not_stored(company: Company) -> None:
    wants(company, "mark", "case.replied", How.DAILY)
    wants(company, "mark", "case.replied", How.NOW)
    assert Preference.objects.count() == 0
    with pytest.raises(Invalid):
        wants(company, "mark", "no.such.kind", How.NOW)
    with pytest.raises(Invalid):
        wants(company, "mark", "case.replied", How.DAILY, IN_APP)
    with pytest.raises(Forbidden):
        set_preferences(actor=SYSTEM, now=NOW, wanted={})


def test_quiet_hours_hold_back_what_can_wait(company: Company) -> None:
    company.fiona.time_zone = "Europe/Warsaw"
    company.fiona.save()
    happens("case.mentioned", company.fiona, at=NIGHT)
    happens("case.replied", company.fiona, at=NIGHT)
    held, urgent = ways_of(company.fiona)
    assert held.leaves_at == datetime(2026, 3, 5, 6, 0, tzinfo=UTC)  # seven in Warsaw
    assert urgent.leaves_at == NIGHT
    quiet = Quiet(time(21), time(7), urgent_passes=False)
    set_quiet_hours(actor=company.actor("fiona"), now=NOW, quiet=quiet)
    happens("case.replied", company.fiona, at=NIGHT)
    assert ways_of(company.fiona)[2].leaves_at == held.leaves_at


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-28T22:00", "2026-03-29T05:00"),  # clocks go forward that night
        ("2026-10-24T22:00", "2026-10-25T06:00"),  # and back
        ("2026-03-04T12:00", "2026-03-04T12:00"),
    ],
)
def test_quiet_hours_end_by_the_persons_clock(at: str, until: str) -> None:
    zone = ZoneInfo("Europe/Warsaw")
    begin, end = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (at, until))
    assert after_quiet(begin, Quiet(), zone) == end


def test_a_quiet_weekend_ends_on_monday_morning() -> None:
    saturday = datetime(2026, 3, 7, 12, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 7, tzinfo=UTC)
    assert after_quiet(saturday, Quiet(weekends=True), ZoneInfo("UTC")) == monday


def test_who_is_away_is_left_in_peace_and_the_deputy_told(answer: Answer, company: Company) -> None:
    days = {"starts_on": date(2026, 3, 4), "ends_on": date(2026, 3, 6)}
    Absence.objects.create(user=company.mark, deputy=company.fiona, **days)
    case = answer(comment="x").case
    happens("case.replied", company.mark, case=case.pk)
    assert ways_of(company.mark) == []
    alarm = Alarm.objects.get(user=company.fiona, kind="case.replied")
    assert tidings([alarm])[0].words.endswith("You stand in for Mark.")
    assert [way.alarm for way in ways_of(company.fiona)] == [
        *Alarm.objects.filter(user=company.fiona).order_by("id")
    ]
    assert (
        len(digest_items(company.mark, NOW - MINUTE))
        == Alarm.objects.filter(user=company.mark).count()
    )


def test_a_deputy_who_does_not_see_the_case_is_not_told(answer: Answer, company: Company) -> None:
    days = {"starts_on": date(2026, 3, 4), "ends_on": date(2026, 3, 6)}
    case = answer(comment="x").case
    Absence.objects.create(user=company.mark, deputy=company.oscar, **days)
    happens("case.replied", company.mark, case=case.pk)
    assert Alarm.objects.filter(user=company.oscar).count() == 0


def test_ones_inbox_is_ones_own(company: Company) -> None:
    happens("case.replied", company.mark)
    (alarm,) = inbox(company.actor("mark"))
    for other in ("alice", "oscar"):
        with pytest.raises(NotFound):
            mark_read(actor=company.actor(other), now=NOW, ref=alarm.ref)
    happens("case.replied", company.mark, at=NOW + MINUTE)
    assert mark_all_read(actor=company.actor("mark"), now=NOW + MINUTE, up_to=NOW) == 1
    assert unread_count(company.actor("mark")) == 1


def test_the_number_of_queries_does_not_grow(
    company: Company, django_assert_max_num_queries: Any
) -> None:
    everybody = [company.mark, company.fiona, company.alice, company.oscar]
    for _each in range(20):
        append(
            actor=SYSTEM, now=NOW,
            events=[Event("case.mentioned", "x", 1, {"tell": [u.pk for u in everybody]})],
        )  # fmt: skip
    upto = reading.horizon()
    assert upto is not None
    records = reading.unread(Place(0, 0), upto, EVERY_TYPE, 100)
    with django_assert_max_num_queries(16):
        plan_alarms(records, NOW)
    assert len(records) == 20
    with django_assert_max_num_queries(2):
        assert len(tidings(inbox(company.actor("mark")))) == 20
