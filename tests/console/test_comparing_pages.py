"""Units compared, what changed and why, and what goes together with the score."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.insights.operations import rebuild
from loopwell.responses.models import Response
from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.questions import DEFAULT, Question
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def answers(
    survey: Survey, unit: Unit, scores: list[int], days_ago: int, **more: object
) -> list[Response]:
    at = timezone.now() - timedelta(days=days_ago)
    return [
        Response(
            survey=survey, kind=survey.kind, unit=unit, score=score, answered_at=at, updated_at=at,
            source="email", language="en", **more,
        )
        for score in scores
    ]  # fmt: skip


def keep(*rows: list[Response]) -> None:
    Response.objects.bulk_create([row for each in rows for row in each])
    rebuild(actor=SYSTEM, now=timezone.now(), progress=lambda done, total, note: None)


def test_real_differences_are_told_from_chance(alice: Client, company: Company) -> None:
    survey = factories.survey()
    keep(
        answers(survey, company.north, [10] * 60 + [3] * 5, 5),
        answers(survey, company.south, [10] * 20 + [3] * 45, 5),
    )

    page = alice.get("/units-compared/?by=every").content.decode()

    assert "Really better than the others: North. Really worse: South." in page
    assert page.index("North") < page.index("South")
    assert 'data-chart="dots"' in page
    assert "really worse" in page


def test_noise_shares_places(alice: Client, company: Company) -> None:
    survey = factories.survey()
    keep(
        answers(survey, company.north, [10] * 31 + [3] * 20, 5),
        answers(survey, company.south, [10] * 30 + [3] * 21, 5),
    )

    page = alice.get("/units-compared/?by=every").content.decode()

    assert "No group is really different from the others" in page
    assert page.count(">1–2<") == 2
    assert "console/autosubmit" in page


def test_other_numbers_are_compared_too(alice: Client, company: Company) -> None:
    """Fewer detractors are better, and a share's limits are its own."""
    survey = factories.survey()
    keep(
        answers(survey, company.north, [10] * 60 + [3] * 5, 5),
        answers(survey, company.south, [10] * 20 + [3] * 45, 5),
    )

    page = alice.get("/units-compared/?by=every&metric=detractors").content.decode()
    assert "Really better than the others: North. Really worse: South." in page
    assert page.index("North") < page.index("South")
    assert "−61.5 pp" in page
    assert '"unit": "%"' in page
    mean = alice.get("/units-compared/?by=every&metric=mean_score").content.decode()
    assert "Mean score" in mean
    assert 'data-chart="dots"' in mean
    for metric in ("csat", "recovery", "response_rate", "nonsense", "answers"):
        assert alice.get(f"/units-compared/?metric={metric}").status_code == 200


def test_numbers_that_do_not_know_the_cut_are_not_offered(alice: Client) -> None:
    units = alice.get("/units-compared/").content.decode()
    channels = alice.get("/units-compared/?by=channel").content.decode()
    assert 'value="response_rate"' in units
    assert 'value="response_rate"' not in channels
    assert 'value="csat"' in channels


def test_people_of_one_account_do_not_make_a_difference_real(
    alice: Client, company: Company
) -> None:
    survey = factories.survey()
    rows = [
        answers(survey, unit, [score] * 10, 5, account=factories.account(unit=unit))
        for unit, scores in ((company.north, (10, 10, 10, 3)), (company.south, (10, 10, 3, 3)))
        for score in scores
    ]
    keep(*rows)

    page = alice.get("/units-compared/?by=every").content.decode()

    assert "No group is really different from the others" in page
    assert "Several people of one account answer alike" in page
    assert page.count(">1–2<") == 2


def test_nothing_to_compare(alice: Client) -> None:
    assert "No answers here" in alice.get("/units-compared/").content.decode()
    assert alice.get("/units-compared/?by=nonsense&period=x").status_code == 200


def test_a_manager_compares_their_own_units_only(client: Client, company: Company) -> None:
    survey = factories.survey()
    keep(answers(survey, company.north, [10] * 40, 5), answers(survey, company.south, [3] * 40, 5))
    client.force_login(company.mark)

    page = client.get("/units-compared/?by=every").content.decode()

    assert "North" in page
    assert "South" not in page.split("<main")[1]


