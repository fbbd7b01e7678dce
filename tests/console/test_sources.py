"""Do sources and held interactions go through the pages, by right, with errors in place?"""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.integrations.sql.models import Source
from loopwell.jobs.running import run_all
from loopwell.people.models import Customer, HeldInteraction, Intake, Interaction
from loopwell.people.operations import record_interactions
from loopwell.people.rules.drafts import InteractionDraft
from tests.conftest import NOW, Company
from tests.factories import customer

QUERY = "SELECT id, 'call' AS touchpoint, at, client AS customer_id, size FROM calls"


@pytest.fixture
def shop(settings: Any, tmp_path: Path) -> str:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE calls (id text, at text, client text, size text)")
        made.execute("INSERT INTO calls VALUES ('1', '2026-02-03 10:00', 'C1', 'XL')")
        made.execute("INSERT INTO calls VALUES ('2', '2099-02-03 10:00', 'C1', 'XL')")
    settings.SOURCES = {"SHOP": f"sqlite:///{path}"}
    return str(path)


def test_a_source_goes_the_whole_way(company: Company, client: Client, shop: str) -> None:
    client.force_login(company.alice)
    customer(external_id="C1", unit=company.north)
    form = {"name": "Calls", "variable": "SHOP", "query": QUERY, "every_minutes": "15",
            "time_zone": "UTC", "watermark_column": "", "since": ""}  # fmt: skip

    wrong = client.post(reverse("sources:new"), form | {"query": "DELETE FROM calls"})
    assert wrong.status_code == 422
    assert "Only a SELECT can be used" in wrong.content.decode()

    client.post(reverse("sources:new"), form)
    source = Source.objects.get()
    tried = client.post(reverse("sources:try", args=[source.ref]))
    page = tried.content.decode()
    assert "still to come" in page
    assert "<option selected>customer_id</option>" in page
    assert not Interaction.objects.exists()

    chosen = {"field-external_id": "id", "field-touchpoint": "touchpoint", "field-at": "at",
              "field-customer_id": "customer_id", "keep": ["size"]}  # fmt: skip
    client.post(reverse("sources:columns", args=[source.ref]), chosen)
    client.post(reverse("sources:turn", args=[source.ref]), {"turn": "start"})
    client.post(reverse("sources:turn", args=[source.ref]), {"turn": "run"})
    run_all(timezone.now() + timedelta(minutes=1))

    assert Interaction.objects.get().properties == {"size": "XL"}
    shown = client.get(reverse("sources:source", args=[source.ref])).content.decode()
    assert "every 15 minutes" in shown
    assert "still to come" in shown
    client.post(reverse("sources:delete", args=[source.ref]))
    assert not Source.objects.exists()
    assert Interaction.objects.count() == 1


def test_what_cannot_be_read_is_told_in_place(company: Company, client: Client, shop: str) -> None:
    client.force_login(company.alice)
    source = Source.objects.create(name="Calls", variable="SHOP", query="SELECT colour FROM calls")

    tried = client.post(reverse("sources:try", args=[source.ref]))

    assert tried.status_code == 422
    assert "no such column: colour" in tried.content.decode()


def test_without_a_named_database_the_page_says_who_names_it(
    company: Company, client: Client, settings: Any
) -> None:
    settings.SOURCES = {}
    client.force_login(company.alice)

    for name in ("sources:list", "sources:new"):
        assert "LOOPWELL_SOURCE_SHOP" in client.get(reverse(name)).content.decode()


@pytest.fixture
def held(company: Company) -> list[HeldInteraction]:
    drafts = [
        InteractionDraft(touchpoint="call", at=NOW, external_id=f"A{n}", customer_id=f"N{n}",
                         customer_name="<b>Nina</b>", unit="N1", properties={"size": "XL"})
        for n in range(3)
    ]  # fmt: skip
    record_interactions(actor=SYSTEM, now=NOW, drafts=drafts, origin="events.csv")
    return list(HeldInteraction.objects.order_by("id"))


def test_held_ones_are_decided(
    company: Company, client: Client, held: list[HeldInteraction]
) -> None:
    client.force_login(company.alice)
    known = customer(external_id="C1", name="Nina Known", unit=company.north)

    page = client.get(reverse("sources:held")).content.decode()
    assert "&lt;b&gt;Nina&lt;/b&gt;" in page
    assert page.count("events.csv") == 3
    places = [reverse("sources:decide", args=[each.ref]) for each in held]
    assert "Nina Known" in client.get(places[1] + "?q=nina").content.decode()
    client.post(places[0], {"what": "create"})
    client.post(places[1], {"what": "link", "customer": known.ref})
    client.post(places[2], {"what": "discard"})

    assert Customer.objects.get(external_id="N0").name == "<b>Nina</b>"
    assert sorted(Interaction.objects.values_list("external_id", "customer__external_id")) == [
        ("A0", "N0"), ("A1", "C1"),
    ]  # fmt: skip
    assert "Nothing waits" in client.get(reverse("sources:held")).content.decode()
    assert client.get(places[0]).status_code == 404


def test_all_at_once_in_the_background(
    company: Company, client: Client, held: list[HeldInteraction]
) -> None:
    client.force_login(company.alice)

    client.post(reverse("sources:create_all"))
    run_all(timezone.now() + timedelta(minutes=1))

    assert Customer.objects.count() == Interaction.objects.count() == 3


def test_the_rule_is_chosen(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    client.post(reverse("sources:rule"), {"rule": "create"})
    assert Intake.objects.get().unknown_customers == "create"
    client.post(reverse("sources:rule"), {"rule": "nonsense"})
    assert Intake.objects.get().unknown_customers == "create"


def test_nobody_without_the_right_decides(
    company: Company, client: Client, held: list[HeldInteraction]
) -> None:
    client.force_login(company.mark)

    assert client.get(reverse("sources:decide", args=[held[0].ref])).status_code == 403
    assert client.post(reverse("sources:create_all")).status_code == 403


def test_the_list_asks_no_more_for_more_rows(
    company: Company, client: Client, held: list[HeldInteraction],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client.force_login(company.alice)
    client.get(reverse("sources:held"))

    with django_assert_max_num_queries(15):
        client.get(reverse("sources:held"))
