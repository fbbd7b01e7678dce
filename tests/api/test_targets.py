"""Targets and key figures over the API: the same rules as on the pages."""

from collections.abc import Callable
from datetime import date

import pytest

from loopwell.access.enums import Right
from loopwell.targets.models import KeyFigure, KeyFigureValue, Target
from tests.api.conftest import Programs
from tests.conftest import NOW, Company
from tests.factories import response

SET = [Right.READ_ANSWERS, Right.SET_TARGETS]
YEAR = {"metric": "nps", "unit": "N1", "period": "year", "day": "2026-03-04", "value": 40}


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_a_target_is_set_told_and_removed(
    company: Company, program: Programs, built: Callable[[], int]
) -> None:
    response(unit=company.north, score=10, answered_at=NOW)
    built()
    mine = program(rights=SET)
    made = mine.call("PUT", "/targets", YEAR)
    assert made.status_code == 200
    told = made.json()
    assert (told["unit"]["external_id"], told["start"], told["end"], told["value"]) == (
        "N1", "2026-01-01", "2027-01-01", 40,
    )  # fmt: skip
    standing = told["standing"]
    assert (standing["value"], standing["n"], standing["track"]) == (100.0, 1, "early")
    assert standing["probability"] is None
    again = mine.call("PUT", "/targets", {**YEAR, "value": 45.5})
    assert (again.json()["ref"], again.json()["value"]) == (told["ref"], 45.5)
    (row,) = mine.get("/targets?unit=N1&metric=nps&on=2026-12-31").json()["items"]
    assert row["ref"] == told["ref"]
    assert mine.get("/targets?on=2027-01-01").json()["items"] == []
    assert mine.call("DELETE", f"/targets/{told['ref']}").status_code == 204
    assert Target.objects.count() == 0


def test_wrong_targets_name_the_place(company: Company, program: Programs) -> None:
    mine = program()
    for wrong, place in (
        ({"value": 101}, "value"), ({"metric": "luck"}, "metric"), ({"unit": "X"}, "unit"),
        ({"period": "week"}, "period"),
    ):  # fmt: skip
        answer = mine.call("PUT", "/targets", {**YEAR, **wrong})
        assert answer.status_code == 422, answer.json()
        assert list(answer.json()["error"]["fields"]) == [f"body.{place}"]


def test_a_key_sets_its_own_units_targets_only(company: Company, program: Programs) -> None:
    theirs = program(company.south, rights=SET)
    answer = theirs.call("PUT", "/targets", YEAR)
    assert list(answer.json()["error"]["fields"]) == ["body.unit"]
    assert theirs.call("PUT", "/targets", {**YEAR, "unit": ""}).status_code == 403
    made = program().call("PUT", "/targets", YEAR).json()
    assert theirs.get("/targets").json()["items"] == []
    assert theirs.call("DELETE", f"/targets/{made['ref']}").status_code == 404
    reader = program(rights=[Right.READ_ANSWERS])
    assert reader.call("PUT", "/targets", YEAR).status_code == 403


def test_key_figures_are_declared_written_and_read(company: Company, program: Programs) -> None:
    mine = program(rights=SET)
    figure = {"name": "Waiting time", "measured_in": "min", "better": "lower"}
    made = mine.call("PUT", "/key-figures", figure)
    assert (made.status_code, made.json()["slug"]) == (200, "waiting-time")
    values = [
        {"unit": "N1", "month": "2026-02", "value": 4.5},
        {"unit": company.south.ref, "month": "2026-02", "value": 9},
    ]
    written = mine.call("PUT", "/key-figures/waiting-time/values", {"values": values})
    assert written.json() == {"written": 2}
    values[0]["value"] = 5
    mine.call("PUT", "/key-figures/waiting-time/values", {"values": values[:1]})
    assert KeyFigureValue.objects.get(unit=company.north).value == 5
    norths = program(company.north, rights=[Right.READ_ANSWERS])
    (row,) = norths.get("/key-figures/waiting-time/values?first=2026-02").json()["items"]
    assert (row["unit"]["external_id"], row["month"], row["value"]) == ("N1", "2026-02", 5.0)
    assert norths.get("/key-figures/waiting-time/values?last=2026-01").json()["items"] == []
    (listed,) = norths.get("/key-figures").json()["items"]
    assert listed["better"] == "lower"


def test_wrong_values_name_their_place_and_write_nothing(
    company: Company, program: Programs
) -> None:
    KeyFigure.objects.create(name="Returns", slug="returns")
    mine = program(company.north)
    good = {"unit": "N1", "month": "2026-02", "value": 4}
    for wrong, place in (({"unit": "S1"}, "unit"), ({"month": "2026-13"}, "month")):
        body = {"values": [good, {**good, **wrong}]}
        answer = mine.call("PUT", "/key-figures/returns/values", body)
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == [f"body.values[1].{place}"]
    assert not KeyFigureValue.objects.exists()
    assert mine.call("PUT", "/key-figures/none/values", {"values": [good]}).status_code == 404
    mine.call("PUT", "/key-figures/returns/values", {"values": [good]})
    assert KeyFigureValue.objects.get().month == date(2026, 2, 1)