def test_a_change_is_split_by_group(alice: Client, company: Company) -> None:
    survey = factories.survey()
    keep(
        answers(survey, company.north, [10] * 30 + [3] * 30, 40),
        answers(survey, company.south, [10] * 60, 40),
        answers(survey, company.north, [10] * 60, 5),
        answers(survey, company.south, [10] * 60, 5),
    )

    page = alice.get("/why/?period=30d").content.decode()

    assert "+50 since the period before: opinions changed by +50, who answered by 0." in page
    assert 'data-chart="waterfall"' in page
    assert "Nobody was asked here in this time" in page


def test_too_few_to_judge_a_change(alice: Client, company: Company) -> None:
    keep(answers(factories.survey(), company.north, [10, 3], 5))

    page = alice.get("/why/?period=30d").content.decode()
    ever = alice.get("/why/?period=all").content.decode()

    assert "too few answers to judge a change" in page
    assert "answers in each period would show it" not in page
    assert "Choose a period with a beginning" in ever


def test_how_many_answers_would_show_a_change(alice: Client, company: Company) -> None:
    survey = factories.survey()
    keep(answers(survey, company.north, [3] * 20 + [10] * 20, 45))
    keep(answers(survey, company.north, [3] * 14 + [10] * 26, 5))

    page = alice.get("/why/?period=30d").content.decode()

    assert "+30 since the period before: no real change." in page
    needed = re.search(r"about ([\d,]+) answers in each period would show it; there are 40", page)
    assert needed
    assert 120 < int(needed[1]) < 260
    assert int(needed[1]) % 10 == 0
    assert re.search(r"about \d+ still to come", page)
    assert "more would make the margin ±5." in page


def test_aspects_beside_the_score(alice: Client, company: Company) -> None:
    survey = factories.survey()
    grid = Question("shop", QuestionType.GRID, options=("staff", "price"))
    version = factories.version(survey=survey, questions=[q.to_json() for q in (*DEFAULT, grid)])
    rows = []
    for place in range(160):
        staff, price = 1 + place % 5, 1 + (place // 5) % 5
        score = min(10, 2 * staff - (place % 3 == 0) + (price > 3))
        score = 10 - score if place % 7 == 0 else score
        rows += answers(
            survey, company.north, [score], 5, version=version,
            answers={"shop": {"staff": staff, "price": price}},
        )  # fmt: skip
    other = factories.survey()
    grid = Question("desk", QuestionType.GRID, options=("queue", "noise"))
    asked = factories.version(survey=other, questions=[q.to_json() for q in (*DEFAULT, grid)])
    kept = {"desk": {"queue": 2, "noise": 4}}
    rows += answers(other, company.north, [7, 9], 5, version=asked, answers=kept)
    keep(rows)

    page = alice.get("/why/drivers/").content.decode()

    assert "160 answers rated an aspect" in page  # of the survey that most rated
    assert f'value="{survey.ref}" selected' in page
    assert "queue" not in page.split("<tbody>")[1]
    assert "All of them rated every aspect." in page
    assert "keep it so" in page
    table = page.split("<tbody>")[1]
    assert table.index("staff") < table.index("price")
    assert "×" in table
    good = re.findall(r'data-label="How good, 0 to 100">([^<]*)<', table)
    assert good == ["50", "48"]  # points of a scale, not a share of anybody


def test_drivers_say_why_there_are_none(alice: Client, company: Company) -> None:
    anonymous = factories.survey(kind=SurveyKind.EMPLOYEE)
    keep(answers(anonymous, company.north, [10] * 40, 5))

    nothing = alice.get("/why/drivers/").content.decode()
    people = alice.get("/why/drivers/?kind=employee").content.decode()

    assert "rated at least two aspects" in nothing
    assert "anonymous survey stay unseen" in people


def _shop(company: Company, name: str) -> Unit:
    return create_unit(actor=SYSTEM, name=name, parent=company.north, kind=UnitKind.BRANCH)


def test_many_groups_are_rows_to_scroll_and_a_few_are_cards(
    alice: Client, company: Company
) -> None:
    """On a phone 39 cards were 13,000 pixels of page."""
    survey = factories.survey()
    few = [_shop(company, f"Shop {n:02}") for n in range(4)]
    keep(*(answers(survey, unit, [10] * 6 + [3] * 5, 5) for unit in few))
    assert "table-cards" in alice.get("/units-compared/?by=every").content.decode()

    many = [_shop(company, f"Stall {n:02}") for n in range(25)]
    keep(*(answers(survey, unit, [10] * 6 + [3] * 5, 5) for unit in many))
    page = alice.get("/units-compared/?by=every").content.decode()
    assert "table-cards" not in page
    assert 'tabindex="0" role="region" aria-labelledby="places"' in page
