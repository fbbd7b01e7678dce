"""Our people's score is shown by unit and nothing else, and never of fewer than five."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.insights.operations import rebuild
from loopwell.surveys.enums import SurveyKind
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


def say(company: Company, north: int, south: int) -> None:
    at = timezone.now() - timedelta(days=40)
    survey = factories.survey(kind=SurveyKind.EMPLOYEE)
    for unit, count, score in ((company.north, north, 9), (company.south, south, 3)):
        for _person in range(count):
            factories.response(
                survey=survey, kind=SurveyKind.EMPLOYEE, unit=unit, score=score, answered_at=at,
                customer=None,
            )  # fmt: skip
    for _customer in range(3):
        factories.response(unit=company.north, score=10, answered_at=at)
    rebuild(actor=SYSTEM, now=timezone.now(), progress=lambda done, total, note: None)


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def test_both_scores_stand_side_by_side(alice: Client, company: Company) -> None:
    say(company, 8, 6)

    page = alice.get("/employees/").content.decode()

    assert "14 answers" in page
    assert "hidden" not in page.split("Unit by unit")[1]
    assert "Too few units can be shown" not in page


def test_a_small_unit_is_hidden_and_the_next_with_it(alice: Client, company: Company) -> None:
    say(company, 8, 3)

    below = alice.get("/employees/").content.decode().split("Unit by unit")[1]

    assert below.count("hidden: too few people") == 2
    assert "badge" not in below


def test_other_filters_are_not_listened_to(alice: Client, company: Company) -> None:
    say(company, 8, 6)

    plain = alice.get("/employees/").content.decode()
    cut = alice.get("/employees/?language=en&score=9&category=promoter&weekday=1").content.decode()

    assert (
        plain.split("<main")[1].split("Unit by unit")[1]
        == (cut.split("<main")[1].split("Unit by unit")[1])
    )


def test_nobody_answered(alice: Client) -> None:
    page = alice.get("/employees/").content.decode()

    assert "Nothing to show here" in page
