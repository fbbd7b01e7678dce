"""Can a program ask what a page asks, and is every word it gets wrong named?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.people.models import Property
from tests import factories
from tests.api.conftest import Programs
from tests.conftest import Company

Build = Callable[[], int]


@pytest.fixture
def answers(company: Company) -> None:
    Property.objects.create(name="segment", label="Segment")
    survey = factories.survey(name="Yearly")
    at = timezone.now() - timedelta(days=3)
    for unit, scores in ((company.north, (10, 9, 3)), (company.south, (0,))):
        for score in scores:
            factories.response(
                survey=survey, unit=unit, score=score, answered_at=at,
                properties={"segment": "Gold" if score > 5 else "Basic"},
            )  # fmt: skip


def test_the_list_of_metrics_explains_itself(company: Company, program: Programs) -> None:
    found = {each["slug"]: each for each in program().get("/metrics").json()}

    assert found["nps"]["unit"] == "points"
    assert "unit" in found["nps"]["cuts"]
    assert "score" not in found["response_rate"]["cuts"]
    assert found["detractors"]["higher_is_better"] is False
    for each in found.values():
        assert all(each[name] for name in ("name", "formula", "help", "interval", "counted"))


@pytest.mark.usefixtures("answers")
def test_a_question_by_address_and_by_body(
    company: Company, program: Programs, built: Build
) -> None:
    built()
    caller = program(rights=[Right.READ_ANSWERS])

    found = caller.get("/questions?metric=nps&by=unit&by2=property:segment&period=30d").json()
    same = caller.post(
        "/questions", {"metric": "nps", "by": "unit", "by2": "property:segment", "period": "30d"}
    ).json()

    assert found == same
    assert found["title"] == "NPS by unit, by “Segment”"
    assert found["address"] == "by=unit&by2=property%3Asegment&period=30d"
    assert [
        ([part["label"] for part in row["key"]], row["n"], row["value"]) for row in found["rows"]
    ] == [(["North", "Basic"], 1, -100.0), (["North", "Gold"], 2, 100.0),
          (["South", "Basic"], 1, -100.0)]  # fmt: skip
    assert found["rows"][0]["key"][0]["value"] == company.north.ref
    assert found["rows"][0]["too_few"] is True
    assert (found["mixes"], found["left_off"]) == ([], 0)


@pytest.mark.usefixtures("answers")
def test_comparisons_and_rates_beside(company: Company, program: Programs, built: Build) -> None:
    version = factories.version()
    sent = timezone.now() - timedelta(days=3)
    factories.invitation(version=version, unit=company.north, sent_at=sent, answered_at=sent)
    factories.invitation(version=version, unit=company.north, sent_at=sent)
    built()

    found = program().get("/questions?by=unit&vs=company&beside=1").json()

    first = found["rows"][0]
    assert first["response_rate"] == 50.0
    assert first["against"] == {"n": 4, "value": 0.0, "low": first["against"]["low"],
                                "high": first["against"]["high"]}  # fmt: skip
    assert first["difference"]["value"] == pytest.approx(100 / 3)
    assert (first["difference"]["p"], first["difference"]["real"]) == (None, False)
    assert found["rows"][1]["response_rate"] is None


@pytest.mark.usefixtures("answers")
def test_kinds_that_are_mixed_are_said(company: Company, program: Programs, built: Build) -> None:
    after = factories.survey(name="After a visit", kind="transactional")
    factories.response(survey=after, unit=company.north, score=9, answered_at=timezone.now())
    built()
    caller = program()

    assert caller.get("/questions").json()["mixes"] == ["relationship", "transactional"]
    assert caller.get("/questions?kind=transactional").json()["mixes"] == []
    assert caller.get("/questions?by=kind").json()["mixes"] == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_wrong_word_is_named(company: Company, program: Programs, method: str) -> None:
    caller, place = program(), "query" if method == "GET" else "body"
    words = {"metrik": "nps", "by": "shoe", "score": "12", "p_shoe": "42"}

    if method == "GET":
        response = caller.get("/questions?" + "&".join(f"{n}={v}" for n, v in words.items()))
    else:
        response = caller.post("/questions", words)

    assert response.status_code == 422
    error = response.json()["error"]
    assert set(error["fields"]) == {f"{place}.{word}" for word in words}
    assert error["message"].startswith(f"{place}.metrik: ")


def test_a_body_of_the_wrong_shape_is_told(company: Company, program: Programs) -> None:
    response = program().post("/questions", {"by": ["unit", "score"]})
    assert response.status_code == 422
    assert any(name.startswith("body.by") for name in response.json()["error"]["fields"])


@pytest.mark.usefixtures("answers")
def test_a_key_sees_its_unit_alone(company: Company, program: Programs, built: Build) -> None:
    built()
    south = program(company.south, rights=[Right.READ_ANSWERS])

    assert [row["n"] for row in south.get("/questions?by=unit").json()["rows"]] == [1]
    refused = south.get(f"/questions?unit={company.north.ref}")
    assert refused.status_code == 422
    assert "query.unit" in refused.json()["error"]["fields"]
    assert program(rights=[Right.READ_CASES]).get("/questions").status_code == 403
    assert program(rights=[Right.READ_CASES]).get("/metrics").status_code == 403


def test_a_missing_warehouse_is_told(
    company: Company, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Any:
        raise WarehouseUnavailable("no disk")

    monkeypatch.setattr("loopwell.insights.questions.warehouse", broken)
    response = program().get("/questions")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "unavailable"


def test_nothing_to_compare_with(
    company: Company, program: Programs, monkeypatch: pytest.MonkeyPatch, built: Build
) -> None:
    built()
    monkeypatch.setattr("loopwell.insights.comparing._references", {})
    response = program().get("/questions?vs=competitor")
    assert response.status_code == 422
    assert "query.vs" in response.json()["error"]["fields"]
