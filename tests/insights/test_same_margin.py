"""Do home page, digest, API and question tell the same margin of accounts that answer alike?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.calc.nps import Counts, interval
from loopwell.digests.queries import Readings
from loopwell.insights.asking import Question
from loopwell.insights.judging.clustering import design_effect, heeded, note, widened_estimate
from loopwell.responses.models import Response
from tests import factories
from tests.api.conftest import program
from tests.conftest import Company
from tests.insights.test_clustering import Build

__all__ = ["program"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def alike(company: Company, built: Build) -> None:
    """Twelve accounts of ten, of which all say the same, a few days ago."""
    survey, at = factories.survey(), timezone.now() - timedelta(days=3)
    Response.objects.bulk_create(
        Response(
            survey=survey, kind=survey.kind, unit=company.north, score=score, account=account,
            source="email", answered_at=at, updated_at=at,
        )
        for score in [10] * 8 + [3] * 4
        for account in [factories.account(unit=company.north)]
        for _person in range(10)
    )  # fmt: skip
    built()


@pytest.mark.usefixtures("alike")
def test_every_door_tells_the_same_margin(client: Client, company: Company, program: Any) -> None:
    alice, plain = company.actor("alice"), interval(Counts(40, 0, 80))
    effect = design_effect(Question("nps"), alice)
    expected = widened_estimate(plain, "nps", effect)
    margin = (expected.low, expected.high)
    assert effect > 9
    assert margin[1] - margin[0] > 3 * (plain.high - plain.low)

    row = heeded(Question("nps"), None, alice)[0].row
    client.force_login(company.alice)
    page = client.get("/")
    digest = Readings(timezone.now().date()).standing(alice)
    told = program(rights=[Right.READ_ANSWERS]).get("/questions?metric=nps&period=90d").json()

    assert (row.low, row.high) == margin
    assert (page.context["score"].low, page.context["score"].high) == margin
    assert note(effect) in page.content.decode()
    assert digest is not None
    assert digest.score is not None
    assert (digest.score.low, digest.score.high, digest.note) == (*margin, note(effect))
    assert (told["rows"][0]["low"], told["rows"][0]["high"]) == margin
    assert told["note"] == note(effect)


@pytest.mark.usefixtures("alike")
def test_months_and_units_of_the_home_page_are_as_unsure(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    page = client.get("/").context
    plain = interval(Counts(40, 0, 80))

    month = page["board"].moments[-1].row
    group = page["units"][0].result.estimate

    for found in (month, group):
        assert found.high - found.low > 3 * (plain.high - plain.low)
