"""Who sees which accounts, and is a decider's displeasure impossible to miss?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loopwell.access.enums import Role, UnitKind
from loopwell.access.operations import create_unit, create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.journal.models import Entry
from loopwell.people.operations import AccountChange, change_account
from loopwell.people.rules.problems import CannotSave
from tests import factories
from tests.conftest import Company


def test_everybody_sees_their_own_accounts(company: Company, client: Client) -> None:
    north = factories.account(name="Northern", unit=company.north)
    factories.account(name="Southern", unit=company.south)
    team = create_unit(actor=SYSTEM, name="Key", parent=company.root, kind=UnitKind.TEAM)
    keeper = create_user(
        actor=SYSTEM, email="k@acme.example", name="Kate", unit=team, roles=[Role.ACCOUNT_MANAGER]
    )
    north.owner = keeper
    north.save()
    url = reverse("accounts:account", args=[north.ref])
    assert client.get(url).status_code == 302
    for who, names, status in (
        (company.alice, ["Northern", "Southern"], 200),
        (company.mark, ["Northern"], 200),
        (company.oscar, ["Southern"], 404),
        (keeper, ["Northern"], 200),
    ):
        client.force_login(who)
        page = client.get(reverse("accounts:list"))
        assert [account.name for account, _parts in page.context["rows"]] == names
        assert client.get(url).status_code == status


def test_a_decider_who_is_a_detractor_stands_first(company: Company, client: Client) -> None:
    account = factories.account(name="Globex", unit=company.north, revenue=1_200_000)
    people = {
        name: factories.customer(name=name, account=account, unit=company.north, decision_role=role)
        for name, role in (("Ann", "decides"), ("Ben", "uses"), ("Cid", "uses"), ("Dot", ""))
    }
    factories.response(customer=people["Ann"], score=9, answered_at="2026-01-01T00:00:00Z")
    factories.response(customer=people["Ann"], score=2, answered_at="2026-02-01T00:00:00Z")
    factories.response(customer=people["Ben"], score=10)
    client.force_login(company.mark)

    page = client.get(reverse("accounts:account", args=[account.ref]))

    columns = [[str(c.customer) for c in column.contacts] for column in page.context["columns"]]
    assert columns == [["Ann"], [], ["Ben", "Cid"], ["Dot"]]
    assert page.context["parts"] == {"promoter": 1, "passive": 0, "detractor": 1, "silent": 2}
    assert "Ann decides, and is a detractor (2)." in page.content.decode()


def test_queries_do_not_grow_with_rows(
    company: Company, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(company.alice)

    def add(n: int) -> str:
        for _n in range(n):
            account = factories.account(unit=company.north, owner=company.mark)
            for _m in range(3):
                who = factories.customer(account=account, unit=company.north)
                factories.response(customer=who)
        return str(account.ref)

    ref = add(1)
    pages = [reverse("accounts:list"), reverse("accounts:account", args=[ref])]
    with django_assert_max_num_queries(100) as few:
        for page in pages:
            client.get(page)
    add(10)
    with django_assert_max_num_queries(len(few)):
        for page in pages:
            client.get(page)


def test_an_account_is_edited_within_ones_own_part(company: Company, client: Client) -> None:
    account = factories.account(name="Globex", unit=company.north, revenue=5)
    factories.account(external_id="TAKEN")
    url = reverse("accounts:edit", args=[account.ref])
    southern = create_user(
        actor=SYSTEM,
        email="sue@acme.example",
        name="Sue",
        unit=company.south,
        roles=[Role.PROGRAMME],
    )
    for who, status in ((southern, 404), (company.oscar, 403), (company.fiona, 403)):
        client.force_login(who)
        assert client.post(url, {"name": "Mine"}).status_code == status
    assert "edit/" not in client.get(reverse("accounts:list")).content.decode()

    client.force_login(company.alice)
    form = {
        "name": "Globex AG", "external_id": "G1", "unit": company.south.ref,
        "revenue": "1200000.50",
        "owner": company.mark.email, "currency": "eur", "renewal_on": "2027-01-31",
        "is_demo": "on", "properties": "{}",
    }  # fmt: skip
    assert client.post(url, form).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.external_id, account.currency) == ("Globex AG", "G1", "EUR")
    assert (account.owner, account.unit, account.is_demo) == (company.mark, company.south, False)
    assert (str(account.revenue), str(account.renewal_on)) == ("1200000.50", "2027-01-31")
    told = Entry.objects.filter(type="account.changed", subject_id=account.pk)
    assert told.count() == 1
    client.post(url, form)
    assert told.count() == 1  # nothing changed, nothing told

    for wrong, words in (
        ({"owner": "nobody@acme.example"}, "no employee with this e-mail"),
        ({"external_id": "TAKEN"}, "Another account has this external id"),
        ({"currency": "€"}, "three letters"),
        ({"unit": "nosuchunit"}, "Select a valid choice"),
        ({"name": " "}, "required"),
    ):
        page = client.post(url, {**form, **wrong})
        assert (page.status_code, words in page.content.decode()) == (422, True)


def test_nobody_edits_an_account_out_of_their_own_sight(company: Company) -> None:
    account = factories.account(name="Globex", unit=company.north)
    manager = actor_for(
        create_user(
            actor=SYSTEM,
            email="nina@acme.example",
            name="Nina",
            unit=company.north,
            roles=[Role.PROGRAMME],
        )
    )
    for change in (AccountChange("Globex"), AccountChange("Globex", unit=company.south.ref)):
        with pytest.raises(CannotSave):
            change_account(actor=manager, now=timezone.now(), ref=account.ref, change=change)
    account.refresh_from_db()
    assert account.unit == company.north
