"""Properties are declared, given a kind, and taken back; the numbers follow."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.insights.asking import Filters, Question
from loopwell.insights.operations import heal
from loopwell.insights.questions import ask, ask_one
from loopwell.jobs.running import run_all
from loopwell.journal.reading import consume_all
from loopwell.people.models import Customer, Property
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def settle() -> None:
    now = timezone.now() + timedelta(minutes=1)
    consume_all(now=now)
    heal(now)
    run_all(now)


def test_a_kind_makes_ranges_possible(alice: Client, company: Company) -> None:
    for score, tenure in ((9, "10"), (3, "2"), (10, "12,5"), (5, "long")):
        customer = factories.customer(unit=company.north, properties={"tenure": tenure})
        factories.response(
            score=score, unit=company.north, customer=customer, properties={"tenure": tenure}
        )

    answer = alice.post("/properties/", {"label": "Tenure", "kind": "number"}, follow=True)
    settle()

    assert "1 does not fit" in answer.content.decode()
    long_ones = Filters(properties=(("tenure", "10..20"),))
    assert ask_one(Question("answers", filters=long_ones), SYSTEM).n == 2
    keys = {row.key[0] for row in ask(Question("answers", ("property:tenure",)), SYSTEM)}
    assert keys == {2.0, 10.0, 12.5, None}


def test_another_kind_and_no_property_any_more(alice: Client, company: Company) -> None:
    alice.post("/properties/", {"label": "New customer", "kind": "text"})
    factories.response(score=9, unit=company.north, properties={"new_customer": "так"})
    settle()

    alice.post("/properties/new_customer/", {"label": "Is new", "kind": "yes_no"})
    settle()

    assert Property.objects.get().label == "Is new"
    wanted = Filters(properties=(("new_customer", "yes"),))
    assert ask_one(Question("answers", filters=wanted), SYSTEM).n == 1

    alice.post("/properties/new_customer/remove/")
    settle()

    assert not Property.objects.exists()
    assert "property:new_customer" not in alice.get("/").content.decode()


def test_what_is_wrong_is_said(alice: Client, company: Company) -> None:
    alice.post("/properties/", {"label": "Segment", "kind": "text"})

    again = alice.post("/properties/", {"label": "segment", "kind": "text"})
    nothing = alice.post("/properties/", {"label": " ", "kind": "text"})

    assert again.status_code == nothing.status_code == 422
    assert "already" in again.content.decode()
    assert alice.get("/properties/nowhere/").status_code == 404
    assert Customer.objects.count() == 0


def test_only_those_who_import_for_the_whole_company(client: Client, company: Company) -> None:
    client.force_login(company.mark)

    assert client.post("/properties/", {"label": "X", "kind": "text"}).status_code == 403
