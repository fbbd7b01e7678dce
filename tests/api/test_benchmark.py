"""Panels over the API: begun, filled, read and removed, by whose right reaches everywhere."""

from typing import Any

import pytest

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import say_who_we_are
from tests.api.conftest import Programs
from tests.conftest import NOW, Company

SET = [Right.READ_ANSWERS, Right.SET_TARGETS]
SPRING = {"name": "Spring", "fielded_from": "2026-03-02", "fielded_to": "2026-03-09"}


def answers(people: int = 40) -> list[dict[str, Any]]:
    return [
        {"person": f"p{person}", "brand": brand, "score": score, "ratings": {"Price": 6}}
        for person in range(people)
        for brand, score in (("Acme", 9), ("Borealis", 3))
    ]


def test_a_panel_is_begun_filled_read_and_removed(company: Company, program: Programs) -> None:
    mine = program(rights=SET)
    made = mine.call("POST", "/benchmark/panels", {**SPRING, "double_blind": True})
    assert made.status_code == 201, made.json()
    address = f"/benchmark/panels/{made.json()['ref']}"
    for _twice in range(2):
        put = mine.call("PUT", f"{address}/answers", {"answers": answers()})
        assert (put.status_code, put.json()) == (200, {"written": 80})
    say_who_we_are(actor=SYSTEM, now=NOW, brand=Brand.objects.get(name="Acme"))

    (listed,) = mine.get("/benchmark/panels").json()["items"]
    assert (listed["name"], listed["source"], listed["double_blind"]) == ("Spring", "file", True)
    ours, theirs = mine.get(address).json()["brands"]
    assert (ours["brand"], ours["is_us"], ours["score"], ours["n"], ours["first_place"]) == (
        "Acme", True, 100.0, 40, 1,
    )  # fmt: skip
    assert ours["low"] < 100 == ours["high"]
    assert (theirs["we_less_them"], theirs["last_place"]) == (200.0, 2)
    assert theirs["p"] < 0.001
    assert mine.call("DELETE", address).status_code == 204
    assert (Panel.objects.count(), PanelAnswer.objects.count()) == (0, 0)


def test_wrong_answers_name_the_place_and_nothing_is_kept(
    company: Company, program: Programs
) -> None:
    mine = program(rights=SET)
    ref = mine.call("POST", "/benchmark/panels", SPRING).json()["ref"]
    for wrong, place in (
        ({"score": 11}, "score"), ({"person": ""}, "person"), ({"brand": "  "}, "brand"),
        ({"weight": 0}, "weight"), ({"ratings": {"Price": 12}}, "ratings.Price"),
    ):  # fmt: skip
        said = {"answers": [*answers(1), {**answers(1)[0], **wrong}]}
        answer = mine.call("PUT", f"/benchmark/panels/{ref}/answers", said)
        assert answer.status_code == 422, answer.json()
        assert list(answer.json()["error"]["fields"]) == [f"body.answers[2].{place}"]
    backwards = {**SPRING, "fielded_to": "2026-03-01"}
    assert mine.call("POST", "/benchmark/panels", backwards).status_code == 422
    assert PanelAnswer.objects.count() == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_key_of_one_unit_reads_but_brings_nothing(
    method: str, company: Company, program: Programs
) -> None:
    ref = program(rights=SET).call("POST", "/benchmark/panels", SPRING).json()["ref"]
    theirs = program(company.south, rights=SET)
    assert len(theirs.get("/benchmark/panels").json()["items"]) == 1
    path, body = {
        "POST": ("/benchmark/panels", SPRING),
        "PUT": (f"/benchmark/panels/{ref}/answers", {"answers": answers(1)}),
        "DELETE": (f"/benchmark/panels/{ref}", None),
    }[method]
    assert theirs.call(method, path, body).status_code == 403
    assert theirs.get("/benchmark/panels/abcdefgh234567").status_code == 404
