"""An answer to a survey of employees: one for each, changeable, and nobody's."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.delivery.calls import open_calls
from loopwell.delivery.happenings import Happening, record_event
from loopwell.delivery.models import Message
from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.kit.errors import Invalid, NotFound
from loopwell.responses.holding import receive
from loopwell.responses.models import HeldAnswer, Response, Revision
from loopwell.responses.open_answers import record_open_response
from loopwell.responses.operations import add_response, record_response
from loopwell.responses.queries import (
    AnswerFilter,
    answer_by_ref,
    answers,
    asked,
    asked_tally,
    newest_comments,
    tally,
    visible_to,
)
from loopwell.responses.rules import Answer, Effect
from loopwell.sampling.enums import Channel, LinkKind, ProgrammeKind
from loopwell.sampling.linking.opening import opened
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation, Link, Programme
from loopwell.sampling.operations import plan_wave
from loopwell.sampling.rules import CustomerFilter
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.templates import as_version, template_by_key
from tests import factories
from tests.conftest import Company

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]


def employees(**fields: Any) -> Version:
    """The ready-made survey of employees, with a hidden field."""
    ready = as_version(template_by_key("employees"))
    hidden = {"key": "team", "type": "hidden"}
    return factories.version(
        survey=factories.survey(kind=SurveyKind.EMPLOYEE, name="eNPS"),
        texts=ready.texts,
        questions=[*ready.questions, hidden],
        **fields,
    )


def invite(version: Version, **fields: Any) -> Invitation:
    soon = timezone.now() + timedelta(days=30)
    return factories.invitation(version=version, expires_at=soon, **fields)


def everything_in(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_what_is_stored_leads_to_nobody(company: Company, client: Client) -> None:
    person = factories.customer(unit=company.north, properties={"team": "night"})
    sent = timezone.now() - timedelta(days=1)
    asked_one = invite(
        employees(),
        customer=person,
        employee=company.fiona,
        account=factories.account(),
        properties={"team": "night", "grade": "7"},
        sent_at=sent,
    )
    link = f"/r/{token_of(asked_one.ref)}/"

    client.get(link, headers={"user-agent": "Mozilla/5.0 Firefox/140.0"})
    client.post(
        link,
        {"score": "3", "page": "1", "comment": "Pay", "contact": "yes", "q.work.lead": "2",
         "q.team": "night", "q.first": "Shifts", "finish": "1"},
    )  # fmt: skip

    row = Response.objects.get()
    asked_one.refresh_from_db()
    linked = ("invitation_id", "customer_id", "interaction_id", "employee_id", "account_id",
              "link_id", "contact_consent")  # fmt: skip
    stored = everything_in(row)
    assert {name: stored[name] for name in linked} == dict.fromkeys(linked)
    assert (row.score, row.comment, row.unit, row.language) == (3, "Pay", company.north, "en")
    assert row.answers == {"work": {"lead": 2}, "first": "Shifts"}
    assert (row.properties, row.product) == ({}, "")
    times = {row.answered_at, row.updated_at, row.created_at}
    times |= set(Entry.objects.filter(subject="response").values_list("at", flat=True))
    assert {(at.minute, at.second, at.microsecond) for at in times} == {(0, 0, 0)}
    assert asked_one.ref not in str(stored)
    assert (asked_one.answered_at, asked_one.started_at, asked_one.opened_at) == (sent, None, None)


def test_one_person_has_one_answer_and_may_change_it_until_it_closes(client: Client) -> None:
    asked_one = invite(employees())
    link = f"/r/{token_of(asked_one.ref)}/"

    client.post(link, {"score": "3"})
    shown = client.get(link).content.decode()
    client.post(link, {"chosen": "9", "comment": "Better now", "finish": "1"})

    assert 'value="3" aria-pressed="true"' in shown
    assert list(Response.objects.values_list("score", "comment")) == [(9, "Better now")]
    assert Revision.objects.count() == 0
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post(link, {"score": "0"}).status_code == 410
    assert Response.objects.get().score == 9


def test_nobody_who_is_unhappy_is_promised_a_call(client: Client) -> None:
    ordinary = factories.version(texts=as_version(template_by_key("relationship")).texts)
    pages = []
    for version in (ordinary, employees()):
        link = f"/r/{token_of(invite(version).ref)}/"
        client.post(link, {"score": "0"})
        pages.append(client.get(link, {"done": "1"}).content.decode())
    assert ["call you" in page or "call suit" in page for page in pages] == [True, False]


def test_two_people_have_two_answers_and_doubt_holds_none() -> None:
    version, now = employees(), timezone.now()
    just_sent = invite(version, sent_at=now, scanned_at=now)
    other = invite(version)

    assert receive(invitation_ref=just_sent.ref, answer=Answer(2), now=now) is Effect.NEW
    assert receive(invitation_ref=just_sent.ref, answer=Answer(2), now=now) is Effect.SAME
    record = record_response(actor=SYSTEM, invitation_ref=other.ref, answer=Answer(8), now=now)
    assert record is Effect.NEW
    trapped = receive(invitation_ref=other.ref, answer=Answer(0), now=now, trapped=True)
    assert trapped is Effect.HELD
    assert sorted(Response.objects.values_list("score", flat=True)) == [2, 8]
    assert HeldAnswer.objects.count() == 0


def test_who_declined_is_not_recorded() -> None:
    now = timezone.now()
    asked_one = invite(employees(), declined_at=now)

    assert receive(invitation_ref=asked_one.ref, answer=Answer(2), now=now) is Effect.REFUSED
    assert Response.objects.count() == 0


def test_nobody_sees_single_answers_nor_who_has_answered(company: Company) -> None:
    now, alice = timezone.now(), company.actor("alice")
    version = employees()
    done = invite(version, customer=factories.customer(unit=company.north))
    receive(invitation_ref=done.ref, answer=Answer(0, "Awful"), now=now)
    wanted = AnswerFilter(kind=SurveyKind.EMPLOYEE)

    assert visible_to(alice).count() == answers(alice, wanted).count() == 0
    assert tally(alice, wanted).n == 0
    assert list(newest_comments(alice, wanted, 5)) == []
    assert asked(alice, wanted).count() == 0
    assert (asked_tally(alice, wanted).n, asked_tally(alice, wanted).answered) == (1, 1)
    with pytest.raises(NotFound):
        answer_by_ref(alice, Response.objects.get().ref)
    consume_all(now=now)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("page", ["/answers/", "/answers/asked/", "/"])
def test_no_page_of_answers_has_a_word_of_it(company: Company, client: Client, page: str) -> None:
    version = employees()
    person = factories.customer(unit=company.north, name="Quiet Quentin")
    for number in range(6):
        who = person if number == 0 else factories.customer(unit=company.north)
        one = invite(version, customer=who)
        receive(invitation_ref=one.ref, answer=Answer(0, "Unheard"), now=timezone.now())
    client.force_login(company.alice)

    shown = client.get(page, {"kind": "employee", "period": "all"})

    assert shown.status_code == 200
    assert "Unheard" not in shown.content.decode()
    assert "Quentin" not in shown.content.decode()


def test_the_story_of_a_person_says_neither_answered_nor_not(
    company: Company, client: Client
) -> None:
    version = employees()
    two = [factories.customer(unit=company.north, name="Same") for _ in range(2)]
    first, _second = [invite(version, customer=each) for each in two]
    receive(invitation_ref=first.ref, answer=Answer(0, "Unheard"), now=timezone.now())
    client.force_login(company.alice)

    pages = [client.get(f"/customers/{each.ref}/") for each in two]

    assert [page.status_code for page in pages] == [200, 200]
    plain = [
        page.content.decode().replace(each.ref, "").replace(str(each.email), "")
        .replace(str(each.external_id), "")
        for page, each in zip(pages, two, strict=True)
    ]  # fmt: skip
    assert _without_tokens(plain[0]) == _without_tokens(plain[1])


def test_times_of_opening_are_not_noted() -> None:
    now = timezone.now()
    asked_one = invite(employees())
    message = Message.objects.create(
        invitation=asked_one, purpose="invitation", to="a@b.example", state="sent"
    )

    for kind in (Happening.OPENED, Happening.CLICKED):
        record_event(kind=kind, at=now, now=now, message_ref=message.ref)

    message.refresh_from_db()
    asked_one.refresh_from_db()
    assert (message.opened_at, message.clicked_at, asked_one.opened_at) == (None, None, None)


def test_answers_through_an_open_link_are_stripped_too(company: Company) -> None:
    version = employees()
    programme = Programme.objects.create(
        name="Everybody", survey=version.survey, kind=ProgrammeKind.LINK
    )
    link = Link.objects.create(
        programme=programme, kind=LinkKind.LINK, name="All", unit=company.north,
        employee=company.fiona,
    )  # fmt: skip
    found = opened(link.ref)
    assert found is not None

    said = [
        record_open_response(
            link=found,
            answer=Answer(4, "Cold", True, {"team": "night", "first": "Heat"}),
            now=timezone.now(),
            device="the same",
            properties={"grade": "7"},
        )
        for _ in range(2)
    ]

    assert None not in said
    row = Response.objects.order_by("pk")[0]
    assert (row.employee, row.properties, row.contact_consent) == (None, {}, None)
    assert row.answers == {"first": "Heat"}
    assert (row.created_at.minute, row.created_at.second) == (0, 0)
    assert (Response.objects.count(), HeldAnswer.objects.count()) == (2, 0)


def test_nobody_hands_in_an_answer_for_somebody(company: Company) -> None:
    survey: Survey = employees().survey
    with pytest.raises(Invalid):
        add_response(
            actor=company.actor("alice"),
            survey=survey,
            answer=Answer(3),
            now=timezone.now(),
            customer=factories.customer(unit=company.north),
        )
    assert Response.objects.count() == 0


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.EMAIL])
def test_nobody_is_asked_by_phone(company: Company, channel: Channel) -> None:
    plan = partial(
        plan_wave,
        actor=company.actor("alice"),
        name="By phone",
        survey=employees().survey,
        wanted=CustomerFilter(),
        now=timezone.now(),
        channel=channel,
    )
    if channel == Channel.EMAIL:
        assert plan().channel == channel
        return
    with pytest.raises(Invalid, match="not asked by phone"):
        plan()


def test_a_call_already_planned_is_never_offered(company: Company) -> None:
    for version in (employees(), factories.version()):
        who = factories.customer(unit=company.north, phone="+442071838750")
        invite(version, customer=who, channel=Channel.PHONE)
    calls = open_calls(company.actor("alice"), timezone.now())
    assert [each.version.survey.kind for each in calls] == [SurveyKind.RELATIONSHIP]


def test_a_test_is_an_ordinary_answer() -> None:
    trial = invite(employees(), is_test=True)

    receive(invitation_ref=trial.ref, answer=Answer(5), now=timezone.now())

    assert Response.objects.get().invitation == trial


def _without_tokens(html: str) -> str:
    return re.sub(r'"[A-Za-z0-9]{64}"', "", html)
