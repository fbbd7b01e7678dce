"""Pages of a survey that compares providers do not say who asks; others do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Link, Programme
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Brand, Version
from tests import factories
from tests.conftest import Company

pytestmark = [pytest.mark.django_db]
COLOUR = "#aa1177"


@pytest.fixture(params=[SurveyKind.BENCHMARK, SurveyKind.RELATIONSHIP])
def version(request: pytest.FixtureRequest, company: Company) -> Version:
    Brand.objects.create(colour=COLOUR, sender_name="Acme")
    texts = {"en": {"question": "Would you recommend {company}?", "thanks": "Thanks, {company}."}}
    return factories.version(survey=factories.survey(kind=request.param), texts=texts)


def seen(page: str) -> tuple[bool, bool]:
    return "acme" in page.lower(), COLOUR in page.lower()


def test_every_page_of_an_invitation(client: Client, version: Version) -> None:
    says = version.survey.kind == SurveyKind.RELATIONSHIP
    now = timezone.now()
    asked = factories.invitation(version=version, expires_at=now + timedelta(days=3))
    token = token_of(asked.ref)

    pages = [client.get(f"/r/{token}/"), client.get(f"/r/{token}/unsubscribe/")]
    client.post(f"/r/{token}/", {"score": "9"})
    pages.append(client.get(f"/r/{token}/", {"done": "1"}))
    asked.expires_at = now
    asked.save()
    pages.append(client.get(f"/r/{token}/"))

    assert [page.status_code for page in pages] == [200, 200, 200, 410]
    assert {seen(page.content.decode()) for page in pages} == {(says, says)}


@pytest.mark.parametrize("kind", [LinkKind.LINK, LinkKind.KIOSK])
def test_every_page_of_a_link(client: Client, version: Version, kind: LinkKind) -> None:
    says = version.survey.kind == SurveyKind.RELATIONSHIP
    programme = Programme.objects.create(
        name="All", survey=version.survey, kind=ProgrammeKind.LINK, started_at=timezone.now()
    )
    link = Link.objects.create(programme=programme, kind=kind, name="Panel")

    first = client.get(f"/{'k' if kind is LinkKind.KIOSK else 'l'}/{link.ref}/")
    after = client.post(first.request["PATH_INFO"], {"score": "9"}, follow=True)
    Link.objects.update(closed_at=timezone.now())
    closed = client.get(first.request["PATH_INFO"])

    pages = [first, after, closed]
    assert [page.status_code for page in pages] == [200, 200, 410]
    assert {seen(page.content.decode()) for page in pages} == {(says, says)}
