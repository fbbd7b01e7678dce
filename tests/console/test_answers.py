"""Who reads which answers, what do the filters select, and is the export harmless?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.calc.nps import Counts, interval
from loopwell.insights.questions import Filters, Question, ask_one
from loopwell.kit.tables.writing import harmless
from loopwell.people.models import Property
from loopwell.responses.models import Response
from loopwell.responses.queries import NOTHING, AnswerFilter, answers, tally
from tests import factories
from tests.conftest import Company


@pytest.fixture
def given(company: Company) -> dict[str, Response]:
    """A promoter and a detractor in North, a passive in South; of the last days."""
    day = timezone.now() - timedelta(days=3)
    shared = factories.survey()

    def one(score: int, unit: Any, **more: Any) -> Response:
        return factories.response(
            survey=shared, score=score, unit=unit, answered_at=day, opens_case=False, **more
        )

    return {
        "promoter": one(10, company.north, comment="Great staff", properties={"segment": "Gold"}),
        "detractor": one(2, company.north, comment="Очередь ужасная", touchpoint="visit"),
        "passive": one(7, company.south, properties={"segment": "Basic"}),
    }


def shown(client: Client, user: User, query: str = "") -> set[str]:
    client.force_login(user)
    response = client.get(f"/answers/?{query}")
    assert response.status_code == 200
    return {row.ref for row in response.context["page"]}


def test_nobody_is_sent_to_the_login(client: Client, given: dict[str, Response]) -> None:
    for path in ("/answers/", "/answers/export.csv", f"/answers/{given['promoter'].ref}/"):
        response = client.get(path)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/auth/login/")


def test_everybody_sees_their_units_alone(
    client: Client, company: Company, given: dict[str, Response]
) -> None:
    north = {given["promoter"].ref, given["detractor"].ref}
    assert shown(client, company.alice) == {answer.ref for answer in given.values()}
    assert shown(client, company.mark) == shown(client, company.fiona) == north
    assert shown(client, company.oscar) == {given["passive"].ref}
    assert shown(client, company.oscar, f"unit={company.north.ref}") == {given["passive"].ref}


def test_an_outsider_does_not_find_an_answer(
    client: Client, company: Company, given: dict[str, Response]
) -> None:
    path = f"/answers/{given['detractor'].ref}/"
    client.force_login(company.oscar)
    assert client.get(path).status_code == 404
    assert client.get("/answers/nosuchanswer/").status_code == 404
    client.force_login(company.fiona)
    assert "Очередь ужасная" in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=detractor", {"detractor"}),
        ("score=10", {"promoter"}),
        ("comment=1", {"promoter", "detractor"}),
        ("q=ОЧЕРЕДЬ", {"detractor"}),
        ("q=great", {"promoter"}),
        ("touchpoint=visit", {"detractor"}),
        ("p_segment=Gold", {"promoter"}),
        (f"p_segment={NOTHING}", {"detractor"}),
        ("kind=transactional", set()),
        ("from=2020-01-01&to=2020-12-31", set()),
        ("period=all&score=99&unit=none&from=nonsense", {"promoter", "detractor", "passive"}),
    ],
)
def test_the_address_selects(
    client: Client,
    company: Company,
    given: dict[str, Response],
    query: str,
    expected: set[str],
) -> None:
    assert shown(client, company.alice, query) == {given[name].ref for name in expected}


def test_a_property_named_like_a_lookup_is_only_a_name(company: Company) -> None:
    odd = factories.response(unit=company.north, properties={"contains": "x", "a__gt": "y"})
    alice = company.actor("alice")
    for name, value in odd.properties.items():
        found = answers(alice, AnswerFilter(properties=((name, value),)))
        assert [row.pk for row in found] == [odd.pk]


def test_the_score_of_the_selection_stands_on_top(
    client: Client, company: Company, given: dict[str, Response]
) -> None:
    client.force_login(company.mark)
    result = client.get("/answers/").context["result"]
    expected = interval(Counts(1, 0, 1))
    assert (result.n, result.value, result.low) == (2, expected.value, expected.low)


def test_lists_and_numbers_cut_days_and_weekdays_alike(company: Company, built: Any) -> None:
    company.north.time_zone = "Asia/Tokyo"
    company.north.save()
    Property.objects.create(name="segment", label="Segment")
    for hour in range(0, 48, 3):
        moment = datetime(2026, 2, 27, tzinfo=UTC) + timedelta(hours=hour)
        for unit in (company.north, company.south):
            factories.response(unit=unit, answered_at=moment, properties={"segment": f"s{hour}"})
    built()
    alice, first = company.actor("alice"), datetime(2026, 2, 27, tzinfo=UTC).date()
    for days in range(-1, 4):
        start, end = first + timedelta(days=days), first + timedelta(days=days + 1)
        numbers = ask_one(Question("nps", filters=Filters(start=start, end=end)), alice).n
        assert tally(alice, AnswerFilter(start=start, end=end)).n == numbers
    chosen = (("segment", "s3"),)
    assert tally(alice, AnswerFilter(properties=chosen)).n == 2
    assert ask_one(Question("nps", filters=Filters(properties=chosen)), alice).n == 2
    fridays = tally(alice, AnswerFilter(weekday=4)).n
    assert fridays == 8 + 5  # all of the 27th in UTC; in Tokyo until 15:00 UTC


def test_queries_do_not_grow_with_answers(client: Client, company: Company) -> None:
    shared = factories.survey()

    def cost() -> int:
        for _more in range(5):
            factories.response(
                survey=shared,
                unit=company.north,
                answered_at=timezone.now(),
                employee=company.fiona,
            )
        client.force_login(company.alice)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/answers/").status_code == 200
        return len(seen)

    cost()  # the first visit of the day is counted
    first = cost()
    assert cost() == first
    assert first < 25


def test_the_export_holds_the_selection_and_no_formula(
    client: Client, company: Company, given: dict[str, Response]
) -> None:
    Response.objects.filter(pk=given["promoter"].pk).update(comment='=HYPERLINK("http://x")')
    client.force_login(company.mark)
    response = client.get("/answers/export.csv?category=promoter")
    text = b"".join(response).decode("utf-8")  # type: ignore[arg-type]  # a streaming response
    lines = text.removeprefix("\ufeff").split("\r\n")
    assert text.startswith("\ufeff")
    assert lines[0].startswith("Answer,Time,Score,Category,Comment,Unit")
    assert len(lines) == 3
    assert lines[2] == ""
    assert '"\'=HYPERLINK(""http://x"")"' in lines[1]
    for risky in ("=1+1", "+7 900", "-2+3", "@SUM(A1)", "\t=1"):
        assert harmless(risky) == f"'{risky}"
    assert harmless("plain −2") == "plain −2"


def test_a_changed_answer_tells_its_story(client: Client, company: Company) -> None:
    asked = factories.invitation(unit=company.north)
    answer = factories.response(
        invitation=asked, unit=company.north, score=9, comment="Better now", opens_case=False
    )
    answer.revisions.create(
        score=1, comment="Bad", replaced_at=answer.answered_at + timedelta(hours=1)
    )
    client.force_login(company.mark)
    story = client.get(f"/answers/{answer.ref}/").context["story"]
    assert [(moment.words, moment.score, moment.text) for moment in story] == [
        ("Invitation sent", None, ""),
        ("Answered", 1, "Bad"),
        ("Changed the answer", 9, "Better now"),
    ]


def test_the_response_rate_leads_to_who_was_asked(
    client: Client, company: Company, built: Any
) -> None:
    """The list holds as many as the rate counts, whatever the filter, and nobody else's."""
    of, now = factories.version(), timezone.now()
    Property.objects.create(name="segment", label="Segment")
    for unit, segment, sent, answered, bounced in [
        (company.north, "Gold", now, now, None),
        (company.north, "", now, None, None),
        (company.north, "", now - timedelta(days=200), None, None),
        (company.north, "", now, None, now),
        (company.north, "", None, None, None),
        (company.south, "Gold", now, None, None),
    ]:
        factories.invitation(
            version=of, unit=unit, sent_at=sent, answered_at=answered, bounced_at=bounced,
            properties={"segment": segment},
        )  # fmt: skip
    factories.response(unit=company.north, answered_at=now)
    built()
    for user, query, expected in [
        (company.alice, "", (3, 1)),
        (company.mark, "", (2, 1)),
        (company.mark, "period=all", (3, 1)),
        (company.oscar, f"unit={company.north.ref}", (1, 0)),
        (company.alice, "p_segment=Gold", (2, 1)),
        (company.alice, f"p_segment={NOTHING}", (1, 0)),
        (company.alice, "kind=transactional", (0, 0)),
    ]:
        client.force_login(user)
        rate = client.get(f"/?{query}").context
        counted = client.get(f"/answers/asked/?{query}").context["counted"]
        assert (counted.n, counted.answered) == expected, query
        if "board" in rate:
            stats = rate["board"].rate.stats
            assert (stats["n"], stats["answered"]) == expected, query
    client.force_login(company.mark)
    assert '/answers/asked/?period=90d"' in client.get("/").content.decode()
    page = client.get("/answers/asked/?answered=no").context["page"]
    assert [row.answered_at for row in page] == [None]


