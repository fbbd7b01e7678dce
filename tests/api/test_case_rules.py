"""Can a program set the rules, in order, and try one out before?"""

from datetime import timedelta

from django.utils import timezone

from loopwell.cases.models import Rule
from tests.api.conftest import Programs
from tests.conftest import Company
from tests.factories import response


def test_a_rule_from_beginning_to_end(company: Company, program: Programs) -> None:
    mine = program()
    added = mine.post(
        "/case-rules",
        {"name": "Lawyers", "highest_score": 10, "words": ["lawyer", "адвокат"], "unit": "N1",
         "route": "person", "route_person": "mark@acme.example", "priority": 1},
    )  # fmt: skip
    assert added.status_code == 201
    rule = added.json()
    assert (rule["unit"]["name"], rule["route_person"]["name"]) == ("North", "Mark")
    assert (rule["words"], rule["due_working_hours"]) == (["lawyer", "адвокат"], 24)

    path = f"/case-rules/{rule['ref']}"
    changed = mine.patch(path, {"unit": None, "due_working_hours": 2}).json()
    assert changed == {**rule, "unit": None, "due_working_hours": 2}

    refs = [rule["ref"], Rule.objects.exclude(ref=rule["ref"]).get().ref]
    ordered = mine.call("PUT", "/case-rules/order", {"rules": refs}).json()
    assert [each["ref"] for each in ordered["items"]] == refs
    assert mine.get("/case-rules").json() == ordered

    assert mine.call("DELETE", path).status_code == 204
    assert mine.get(path).status_code == 404
    assert Rule.objects.count() == 1


def test_what_cannot_be_meant_is_named(company: Company, program: Programs) -> None:
    mine = program()
    for body, place in (
        ({"name": "x", "unit": "nowhere"}, "body.unit"),
        ({"name": "x", "route_person": "nobody@x.example"}, "body.route_person"),
        ({"name": "x", "lowest_score": 9}, "body.highest_score"),
        ({}, "body.name"),
    ):
        said = mine.post("/case-rules", body)
        assert (said.status_code, list(said.json()["error"]["fields"])) == (422, [place])
    order = mine.call("PUT", "/case-rules/order", {"rules": []})
    assert list(order.json()["error"]["fields"]) == ["body.rules"]


def test_a_key_of_one_unit_changes_no_rule_of_all(company: Company, program: Programs) -> None:
    north = program(company.north)
    assert north.post("/case-rules", {"name": "x"}).status_code == 403
    assert north.call("DELETE", f"/case-rules/{Rule.objects.get().ref}").status_code == 403


def test_trying_stores_nothing(company: Company, program: Programs) -> None:
    for score in (5, 7, 8):
        response(score=score, unit=company.north, answered_at=timezone.now() - timedelta(days=1))
    told = program().post("/case-rules/forecast", {"highest_score": 8}).json()
    assert (told["cases"], told["all_cases"]) == (2, 3)
    assert [unit["name"] for unit in told["units"]] == ["North"]
    assert told["capacity"]["assumed"]
    assert Rule.objects.count() == 1
