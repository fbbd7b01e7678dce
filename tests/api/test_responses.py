"""Answers, surveys and cases: in once, out with filters, worked on by programs."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Right
from loopwell.cases.models import Case
from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.responses.models import Response, Revision
from loopwell.themes.models import Theme
from tests.api.conftest import Program, Programs
from tests.conftest import Company
from tests.factories import account, customer, response, survey, version


def fields(answer: Any) -> list[str]:
    return list(answer.json()["error"]["fields"])


def test_an_answer_comes_in_and_goes_out(company: Company, program: Programs) -> None:
    mine, asked = program(), survey()
    customer(external_id="C7", unit=company.north)
    body = {
        "survey": asked.ref,
        "score": 3,
        "comment": "slow",
        "contact_consent": True,
        "customer": {"external_id": "C7"},
        "employee": "fiona@acme.example",
        "answered_at": "2026-03-01T10:00:00Z",
        "properties": {"channel_of_sale": "shop"},
    }

    answer = mine.post("/responses", body)

    assert answer.status_code == 201
    shown = mine.get(f"/responses/{answer.json()['ref']}").json()
    assert (shown["score"], shown["category"], shown["comment"], shown["contact_consent"]) == (
        3, "detractor", "slow", True,
    )  # fmt: skip
    assert (shown["unit"]["name"], shown["employee"]["name"], shown["answered_at"]) == (
        "North", "Fiona", "2026-03-01T10:00:00Z",
    )  # fmt: skip
    assert Entry.objects.filter(type="response.recorded").count() == 1


def test_the_same_key_stores_one_answer(company: Company, program: Programs) -> None:
    mine, other, asked = program(), program(), survey()
    body = {"survey": asked.ref, "score": 9}
    key = {"Idempotency-Key": "order 77"}

    first, again = mine.post("/responses", body, **key), mine.post("/responses", body, **key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["ref"] == again.json()["ref"]
    assert mine.post("/responses", body | {"score": 8}, **key).status_code == 409
    assert other.post("/responses", body, **key).status_code == 201
    assert mine.post("/responses", body).status_code == 201
    assert Response.objects.count() == 3


def test_what_cannot_be_an_answer_is_named(company: Company, program: Programs) -> None:
    mine, asked = program(), survey()

    def wrong(**values: Any) -> list[str]:
        return fields(mine.post("/responses", {"survey": asked.ref, "score": 5} | values))

    for score in (11, -1, 7.5, "7", True, None, 10**30):
        assert wrong(score=score) == ["body.score"], score
    assert wrong(survey="abcdefgh234567") == ["body.survey"]
    assert wrong(customer={"email": "nobody@x.example"}) == ["body.customer.email"]
    assert wrong(answered_at="2099-01-01T00:00:00Z") == ["body.answered_at"]
    assert wrong(unit="Nowhere") == ["body.unit"]
    assert wrong(employee="nobody") == ["body.employee"]
    assert wrong(comment="x" * 5001) == ["body.comment"]
    assert wrong(properties={"score": "1"}) == ["body.properties"]
    assert Response.objects.count() == 0


def test_a_key_of_a_unit_names_the_unit(company: Company, program: Programs) -> None:
    mine, asked = program(company.north), survey()

    assert fields(mine.post("/responses", {"survey": asked.ref, "score": 5})) == ["body.unit"]
    assert fields(mine.post("/responses", {"survey": asked.ref, "score": 5, "unit": "S1"})) == [
        "body.unit"
    ]
    taken = mine.post("/responses", {"survey": asked.ref, "score": 5, "unit": "N1"})
    assert (taken.status_code, taken.json()["unit"]["name"]) == (201, "North")


def test_an_answer_is_changed_and_its_past_kept(program: Programs) -> None:
    mine, said = program(), response(score=3, comment="slow")

    answer = mine.patch(f"/responses/{said.ref}", {"score": 8})

    assert (answer.status_code, answer.json()["score"], answer.json()["comment"]) == (
        200,
        8,
        "slow",
    )
    assert list(Revision.objects.values_list("score", "comment")) == [(3, "slow")]


def test_filters(company: Company, program: Programs) -> None:
    mine, asked = program(), survey(kind="transactional")
    bad = response(score=2, survey=asked, customer=customer(unit=company.north))
    response(score=10)

    def refs(query: str) -> list[str]:
        return [row["ref"] for row in mine.get(f"/responses?{query}").json()["items"]]

    for query in ("category=detractor", "kind=transactional", f"survey={asked.ref}", "unit=N1"):
        assert refs(query) == [bad.ref], query
    assert len(refs("answered_since=2026-01-01T00:00:00Z")) == 2
    assert refs("answered_before=2026-01-01T00:00:00Z") == []
    assert refs("updated_since=2027-01-01T00:00:00Z") == []


def test_surveys_with_their_words(program: Programs) -> None:
    shown = version()
    mine = program(rights=[Right.READ_ANSWERS])

    assert [s["ref"] for s in mine.get("/surveys").json()["items"]] == [shown.survey.ref]
    one = mine.get(f"/surveys/{shown.survey.ref}").json()
    assert (one["version"], one["texts"]["en"]["why"]) == (1, "Why?")


def open_case(company: Company, mine: Program, now: datetime) -> Case:
    who = customer(external_id="C7", unit=company.north)
    mine.post("/responses", {"survey": survey().ref, "score": 1, "customer": {"ref": who.ref}})
    consume_all(now=now)
    return Case.objects.get()


def test_a_case_is_worked_on_to_its_end(company: Company, now: datetime, program: Programs) -> None:
    mine = program()
    case = open_case(company, mine, now)
    theme = Theme.objects.exclude(kind="delight").filter(retired_at=None)[0]
    (listed,) = mine.get("/cases?state=open&unit=N1").json()["items"]
    assert (listed["ref"], listed["owner"]["name"], listed["response"]["score"]) == (
        case.ref, "Mark", 1,
    )  # fmt: skip

    tried = mine.post(f"/cases/{case.ref}/attempts", {"outcome": "no_answer", "version": 1})
    stale = mine.post(f"/cases/{case.ref}/attempts", {"outcome": "busy", "version": 1})
    empty = mine.post(f"/cases/{case.ref}/closures", {"result": "solved"})
    unknown = mine.post(
        f"/cases/{case.ref}/closures",
        {"result": "solved", "learnt": "x", "causes": [{"slug": "nothing"}]},
    )
    closed = mine.post(
        f"/cases/{case.ref}/closures",
        {"result": "solved", "learnt": "The bill was wrong.", "causes": [{"slug": theme.slug}]},
    )

    assert (tried.status_code, tried.json()["stage"], stale.status_code) == (201, "waiting", 409)
    assert sorted(fields(empty)) == ["body.causes", "body.learnt"]
    assert fields(unknown) == ["body.causes[0].slug"]
    assert (closed.status_code, closed.json()["stage"]) == (201, "closed")
    assert closed.json()["causes"][0]["slug"] == theme.slug
    assert mine.get("/cases?state=open").json()["items"] == []
    again = mine.post(f"/cases/{case.ref}/reopenings", {"reason": "called the wrong person"})
    assert (again.status_code, again.json()["closed_at"]) == (201, None)


def test_a_case_goes_to_somebody_who_sees_it(
    company: Company, now: datetime, program: Programs
) -> None:
    mine = program()
    case = open_case(company, mine, now)
    path = f"/cases/{case.ref}/assignments"

    outside = mine.post(path, {"owner": "oscar@acme.example", "reason": "holiday"})
    given = mine.post(path, {"owner": "fiona@acme.example", "reason": "holiday"})

    assert (fields(outside), given.json()["owner"]["name"]) == (["body.owner"], "Fiona")


def test_cases_touched_since(company: Company, now: datetime, program: Programs) -> None:
    mine = program()
    case = open_case(company, mine, now)

    def refs(moment: str) -> list[str]:
        return [r["ref"] for r in mine.get(f"/cases?updated_since={moment}").json()["items"]]

    assert refs("2026-03-01T00:00:00Z") == [case.ref]
    assert refs("2190-01-01T00:00:00Z") == []


def test_lists_ask_the_same_number_of_questions(
    company: Company, now: datetime, program: Programs
) -> None:
    mine = program()
    asked = survey()
    paths = ("/responses", "/cases", "/interactions", "/accounts", "/surveys")

    def more() -> None:
        who = customer(unit=company.north, account=account(unit=company.north))
        mine.post(
            "/interactions",
            {
                "customer": {"ref": who.ref},
                "touchpoint": "call",
                "at": "2026-01-01T10:00:00Z",
                "employee": "fiona@acme.example",
            },
        )
        mine.post("/responses", {"survey": asked.ref, "score": 1, "customer": {"ref": who.ref}})
        consume_all(now=now)

    def questions() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                mine.get(path)
            found.append(len(seen))
        return found

    more()
    before = questions()
    for _n in range(5):
        more()

    assert len(mine.get("/cases").json()["items"]) == 6
    assert questions() == before
