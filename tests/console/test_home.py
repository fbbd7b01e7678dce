"""What does the home page say to whom, and do its numbers lead to the answers behind them?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.models import Unit
from loopwell.access.rules import SYSTEM
from loopwell.calc.nps import Counts, interval
from loopwell.cases.models import Case
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.people.models import Property
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS, SurveyKind
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import Company


@pytest.fixture
def survey(db: None) -> Survey:
    return factories.survey()


def many(survey: Survey, unit: Unit, *, days: int, counts: Counts, **more: Any) -> None:
    """Answers of some days ago, so many of each category."""
    moment = timezone.now() - timedelta(days=days)
    who = factories.customer()
    scores = [3] * counts.detractors + [8] * counts.passives + [10] * counts.promoters
    Response.objects.bulk_create(
        Response(
            survey=survey, kind=survey.kind, customer=who, unit=unit, score=score,
            source="email", answered_at=moment, updated_at=moment, **more,
        )
        for score in scores
    )  # fmt: skip


def home(client: Client, user: Any, query: str = "") -> Any:
    client.force_login(user)
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    return response.context


def test_nobody_is_sent_to_the_login(client: Client, company: Company) -> None:
    assert client.get("/")["Location"].startswith("/auth/login/")


def test_a_new_installation_says_what_to_do_first(client: Client, company: Company) -> None:
    steps = home(client, company.alice)["steps"]
    assert [step.done for step in steps] == [False, False, False]
    factories.customer()
    assert [step.done for step in home(client, company.alice)["steps"]] == [True, False, False]
    assert home(client, company.fiona)["steps"] == []


def test_the_score_equals_calc_and_stays_within_ones_units(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    many(survey, company.north, days=5, counts=Counts(10, 20, 70))
    many(survey, company.south, days=5, counts=Counts(50, 30, 20))
    built()
    whole, north = interval(Counts(60, 50, 90)), interval(Counts(10, 20, 70))
    assert home(client, company.alice)["score"] == whole
    assert home(client, company.mark)["score"] == north
    assert home(client, company.oscar, f"unit={company.north.ref}")["score"].n == 100
    assert home(client, company.alice, f"unit={company.north.ref}")["score"] == north
    units = home(client, company.alice)["units"]
    assert [(group.label, group.meaning) for group in units] == [
        ("North", "above"), ("South", "below"),
    ]  # fmt: skip


def test_numbers_lead_to_the_answers_behind_them(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    Property.objects.create(name="segment", label="Segment")
    many(survey, company.north, days=5, counts=Counts(1, 2, 4), properties={"segment": "Gold"})
    many(survey, company.south, days=5, counts=Counts(0, 3, 0))
    many(survey, company.south, days=200, counts=Counts(5, 0, 0))
    built()
    for cut in ("property:segment", "touchpoint", "language", "weekday", "kind"):
        seen = home(client, company.alice, f"by={cut}")
        lines = [(g.answers, g.n) for g in [*seen["units"], *seen["groups"]] if g.answers]
        lines += [(bar["url"].split("?")[1], bar["count"]) for bar in seen["scores_data"]["bars"]]
        lines += [
            (line.url.split("?")[1], line.estimate.n) for line in seen["lines"] if line.estimate
        ]
        assert sum(n for _query, n in lines) >= 30
        for query, n in lines:
            assert client.get(f"/answers/?{query}").context["counted"].n == n, query


def test_the_headline_claims_only_what_is_real(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    many(survey, company.north, days=5, counts=Counts(20, 60, 120))
    many(survey, company.north, days=100, counts=Counts(80, 60, 60))
    built()
    words = [sentence.words for sentence in home(client, company.mark)["headline"]]
    assert words == ["NPS is up 60 to +50 against the 90 days before: a real change."]
    many(survey, company.north, days=100, counts=Counts(0, 60, 340))
    built()
    words = [sentence.words for sentence in home(client, company.mark)["headline"]]
    assert words == ["NPS stands at +50: no real change against the 90 days before."]
    few = [s.words for s in home(client, company.mark, "from=2001-01-01&to=2001-02-01")["headline"]]
    assert few == ["There are too few answers here to judge the score."]


def test_kinds_of_survey_are_kept_apart(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    other = factories.survey(kind="transactional", name="After a visit")
    many(survey, company.north, days=5, counts=Counts(0, 0, 40))
    many(other, company.north, days=5, counts=Counts(40, 0, 0))
    built()
    kinds = home(client, company.alice)["kinds"]
    assert [(line.label, line.estimate.value) for line in kinds] == [
        ("Relationship", 100.0), ("Transactional", -100.0),
    ]  # fmt: skip
    assert home(client, company.alice, "kind=transactional")["score"].value == -100.0


def test_a_broken_warehouse_is_said_and_the_rest_is_shown(
    client: Client, company: Company, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(survey, company.north, days=1, counts=Counts(1, 0, 0), comment="Still here")

    def broken() -> None:
        raise WarehouseUnavailable("The numbers cannot be read now: no disk.")

    monkeypatch.setattr("loopwell.insights.questions.warehouse", broken)
    client.force_login(company.mark)
    page = client.get("/").content.decode()
    assert "The numbers cannot be read now: no disk." in page
    assert "Still here" in page
    assert "Customers to call" in page


def test_callers_see_first_who_waits(client: Client, company: Company, survey: Survey) -> None:
    many(survey, company.north, days=1, counts=Counts(1, 0, 0))
    client.force_login(company.fiona)
    assert "No customer waits for your call" in client.get("/").content.decode()
    client.force_login(company.mark)
    assert "wait for your call" not in client.get("/").content.decode()


def test_queries_do_not_grow_with_answers(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    def cost() -> int:
        many(survey, company.north, days=1, counts=Counts(3, 3, 3), comment="word")
        built()
        client.force_login(company.alice)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    cost()  # the first visit of the day is counted
    first = cost()
    assert cost() == first
    assert first < 46


def test_answers_that_are_no_facts_yet_are_said(
    client: Client, company: Company, survey: Survey
) -> None:
    many(survey, company.north, days=1, counts=Counts(1, 2, 3))
    assert home(client, company.alice)["not_yet"] == 6


def test_one_answer_is_too_few_to_judge(
    client: Client, company: Company, survey: Survey, built: Any
) -> None:
    many(survey, company.north, days=1, counts=Counts(0, 0, 1))
    factories.invitation(customer=factories.customer(unit=company.north), sent_at=timezone.now())
    built()
    client.force_login(company.mark)
    page = client.get("/").content.decode()
    assert "There are too few answers here to judge the score." in page
    for part in ("score-title", "rate-title", "trend-title", "groups-title"):
        section = page.split(f'id="{part}"')[1].split("</section>")[0]
        assert "too few to judge" in section, part


def test_a_manager_sees_whose_calls_are_late(
    client: Client, company: Company, survey: Survey
) -> None:
    """Cases of their people, overdue, and the link leads to as many in the queue."""
    day = timezone.now() - timedelta(days=30)
    given = factories.response(unit=company.north, score=1, answered_at=day)
    append(actor=SYSTEM, now=day, events=[Event("response.recorded", "response", given.pk)])
    consume_all(now=day)
    Case.objects.update(owner=company.fiona)
    seen = home(client, company.mark)
    assert (seen["open_cases"], seen["late_cases"]) == (1, 1)
    words = [sentence for sentence in seen["headline"] if "waits longer" in sentence.words]
    assert len(words) == 1
    assert len(client.get(words[0].url).context["rows"]) == 1
    for query in ("", "from=2001-01-01&to=2001-02-01"):
        assert "Customers to call" in client.get(f"/?{query}").content.decode(), query
    assert home(client, company.oscar)["late_cases"] == 0


def test_who_has_no_phone_is_written_to(client: Client, company: Company, survey: Survey) -> None:
    now = timezone.now()
    who = factories.customer(unit=company.north, phone="", email="quiet@mail.example")
    given = factories.response(customer=who, score=1, answered_at=now)
    append(actor=SYSTEM, now=now, events=[Event("response.recorded", "response", given.pk)])
    consume_all(now=now)
    client.force_login(company.fiona)
    for path in ("/", f"/cases/{Case.objects.get().ref}/"):
        button = client.get(path).content.decode().split('href="mailto:quiet@mail.example"')[0]
        assert button.rstrip().endswith(('class="btn btn-sm"', 'class="btn btn-primary call-big"'))


def test_a_caller_without_answers_of_their_units_sees_their_cases(
    client: Client, company: Company, survey: Survey
) -> None:
    """A call-back team has cases from everywhere and answers of its own from nowhere."""
    now = timezone.now()
    given = factories.response(unit=company.south, score=1, answered_at=now)
    append(actor=SYSTEM, now=now, events=[Event("response.recorded", "response", given.pk)])
    consume_all(now=now)
    Case.objects.update(owner=company.fiona)
    client.force_login(company.fiona)
    page = client.get("/").content.decode()
    assert "1 customer waits for your call" in page
    assert Case.objects.get().ref in page
    assert "No answers yet" not in page


def test_only_customers_answers_are_the_companys_numbers(
    client: Client, company: Company, built: Any
) -> None:
    for kind in SurveyKind.values:
        version = factories.version(survey=factories.survey(kind=kind, name=kind))
        ours = kind in OUR_CUSTOMERS
        unit, when = (company.north if ours else company.south), timezone.now() - timedelta(days=2)
        for _ in range(6):
            who = factories.customer(unit=unit)
            asked = factories.invitation(
                version=version, customer=who, sent_at=when, answered_at=when if ours else None
            )
            factories.response(
                survey=version.survey, customer=who, score=10 if ours else 0, comment=f"of {kind}",
                answered_at=when, invitation=asked,
            )  # fmt: skip
    built()

    seen = home(client, company.alice)

    assert (seen["score"].n, seen["score"].value > 0) == (12, True)
    assert (seen["board"].rate.n, seen["board"].rate.value) == (12, 100.0)
    assert [group.label for group in seen["units"]] == ["North"]
    said = {each.comment for each in seen["comments"]}
    assert said <= {"of relationship", "of transactional"}
    assert said
    assert home(client, company.alice, "kind=benchmark")["score"].n == 6
    assert home(client, company.alice, "kind=employee")["score"].n == 6
    assert home(client, company.alice, "kind=employee")["comments"] == []
