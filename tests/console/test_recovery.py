"""Does the page of recovery say what can be said, to those who may see it?"""

from datetime import timedelta

import pytest
from django.test import Client

from loopwell.cases.enums import Outcome
from loopwell.cases.models import Attempt, Case
from loopwell.sampling.models import Programme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fill(company: Company, *, called: int, well: int, others: int, others_well: int) -> None:
    """Unhappy customers of North, half a year ago; some called the same day, and what came next."""
    at = NOW - 90 * DAY
    for i in range(called + others):
        first = factories.response(score=3, unit=company.north, answered_at=at)
        if i < called:
            case = Case.objects.create(
                response=first, customer=first.customer, unit=company.north, score=3,
                owner=company.mark, opened_at=at, due_at=at, next_step_at=at,
            )  # fmt: skip
            Attempt.objects.create(case=case, outcome=Outcome.REACHED, at=at + timedelta(hours=2))
        good = i < well or called <= i < called + others_well
        factories.response(
            score=9 if good else 4, unit=company.north, customer=first.customer,
            answered_at=at + 30 * DAY,
        )  # fmt: skip


def page(client: Client, company: Company, who: str = "alice", query: str = "?period=all") -> str:
    client.force_login(getattr(company, who))
    reply = client.get(f"/recovery/{query}")
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_a_real_effect_is_told_with_its_interval(client: Client, company: Company) -> None:
    fill(company, called=40, well=30, others=40, others_well=10)
    text = page(client, company)
    assert "75 % are no longer detractors" in text
    assert "Calling won back +50 points more" in text
    assert "40 customers" in text


def test_too_few_is_said(client: Client, company: Company) -> None:
    fill(company, called=5, well=5, others=5, others_well=0)
    text = page(client, company)
    assert "These are too few to judge." in text
    assert "Calling won back" not in text


def test_no_difference_is_not_sold_as_one(client: Client, company: Company) -> None:
    fill(company, called=40, well=20, others=40, others_well=19)
    assert "That is no real difference yet" in page(client, company)


def test_an_empty_company_learns_what_to_do(client: Client, company: Company) -> None:
    text = page(client, company)
    assert "No unhappy answers here" in text
    assert "Ask again" in text


def test_asking_again_is_started_here(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    assert client.post("/recovery/ask-again/", {"days": "3"}).status_code == 422
    assert client.post("/recovery/ask-again/", {"days": "30"}).status_code == 302
    programme = Programme.objects.get()
    assert f"/programmes/{programme.ref}/" in page(client, company)
    assert client.post("/recovery/ask-again/", {"days": "30"}).status_code == 302
    assert Programme.objects.count() == 1


def test_who_may_not_run_surveys_does_not_start_it(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    assert client.post("/recovery/ask-again/", {"days": "30"}).status_code == 403
    assert "Whoever runs the surveys can start it here." in page(client, company, "mark")


def test_other_branches_are_not_counted(client: Client, company: Company) -> None:
    fill(company, called=3, well=3, others=0, others_well=0)
    assert "No unhappy answers here" in page(client, company, "oscar")


def test_nonsense_in_the_address_is_left_out(client: Client, company: Company) -> None:
    assert "Does calling win" in page(
        client, company, query="?segment=x'y&unit=zz&period=99&kind=q"
    )
