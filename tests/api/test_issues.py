"""Can a program raise an issue, and the office's program answer it?"""

from loopwell.access.enums import Right
from loopwell.cases.operations import open_by_hand
from tests.api.conftest import Programs
from tests.conftest import NOW, Company
from tests.factories import response


def test_an_issue_there_and_back(company: Company, program: Programs) -> None:
    said = response(score=2, unit=company.north)
    case = open_by_hand(actor=company.actor("mark"), now=NOW, ref=said.ref)
    north, south, office = program(company.north), program(company.south), program()
    facts = {"title": "Invoices are wrong", "text": "Each month", "unit": "N1",
             "theme": "price", "cases": [case.ref]}  # fmt: skip
    made = north.post("/issues", facts)
    assert made.status_code == 201
    issue = made.json()
    assert (issue["state"], issue["theme"], issue["by"]) == ("new", "price", None)
    assert south.get("/issues").json()["items"] == []
    path = f"/issues/{issue['ref']}/answer"
    assert south.post(path, {"reason": "No."}).status_code == 404
    assert north.post(path, {"reason": "No."}).status_code == 403
    assert office.post(path, {"reason": "Mended."}).json()["answer"] == "Mended."
    assert office.post(path, {"reason": "Twice."}).status_code == 409
    assert [each["ref"] for each in north.get("/issues?state=answered").json()["items"]] == [
        issue["ref"]
    ]


def test_what_cannot_be_meant_is_named(company: Company, program: Programs) -> None:
    facts = {"title": "A", "text": "B", "unit": "N1"}
    mine = program()
    for wrong, place in (
        ({"unit": "nowhere"}, "body.unit"),
        ({"theme": "nothing"}, "body.theme"),
        ({"cases": ["abcdefgh234567"]}, "body.cases[0]"),
        ({"title": " "}, "body.title"),
    ):
        said = mine.post("/issues", facts | wrong)
        assert (said.status_code, list(said.json()["error"]["fields"])) == (422, [place])
    assert program(rights=[Right.READ_CASES]).post("/issues", facts).status_code == 403
