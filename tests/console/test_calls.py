"""Calling customers for a survey: through real pages, with callers who want the same customer."""

from datetime import datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.delivery import calling, calls
from loopwell.delivery.enums import CallOutcome
from loopwell.delivery.models import CallAttempt, Message, Suppression
from loopwell.journal.models import Entry
from loopwell.kit.errors import NotFound
from loopwell.responses.models import Response
from loopwell.sampling.models import ContactLimit, Invitation, OptOut
from loopwell.surveys.wording import WORDING
from tests import factories
from tests.conftest import Company

TEXTS = {code: words["relationship"] for code, words in WORDING.items()}


def to_call(company: Company, number: int = 1, **fields: Any) -> Invitation:
    now = timezone.now()
    who = factories.customer(
        phone=f"+4812345678{number}",
        email=f"c{number}@mail.example",
        name=f"Customer {number}",
        unit=company.north,
        language=fields.get("language", "en"),
    )
    return factories.invitation(
        **{
            "customer": who,
            "version": fields.pop("version", None) or factories.version(texts=TEXTS),
            "channel": "phone",
            "planned_at": now,
            "sent_at": None,
            "expires_at": now + timedelta(days=number),
            **fields,
        }
    )


@pytest.fixture
def caller(company: Company, client: Client) -> Client:
    client.force_login(company.fiona)
    return client


def taken(caller: Client) -> str:
    answer = caller.post("/calls/next/")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_an_empty_page_says_why(caller: Client) -> None:
    page = caller.get("/calls/")
    assert "Nobody to call" in page.content.decode()
    assert caller.post("/calls/next/").headers["Location"] == "/calls/"


def test_a_whole_call(company: Company, caller: Client) -> None:
    to_call(company, 2)
    first = to_call(company, 1, language="ru")
    assert "2 customers wait" in caller.get("/calls/").content.decode()
    address = taken(caller)
    assert address == f"/calls/{first.ref}/"
    page = caller.get(address).content.decode()
    assert 'href="tel:+48123456781"' in page
    assert "Я звоню из компании Acme" in page
    assert WORDING["ru"]["relationship"]["why"] not in page

    kept = caller.post(f"{address}answer/", {"score": "6"})
    assert kept.status_code == 302
    assert Response.objects.get().score == 6
    page = caller.get(address).content.decode()
    assert WORDING["ru"]["relationship"]["why"] in page

    done = caller.post(
        f"{address}answer/",
        {"chosen": "6", "comment": "Долго ждал", "contact": "yes", "done": "1"},
        follow=True,
    )
    given = Response.objects.get()
    assert (given.score, given.comment, given.contact_consent) == (6, "Долго ждал", True)
    assert given.source == "phone"
    first.refresh_from_db()
    assert first.answered_at
    assert first.sent_at
    assert Entry.objects.filter(type="invitation.sent", subject_id=first.pk).count() == 1
    page = done.content.decode()
    assert "Noted: Answered." in page
    assert "1 customer waits" in page
    day = calls.day_of(company.actor("fiona"), timezone.now() - timedelta(hours=1))
    assert (day.calls, day.answers, day.refusals) == (1, 1, 0)


def test_further_questions_are_asked_and_what_was_typed_stays(
    company: Company, caller: Client
) -> None:
    version = factories.version(
        texts={"en": {**TEXTS["en"], "sat.label": "How was the visit?"}},
        questions=[
            {"key": "nps", "type": "nps"},
            {"key": "why", "type": "comment"},
            {"key": "sat", "type": "csat"},
        ],
    )
    to_call(company, version=version)
    address = taken(caller)
    caller.post(f"{address}answer/", {"score": "9"})
    assert "How was the visit?" in caller.get(address).content.decode()
    wrong = caller.post(
        f"{address}answer/", {"chosen": "9", "q.sat": "17", "comment": "So kind", "done": "1"}
    )
    assert wrong.status_code == 422
    assert "So kind" in wrong.content.decode()
    assert CallAttempt.objects.count() == 0
    caller.post(
        f"{address}answer/", {"chosen": "9", "q.sat": "4", "comment": "So kind", "done": "1"}
    )
    assert Response.objects.get().answers == {"sat": 4}


def test_who_is_taken_is_nobody_elses(company: Company, caller: Client) -> None:
    to_call(company)
    address = taken(caller)
    other = Client()
    other.force_login(company.mark)
    assert other.post("/calls/next/").headers["Location"] == "/calls/"
    assert other.get(address).status_code == 404
    assert other.post(f"{address}answer/", {"score": "9"}).status_code == 404
    assert not Response.objects.exists()
    assert taken(caller) == address
    caller.post(f"{address}outcome/", {"outcome": "release"})
    assert taken(other) == address
    assert caller.get(address).status_code == 404


def test_a_caller_who_went_away_loses_the_customer(company: Company) -> None:
    to_call(company)
    now = timezone.now()
    first = calling.next_call(actor=company.actor("fiona"), now=now)
    assert first
    assert calling.next_call(actor=company.actor("mark"), now=now) is None
    later = now + calls.HOLD + timedelta(seconds=1)
    assert calling.next_call(actor=company.actor("mark"), now=later) == first
    with pytest.raises(NotFound):
        calling.finish_call(
            actor=company.actor("fiona"), ref=first.ref, outcome=CallOutcome.REFUSED, now=later
        )


