"""The staff page of held answers."""

from datetime import timedelta

import pytest
from django.test import Client

from loopwell.responses.holding import receive
from loopwell.responses.models import HeldAnswer, Response
from loopwell.responses.rules import Answer
from tests import factories
from tests.conftest import NOW, Company


@pytest.fixture
def held(company: Company) -> list[HeldAnswer]:
    for score in (0, 9):
        asked = factories.invitation(
            sent_at=NOW, unit=company.north, expires_at=NOW + timedelta(days=30)
        )
        receive(invitation_ref=asked.ref, answer=Answer(score, f"Words {score}"), now=NOW)
    return list(HeldAnswer.objects.order_by("pk"))


def test_it_says_what_and_why(company: Company, client: Client, held: list[HeldAnswer]) -> None:
    client.force_login(company.alice)

    html = client.get("/held/").content.decode()

    assert "Words 0" in html
    assert "Came 0 seconds after the message was delivered" in html
    assert "2 held answers" in client.get("/answers/").content.decode()


def test_one_is_accepted_and_one_refused(
    company: Company, client: Client, held: list[HeldAnswer]
) -> None:
    client.force_login(company.alice)

    accepted = client.post("/held/decide/", {"accept": held[0].ref}, follow=True)
    client.post("/held/decide/", {"refuse": held[1].ref})

    assert "1 answer counts now." in accepted.content.decode()
    assert Response.objects.get().score == 0
    html = client.get("/held/").content.decode()
    assert "No answer waits for you" in html
    assert "Accepted by Alice" in html
    assert "Refused by Alice" in html


def test_many_are_accepted_at_once(
    company: Company, client: Client, held: list[HeldAnswer]
) -> None:
    client.force_login(company.alice)

    client.post("/held/decide/", {"ref": [each.ref for each in held], "ticked": "accept"})

    assert Response.objects.count() == 2


def test_nothing_ticked_is_said(company: Company, client: Client, held: list[HeldAnswer]) -> None:
    client.force_login(company.alice)

    page = client.post("/held/decide/", {"ticked": "accept"}, follow=True)

    assert "Nothing was chosen" in page.content.decode()
    assert Response.objects.count() == 0


def test_a_manager_may_not(company: Company, client: Client, held: list[HeldAnswer]) -> None:
    client.force_login(company.mark)

    assert client.get("/held/").status_code == 403
    assert client.post("/held/decide/", {"accept": held[0].ref}).status_code == 403
    assert "held answer" not in client.get("/answers/").content.decode()