def test_who_may_not_read_customers_learns_no_name(
    client: Client, company: Company, built: Any
) -> None:
    """Finance reads answers and numbers: neither pages nor the export nor a search tells who."""
    who = factories.customer(
        unit=company.root, name="Zofia Unmistakable", email="zofia.u@mail.example",
        phone="+48 555 010 999", account=factories.account(name="Unmistakable Ltd"),
    )  # fmt: skip
    now = timezone.now()
    asked = factories.invitation(customer=who, sent_at=now, answered_at=now)
    given = factories.response(
        customer=who, account=who.account, score=2, comment="Too slow", answered_at=now,
        invitation=asked,
    )  # fmt: skip
    factories.response(customer=who, unit=company.root, score=9, answered_at=now)
    built()
    finance = create_user(
        actor=SYSTEM, email="fin@acme.example", name="Finn", unit=company.root,
        roles=[Role.FINANCE],
    )  # fmt: skip
    pages = ["/", "/answers/", f"/answers/{given.ref}/", "/answers/export.csv", "/answers/asked/"]

    def told(user: User) -> list[bool]:
        client.force_login(user)
        found = []
        for path in pages:
            response = client.get(path)
            assert response.status_code == 200, path
            text = (
                b"".join(response.streaming_content) if response.streaming else response.content
            ).decode()
            secrets = ("Unmistakable", "zofia.u@", "555 010")
            found.append(any(word in text for word in secrets) or who.ref in text)
        return found

    assert told(company.alice) == [True] * len(pages)
    assert told(finance) == [False] * len(pages)
    assert shown(client, finance, "q=zofia.u@mail.example") == set()
    assert shown(client, finance, "q=Unmistakable") == set()
    assert shown(client, finance, "q=slow") == {given.ref}
    assert len(shown(client, company.alice, "q=Unmistakable")) == 2


def test_an_export_of_many_streams_in_few_queries(client: Client, company: Company) -> None:
    shared, who, day = factories.survey(), factories.customer(), timezone.now()
    Response.objects.bulk_create(
        Response(
            survey=shared, kind=shared.kind, customer=who, unit=company.north, score=5,
            source="email", answered_at=day, updated_at=day, comment="=1+1",
        )
        for _number in range(4_500)
    )  # fmt: skip
    client.force_login(company.mark)
    response = client.get("/answers/export.csv?period=all")
    assert response.streaming
    with CaptureQueriesContext(connection) as seen:
        lines = list(response.streaming_content)
    assert len(lines) == 4_501
    assert b"'=1+1" in lines[-1]
    assert len(seen) <= 2
