"""Is an answer through a link counted at once, held when in doubt, and changeable for a day?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.people.models import Customer
from loopwell.responses.devices import forget
from loopwell.responses.models import Footprint, HeldAnswer, Response, Revision
from loopwell.responses.open_answers import (
    OpenAnswer,
    change_open_response,
    open_answer,
    record_open_response,
)
from loopwell.responses.rules import Answer, Effect
from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.linking.opening import Opened, opened
from loopwell.sampling.models import Link, Programme
from tests.conftest import Company
from tests.factories import customer, version


def way_in(company: Company, kind: LinkKind = LinkKind.QR, **settings: int) -> Opened:
    shown = version()
    programme = Programme.objects.create(
        name="Always", survey=shown.survey, kind=ProgrammeKind.LINK
    )
    link = Link.objects.create(
        programme=programme,
        kind=kind,
        name="Counter",
        unit=company.north,
        employee=company.fiona,
        settings=settings,
    )
    found = opened(link.ref)
    assert found is not None
    return found


def say(link: Opened, now: datetime, score: int = 9, device: str = "") -> OpenAnswer:
    given = record_open_response(
        link=link, answer=Answer(score=score), now=now, language="en", device=device
    )
    assert given is not None
    return given


def test_a_score_is_an_answer_of_the_links_unit_and_employee(
    company: Company, now: datetime
) -> None:
    link = way_in(company)
    say(link, now, 3)
    row = Response.objects.get()
    assert (row.score, row.unit, row.employee, row.customer, row.source) == (
        3,
        company.north,
        company.fiona,
        None,
        "qr",
    )
    assert (row.version, row.language, row.answered_at) == (link.version, "en", now)
    entry = Entry.objects.get(type="response.recorded")
    assert (entry.subject, entry.subject_id, entry.actor) == ("response", row.pk, "customer")


def test_every_consumer_copes_with_an_answer_of_nobody(company: Company, now: datetime) -> None:
    say(way_in(company), now, 0)
    consume_all(now=now)
    assert not Entry.objects.filter(type="case.opened").exists()


def test_a_closed_link_takes_nothing(company: Company, now: datetime) -> None:
    link = replace(way_in(company), is_open=False)
    assert record_open_response(link=link, answer=Answer(score=9), now=now) is None
    assert not Response.objects.exists()


def test_what_follows_the_score_changes_the_answer_and_keeps_its_history(
    company: Company, now: datetime
) -> None:
    link = way_in(company)
    given = say(link, now, 9)
    more = Answer(score=2, comment=" Slow. ", contact_consent=True, answers={"reach": "+48 22"})
    later = now + timedelta(minutes=1)
    effect = change_open_response(link_ref=link.ref, ref=given.ref, answer=more, now=later)
    row = Response.objects.get()
    assert effect is Effect.CHANGED
    assert (row.score, row.comment, row.contact_consent) == (2, "Slow.", True)
    assert row.answers == {"reach": "+48 22"}
    assert Revision.objects.get().score == 9


def test_after_a_day_it_stays_as_it_is(company: Company, now: datetime) -> None:
    link = way_in(company)
    given = say(link, now)
    late = now + timedelta(hours=24)
    assert open_answer(link_ref=link.ref, ref=given.ref, now=late) is None
    effect = change_open_response(
        link_ref=link.ref, ref=given.ref, answer=Answer(score=0), now=late
    )
    assert effect is Effect.REFUSED
    assert Response.objects.get().score == 9


def test_an_answer_is_not_found_under_another_link(company: Company, now: datetime) -> None:
    given = say(way_in(company), now)
    other = way_in(company)
    assert open_answer(link_ref=other.ref, ref=given.ref, now=now) is None


@pytest.mark.parametrize(("kind", "most"), [(LinkKind.LINK, 20), (LinkKind.KIOSK, 40)])
def test_too_many_in_five_minutes_are_held(
    company: Company, now: datetime, kind: LinkKind, most: int
) -> None:
    link = way_in(company, kind)
    for number in range(most):
        say(link, now + timedelta(seconds=number))
    assert not HeldAnswer.objects.exists()
    say(link, now + timedelta(minutes=1), 0)
    held = HeldAnswer.objects.get()
    assert (held.doubt, held.detail, held.link_id, held.unit) == (
        "burst",
        str(most + 1),
        link.pk,
        company.north,
    )
    assert Response.objects.count() == most
    say(link, now + timedelta(minutes=7), 10)
    assert Response.objects.count() == most + 1


def test_a_busy_link_can_believe_more(company: Company, now: datetime) -> None:
    link = way_in(company, most_at_once=2)
    for _ in range(3):
        say(link, now)
    assert (Response.objects.count(), HeldAnswer.objects.count()) == (2, 1)


def test_the_same_device_is_held_the_second_time(company: Company, now: datetime) -> None:
    link = way_in(company)
    say(link, now, 9, device="phone")
    say(link, now, 9, device="another")
    say(link, now, 1, device="phone")
    assert Response.objects.count() == 2
    assert HeldAnswer.objects.get().doubt == "repeated"
    say(link, now + timedelta(days=1), 1, device="phone")
    assert Response.objects.count() == 3


def test_a_kiosk_is_one_device_for_all(company: Company, now: datetime) -> None:
    link = way_in(company, LinkKind.KIOSK)
    say(link, now, device="tablet")
    say(link, now, device="tablet")
    assert Response.objects.count() == 2
    assert not Footprint.objects.exists()


def test_footprints_tell_nothing_and_last_a_day(company: Company, now: datetime) -> None:
    link = way_in(company)
    say(link, now, device="203.0.113.9 Browser")
    first = Footprint.objects.get().digest
    assert "203" not in first
    say(link, now + timedelta(days=1), device="203.0.113.9 Browser")
    assert Footprint.objects.exclude(digest=first).count() == 1
    forget(now + timedelta(days=1))
    assert not Footprint.objects.filter(digest=first).exists()
    forget(now + timedelta(days=2))
    assert not Footprint.objects.exists()


def test_who_is_held_sees_no_difference(company: Company, now: datetime) -> None:
    link = way_in(company)
    say(link, now, 9, device="phone")
    given = say(link, now, 1, device="phone")
    more = Answer(score=2, comment="Slow")
    assert (
        change_open_response(link_ref=link.ref, ref=given.ref, answer=more, now=now)
        is Effect.CHANGED
    )
    found = open_answer(link_ref=link.ref, ref=given.ref, now=now)
    assert found is not None
    assert (found.score, found.comment) == (2, "Slow")
    HeldAnswer.objects.update(decided_at=now)
    late = change_open_response(link_ref=link.ref, ref=given.ref, answer=Answer(score=9), now=now)
    assert late is Effect.SAME
    assert HeldAnswer.objects.get().given["score"] == 2


def left(link: Opened, now: datetime, reach: str, *, consent: bool = True) -> Response:
    given = say(link, now, 2)
    said = Answer(score=2, contact_consent=consent, answers={"reach": reach})
    change_open_response(link_ref=link.ref, ref=given.ref, answer=said, now=now)
    return Response.objects.get(ref=given.ref)


@pytest.mark.parametrize("reach", ["Walk-in@Mail.example", "+48 600 100 200"])
def test_who_says_how_to_reach_them_becomes_a_customer_with_a_case(
    company: Company, now: datetime, defaults: object, reach: str
) -> None:
    row = left(way_in(company), now, reach)
    consume_all(now=now)

    assert row.customer is not None
    assert row.customer.email == "walk-in@mail.example" or row.customer.phone == "+48600100200"
    assert row.customer.unit == company.north
    assert row.case.customer == row.customer


def test_a_known_address_is_the_known_customers(company: Company, now: datetime) -> None:
    known = customer(email="known@mail.example", name="Known")

    assert left(way_in(company), now, "known@mail.example").customer == known
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(("reach", "consent"), [("x@mail.example", False), ("come by", True)])
def test_without_consent_or_an_address_nobody_is_made(
    company: Company, now: datetime, reach: str, consent: bool
) -> None:
    assert left(way_in(company), now, reach, consent=consent).customer is None
    assert not Customer.objects.exists()
