"""Results by question: counted as the answers say, in one's own units, whatever their number."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loopwell.calc.mean import mean_of
from loopwell.calc.proportion import wilson
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import DEFAULT, Question
from tests import factories
from tests.conftest import Company

QUESTIONS = [
    *DEFAULT,
    Question("happy", QuestionType.CSAT),
    Question("easy", QuestionType.CES, points=7),
    Question("aspects", QuestionType.GRID, options=("price", "speed")),
    Question("product", QuestionType.SINGLE, options=("bread", "milk"), other=True),
    Question("wrong", QuestionType.MULTIPLE, options=("late", "cold")),
    Question("else", QuestionType.TEXT),
    Question("counter", QuestionType.HIDDEN, source="counter"),
]
TEXTS = {
    "happy.label": "Happy with {company}?", "easy.label": "Easy?", "aspects.label": "Aspects",
    "aspects.price": "Price", "aspects.speed": "Speed", "product.label": "Product?",
    "product.bread": "Bread", "product.milk": "Milk", "product.other": "Another",
    "wrong.label": "Wrong?", "wrong.late": "Late", "wrong.cold": "Cold", "else.label": "Else?",
}  # fmt: skip
FULL: dict[str, Any] = {
    "happy": 4,
    "easy": 7,
    "aspects": {"price": 2, "speed": 5},
    "product": {"other": "=tea"},
    "wrong": {"chosen": ["cold", "late"], "other": ""},
    "else": "More bread",
    "counter": "7",
}


@pytest.fixture
def version(company: Company) -> Version:
    survey = factories.survey()
    asked = [question.to_json() for question in QUESTIONS]
    return factories.version(survey=survey, questions=asked, texts={"en": TEXTS})


def give(version: Version, **fields: Any) -> Any:
    return factories.response(survey=version.survey, version=version, **fields)


def results(client: Client, survey: Survey, query: str = "") -> dict[str, Any]:
    page = client.get(f"/surveys/{survey.ref}/results/{query}")
    assert page.status_code == 200
    return {result.label: result for result in page.context["results"]}


def test_every_type_is_summed_up(company: Company, version: Version, client: Client) -> None:
    client.force_login(company.alice)
    give(version, answers=FULL)
    give(version, answers={"happy": 2, "product": "milk", "aspects": {"price": 4}})
    give(version, answers={"happy": 5, "product": "milk", "wrong": {"chosen": ["late"]}})
    give(version, answers={"happy": 1}, is_test=True)

    found = results(client, version.survey)

    happy = found["Happy with Acme?"]
    assert (happy.n, [bar.count for bar in happy.bars]) == (3, [0, 1, 0, 1, 1])
    assert (happy.top, happy.mean) == (wilson(2, 3), mean_of({2: 1, 4: 1, 5: 1}))
    assert (found["Easy?"].n, found["Easy?"].top, len(found["Easy?"].bars)) == (1, None, 7)
    assert [(row.label, row.mean.value, row.mean.n) for row in found["Aspects"].aspects] == [
        ("Speed", 5, 1), ("Price", 3, 2),
    ]  # fmt: skip
    assert [(bar.label, bar.count) for bar in found["Product?"].bars] == [
        ("Milk", 2), ("Another", 1), ("Bread", 0),
    ]  # fmt: skip
    assert [text.text for text in found["Product?"].own_words] == ["=tea"]
    assert [(bar.label, bar.share) for bar in found["Wrong?"].bars] == [
        ("Late", wilson(2, 2)), ("Cold", wilson(1, 2)),
    ]  # fmt: skip
    assert [text.text for text in found["Else?"].own_words] == ["More bread"]
    assert [(bar.label, bar.count) for bar in found["counter"].bars] == [("7", 1)]


def test_numbers_go_on_across_versions(
    company: Company, version: Version, client: Client, now: datetime
) -> None:
    client.force_login(company.alice)
    give(version, answers={"happy": 4, "else": "Once asked"})
    second = factories.version(
        survey=version.survey, number=2, published_at=now,
        questions=[question.to_json() for question in QUESTIONS[:4]],
        texts={"en": {**TEXTS, "happy.label": "Really happy?"}},
    )  # fmt: skip
    give(second, answers={"happy": 2})

    found = results(client, version.survey)

    assert found["Really happy?"].n == 2
    assert found["Else?"].n == 1


def test_answers_in_another_shape_are_left_out(
    company: Company, version: Version, client: Client
) -> None:
    client.force_login(company.alice)
    strange = {"happy": "4", "aspects": 3, "product": [1], "else": None, "unknown": 5, "easy": True}
    given = give(version, answers=strange)

    assert {result.n for result in results(client, version.survey).values()} == {0}
    assert client.get(f"/answers/{given.ref}/").status_code == 200


def test_only_ones_own_units_count(company: Company, version: Version, client: Client) -> None:
    give(version, answers={"happy": 5}, unit=company.north)
    give(version, answers={"happy": 1}, unit=company.south)
    client.force_login(company.mark)

    assert [bar.count for bar in results(client, version.survey)["Happy with Acme?"].bars] == [
        0, 0, 0, 0, 1,
    ]  # fmt: skip


def test_without_questions_or_answers_it_says_what_to_do(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    plain = factories.version(survey=factories.survey(name="Plain")).survey
    address = f"/surveys/{plain.ref}/results/"

    assert "No answers here yet" in client.get(address).content.decode()
    factories.response(survey=plain)
    assert "asks only the score and why" in client.get(address).content.decode()
    assert client.get("/surveys/abcdefgh234567/results/").status_code == 404


def test_queries_do_not_grow_with_answers(
    company: Company, version: Version, client: Client
) -> None:
    client.force_login(company.alice)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page = client.get(address)
            b"".join(page.streaming_content) if page.streaming else page.content  # type: ignore[attr-defined]
        return len(found)

    pages = [f"/surveys/{version.survey.ref}/results/", "/answers/export.csv?period=all"]
    give(version, answers=FULL)
    before = [asked(page) for page in pages]
    for _ in range(30):
        give(version, answers=FULL)
    assert [asked(page) for page in pages] == before


def test_one_answer_reads_in_words(company: Company, version: Version, client: Client) -> None:
    client.force_login(company.alice)
    page = client.get(f"/answers/{give(version, answers=FULL).ref}/")

    assert [(line.label, line.parts) for line in page.context["further"]] == [
        ("Happy with Acme?", ("4 of 5",)),
        ("Easy?", ("7 of 7",)),
        ("Aspects", ("Price: 2 of 5", "Speed: 5 of 5")),
        ("Product?", ("Another: =tea",)),
        ("Wrong?", ("Late", "Cold")),
        ("Else?", ("More bread",)),
        ("counter", ("7",)),
    ]
    assert "Price: 2 of 5" in page.content.decode()


def test_the_export_has_a_column_a_question(
    company: Company, version: Version, client: Client
) -> None:
    client.force_login(company.alice)
    give(version, answers=FULL, comment="Good")
    other = factories.survey(name="Other")
    factories.response(survey=other, answers={"happy": 1})

    page = client.get("/answers/export.csv?period=all")
    text = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = {row["Comment"]: row for row in csv.DictReader(io.StringIO(text))}

    assert rows["Good"]["Aspects"] == "Price: 2 of 5; Speed: 5 of 5"
    assert rows["Good"]["Happy with Acme?"] == "4 of 5"
    assert rows[""]["Happy with Acme?"] == ""