def test_outsiders_get_nobody(company: Company, client: Client) -> None:
    asked = to_call(company)
    client.force_login(company.oscar)
    assert client.post("/calls/next/").headers["Location"] == "/calls/"
    assert client.get(f"/calls/{asked.ref}/").status_code == 404


def test_not_reached_comes_again_tomorrow_at_another_hour(company: Company, caller: Client) -> None:
    asked = to_call(company, 5)
    address = taken(caller)
    caller.post(f"{address}outcome/", {"outcome": "not_reached"})
    asked.refresh_from_db()
    assert asked.call_after
    assert asked.call_after > timezone.now()
    assert asked.claimed_by_id is None
    assert "Nobody to call right now" in caller.get("/calls/").content.decode()
    assert calling.another_hour(asked, datetime.fromisoformat("2026-03-04T09:00Z")).isoformat() == (
        "2026-03-05T17:30:00+00:00"
    )
    assert calling.another_hour(asked, datetime.fromisoformat("2026-03-04T16:00Z")).isoformat() == (
        "2026-03-05T10:30:00+00:00"
    )


def test_calling_back_is_in_the_customers_time(company: Company, caller: Client) -> None:
    asked = to_call(company, 5)
    asked.customer.time_zone = "Asia/Tokyo"
    asked.customer.save()
    address = taken(caller)
    for wrong in ("", "2020-01-01T10:00", "2999-01-01T10:00", "tomorrow"):
        answer = caller.post(f"{address}outcome/", {"outcome": "call_back", "again_at": wrong})
        assert answer.status_code == 422, wrong
        assert 'id="again_error"' in answer.content.decode()
    day = (timezone.now() + timedelta(days=2)).date()
    caller.post(f"{address}outcome/", {"outcome": "call_back", "again_at": f"{day}T10:00"})
    asked.refresh_from_db()
    assert asked.call_after
    assert asked.call_after.isoformat() == f"{day}T01:00:00+00:00"


def test_refused_and_wrong_number(company: Company, caller: Client) -> None:
    first, second, third = (to_call(company, number) for number in (1, 2, 3))
    Message.objects.all().delete()
    caller.post(f"{taken(caller)}outcome/", {"outcome": "refused"})
    caller.post(f"{taken(caller)}outcome/", {"outcome": "wrong_number"})
    for each in (first, second, third):
        each.refresh_from_db()
    assert first.declined_at
    assert second.bounced_at
    assert Suppression.objects.get().address == second.customer.phone
    assert Entry.objects.filter(type="invitation.declined").count() == 1
    assert Entry.objects.filter(type="invitation.bounced").count() == 1
    third.customer.phone = second.customer.phone
    third.customer.save()
    assert calls.waiting(company.actor("fiona"), timezone.now()).now == 0


def test_who_must_not_be_called_is_not_offered(company: Company) -> None:
    actor, now = company.actor("fiona"), timezone.now()
    asked = to_call(company)
    assert calls.waiting(actor, now).now == 1
    left = OptOut.objects.create(customer=asked.customer)
    assert calls.waiting(actor, now).now == 0
    left.delete()
    for field, value in (
        ("declined_at", now), ("bounced_at", now), ("answered_at", now), ("is_test", True),
        ("expires_at", now - timedelta(days=1)), ("channel", "email"),
    ):  # fmt: skip
        kept = getattr(asked, field)
        Invitation.objects.update(**{field: value})
        assert calls.waiting(actor, now).now == 0, field
        Invitation.objects.update(**{field: kept})


def test_quiet_hours_are_warned_of(company: Company, caller: Client) -> None:
    to_call(company)
    address = taken(caller)
    assert "quiet hour" not in caller.get(address).content.decode()
    limit = ContactLimit.objects.first() or ContactLimit()
    local = timezone.now()
    limit.quiet_from = time((local.hour - 1) % 24)
    limit.quiet_to = time((local.hour + 2) % 24)
    limit.save()
    assert "quiet hour" in caller.get(address).content.decode()


def test_the_score_comes_first(company: Company, caller: Client) -> None:
    to_call(company)
    address = taken(caller)
    assert caller.post(f"{address}answer/", {"done": "1"}).status_code == 422
    assert caller.post(f"{address}outcome/", {"outcome": "answered"}).status_code == 422
    assert caller.post(f"{address}outcome/", {"outcome": "nonsense"}).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two callers at once: PostgreSQL")
def test_two_callers_never_get_the_same_customer(company: Company) -> None:
    people = [
        create_user(
            actor=SYSTEM,
            email=f"caller{n}@acme.example",
            name=f"Caller {n}",
            unit=company.north,
            roles=[Role.CALL_BACK],
        )
        for n in range(6)
    ]
    for number in range(9):
        to_call(company, number + 1)
    together = Barrier(len(people))
    got: list[str] = []

    def work(user: Any) -> None:
        actor = actor_for(user)
        together.wait()
        while (found := calling.next_call(actor=actor, now=timezone.now())) is not None:
            got.append(found.ref)
            calling.finish_call(
                actor=actor, ref=found.ref, outcome=CallOutcome.REFUSED, now=timezone.now()
            )
        connections.close_all()

    threads = [Thread(target=work, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == 9
