"""Results of a survey of employees: groups only, words without a place, nobody's answer alone."""

import re
from typing import Any

import pytest
from django.test import Client

from loopwell.access.models import Unit
from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import DEFAULT, Question
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db
QUESTIONS = [
    *DEFAULT,
    Question("happy", QuestionType.CSAT),
    Question("aspects", QuestionType.GRID, options=("pay", "team")),
    Question("why_not", QuestionType.TEXT),
]
TEXTS = {"happy.label": "Happy?", "aspects.label": "Aspects", "aspects.pay": "Pay",
         "aspects.team": "Team", "why_not.label": "What else?"}  # fmt: skip


@pytest.fixture
def version() -> Version:
    return factories.version(
        survey=factories.survey(kind=SurveyKind.EMPLOYEE),
        texts={"en": TEXTS},
        questions=[each.to_json() for each in QUESTIONS],
    )


def give(version: Version, unit: Unit | None, count: int, **fields: Any) -> None:
    for _ in range(count):
        factories.response(
            survey=version.survey,
            version=version,
            unit=unit,
            **{"score": 9, "answers": {"happy": 4}, **fields},
        )


def shown(client: Client, survey: Survey, unit: Unit | None = None) -> str:
    page = client.get(f"/surveys/{survey.ref}/results/", {"unit": unit.ref} if unit else {})
    assert page.status_code == 200
    return str(page.content.decode())


def figures(html: str) -> list[str]:
    main = html[html.index("lead-sentence") :]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
    return re.findall(r"\d+ answers?", text)


def test_four_answers_are_too_few(company: Company, client: Client, version: Version) -> None:
    give(version, company.north, 4, comment="Cold")
    client.force_login(company.alice)
    html = shown(client, version.survey)
    assert "Too few answers to show" in html
    assert "Cold" not in html


def test_a_group_of_five_with_its_words(company: Company, client: Client, version: Version) -> None:
    for number in range(5):
        give(version, company.north, 1, comment=f"Word {number}")
    client.force_login(company.alice)

    html = shown(client, version.survey)

    assert sorted(re.findall(r"Word \d", html)) == [f"Word {n}" for n in range(5)]
    assert "/answers/" not in re.sub(r"<nav.*?</nav>", "", html[html.index("<main") :], flags=re.S)
    beside = shown(client, version.survey, company.north)
    assert figures(beside)[:1] == ["5 answers"]
    assert "Word" not in beside


def test_the_order_of_words_tells_nothing(
    company: Company, client: Client, version: Version
) -> None:
    for number in range(8):
        give(version, company.north, 1, comment=f"Word {number}")
    client.force_login(company.alice)
    seen = {tuple(re.findall(r"Word \d", shown(client, version.survey))) for _ in range(8)}
    assert len(seen) > 1


def test_two_lists_of_words_have_orders_of_their_own(
    company: Company, client: Client, version: Version
) -> None:
    for number in range(8):
        said = {"comment": f"Word {number}", "answers": {"why_not": f"Text {number}"}}
        give(version, company.north, 1, **said)
    client.force_login(company.alice)
    pages = [shown(client, version.survey) for _ in range(4)]
    orders = [[re.findall(rf"{each} (\d)", page) for each in ("Word", "Text")] for page in pages]
    assert all(sorted(one) == sorted(other) == list("01234567") for one, other in orders)
    assert [one for one, other in orders if one != other]


def test_words_of_four_among_ten_are_kept_back(
    company: Company, client: Client, version: Version
) -> None:
    give(version, company.north, 6)
    give(version, company.north, 4, comment="Rare", answers={"happy": 2, "why_not": "Seldom"})
    client.force_login(company.alice)
    html = shown(client, version.survey)
    assert figures(html)[0] == "10 answers"
    assert ("Rare" in html, "Seldom" in html, "What else?" in html) == (False, False, False)


def test_a_unit_is_hidden_when_it_would_tell_another(
    company: Company, client: Client, version: Version
) -> None:
    give(version, company.north, 9)
    give(version, company.south, 2)
    client.force_login(company.alice)

    assert figures(shown(client, version.survey))[0] == "11 answers"
    assert "Too few answers to show" in shown(client, version.survey, company.north)
    assert "Too few answers to show" in shown(client, version.survey, company.south)
    for user in (company.mark, company.oscar):
        client.force_login(user)
        assert "Too few answers to show" in shown(client, version.survey)


def test_a_question_few_answered_in_one_unit_is_hidden_in_the_other(
    company: Company, client: Client, version: Version
) -> None:
    give(version, company.north, 6)
    give(version, company.south, 5, answers={})
    give(version, company.south, 1, answers={"happy": 1})
    client.force_login(company.alice)

    assert "Happy?" in shown(client, version.survey)
    north = shown(client, version.survey, company.north)
    assert (figures(north)[0], "Happy?" in north) == ("6 answers", False)


def test_an_aspect_few_rated_is_left_out(
    company: Company, client: Client, version: Version
) -> None:
    give(version, company.north, 5, answers={"aspects": {"team": 5}})
    give(version, company.north, 1, answers={"aspects": {"team": 5, "pay": 1}})
    client.force_login(company.alice)
    html = shown(client, version.survey)
    assert (">Team<" in html, ">Pay<" in html) == (True, False)


def test_periods_change_nothing(company: Company, client: Client, version: Version) -> None:
    give(version, company.north, 6)
    client.force_login(company.alice)
    page = client.get(
        f"/surveys/{version.survey.ref}/results/", {"from": "2030-01-01", "score": "9"}
    )
    assert figures(page.content.decode())[0] == "6 answers"


def test_publishing_warns_that_the_sender_tells_who_asks(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    pages = {}
    for kind in (SurveyKind.BENCHMARK, SurveyKind.RELATIONSHIP):
        made = factories.version(survey=factories.survey(kind=kind), published_at=None)
        pages[kind] = client.get(f"/surveys/{made.survey.ref}/publish/").content.decode()
    words = "neutral domain"
    assert [words in page for page in pages.values()] == [True, False]
