"""What does the home page say to whom, and do its numbers lead to the answers behind them?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loopwell.access.models import Unit
from loopwell.calc.nps import Counts, adjusted_wald
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.people.models import Property
from loopwell.responses.models import Response
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
    whole, north = adjusted_wald(Counts(60, 50, 90)), adjusted_wald(Counts(10, 20, 70))
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

    first = cost()
    assert cost() == first
    assert first < 40


def test_answers_that_are_no_facts_yet_are_said(
    client: Client, company: Company, survey: Survey
) -> None:
    many(survey, company.north, days=1, counts=Counts(1, 2, 3))
    assert home(client, company.alice)["not_yet"] == 6
