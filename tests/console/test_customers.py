"""Who sees which customers, and does the list stay quick and the form honest?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loopwell.cases.enums import Direction, Outcome, RedressState, Result
from loopwell.cases.models import Attempt, Case, Closure, FurtherAction, Letter, Redress
from loopwell.people.models import Customer, Interaction, Property
from tests import factories
from tests.conftest import NOW, Company


def listed(client: Client, **query: str) -> list[str]:
    page = client.get(reverse("customers:list"), query)
    assert page.status_code == 200
    return [str(row) for row, _values in page.context["rows"]]


def test_everybody_sees_their_own_part(company: Company, client: Client) -> None:
    anna = factories.customer(name="Anna", unit=company.north)
    factories.customer(name="Olga", unit=company.south)
    url = reverse("customers:customer", args=[anna.ref])
    assert client.get(url).status_code == 302  # nobody
    for who, names, status in (
        ("alice", ["Anna", "Olga"], 200),
        ("mark", ["Anna"], 200),
        ("oscar", ["Olga"], 404),
    ):
        client.force_login(getattr(company, who))
        assert listed(client) == names
        assert client.get(url).status_code == status
        assert client.get(reverse("customers:edit", args=[anna.ref])).status_code == (
            200 if who == "alice" else 403
        )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "ковал"}, ["Анна Ковальчук"]),
        ({"q": "BOB@"}, ["Bob"]),
        ({"q": "c-77"}, ["Bob"]),
        ({"language": "uk"}, ["Анна Ковальчук"]),
        ({"property": "segment", "value": "gold"}, ["Bob"]),
        ({"property": "segment"}, ["Анна Ковальчук", "Bob"]),
        ({"property": "no__such", "value": "x"}, ["Анна Ковальчук", "Bob"]),
        ({"q": "nobody\x00"}, []),
    ],
)
def test_the_list_is_narrowed(
    company: Company, client: Client, query: dict[str, str], names: list[str]
) -> None:
    Property.objects.create(name="segment", label="Segment")
    factories.customer(name="Анна Ковальчук", language="uk", properties={"segment": "silver"})
    factories.customer(
        name="Bob", email="bob@mail.example", external_id="C-77", properties={"segment": "gold"}
    )
    client.force_login(company.alice)
    assert listed(client, **query) == names


def test_units_and_accounts_narrow_too(company: Company, client: Client) -> None:
    globex = factories.account(name="Globex")
    factories.customer(name="Anna", unit=company.north, account=globex)
    factories.customer(name="Olga", unit=company.south)
    client.force_login(company.alice)
    assert listed(client, unit=company.north.ref) == ["Anna"]
    assert listed(client, unit=company.root.ref) == ["Anna", "Olga"]
    assert listed(client, account=globex.ref) == ["Anna"]


def test_the_page_tells_the_whole_story_newest_first(
    company: Company, client: Client, now: Any
) -> None:
    anna = factories.customer(name="Anna", unit=company.north)
    Interaction.objects.create(customer=anna, touchpoint="visit", at="2026-03-01T10:00:00Z")
    factories.response(customer=anna, score=3, comment="<b>Too slow</b>")
    factories.invitation(customer=anna, sent_at="2026-03-02T10:00:00Z")
    client.force_login(company.mark)
    page = client.get(reverse("customers:customer", args=[anna.ref]))
    assert [m.kind for m in page.context["story"]] == ["answer", "invitation", "interaction"]
    assert "&lt;b&gt;Too slow" in page.content.decode()


def test_queries_do_not_grow_with_rows(
    company: Company, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(company.alice)
    account = factories.account()

    def add(n: int) -> Customer:
        for _n in range(n):
            one = factories.customer(unit=company.north, account=account)
            factories.response(customer=one)
        Interaction.objects.create(
            customer=one, touchpoint="visit", at="2026-03-01T10:00:00Z", unit=company.north
        )
        return one

    one = add(1)
    with django_assert_max_num_queries(100) as few:
        client.get(reverse("customers:list"))
        client.get(reverse("customers:customer", args=[one.ref]))
    add(20)
    for _n in range(5):
        factories.response(customer=one)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("customers:list"))
        client.get(reverse("customers:customer", args=[one.ref]))


def test_a_customer_is_added_and_changed_by_form(company: Company, client: Client) -> None:
    Property.objects.create(name="segment", label="Segment")
    client.force_login(company.alice)
    entered = {"name": "Anna", "email": "Anna@Mail.example", "unit": company.north.ref,
               "account": "Globex", "property_segment": "gold"}  # fmt: skip
    client.post(reverse("customers:new"), entered)
    anna = Customer.objects.get(email="anna@mail.example")
    assert (anna.unit, str(anna.account), anna.properties) == (
        company.north, "Globex", {"segment": "gold"},
    )  # fmt: skip

    url = reverse("customers:edit", args=[anna.ref])
    assert 'value="gold"' in client.get(url).content.decode()
    client.post(url, {"name": "Anna", "email": "new@mail.example"})
    anna.refresh_from_db()
    assert (anna.email, anna.unit, anna.account, anna.properties) == (
        "new@mail.example", None, None, {},
    )  # fmt: skip

    wrong = client.post(url, {"name": "Anna", "email": "nowhere"})
    assert (wrong.status_code, wrong.context["form"].errors["email"]) == (
        422,
        ["This is not an e-mail address."],
    )
    factories.customer(email="taken@mail.example")
    taken = client.post(url, {"name": "Anna", "email": "taken@mail.example"})
    assert taken.status_code == 422
    assert "Another customer has this e-mail." in taken.content.decode()


def test_the_profile_tells_what_we_did_for_a_customer(client: Client, company: Company) -> None:
    customer = factories.customer(unit=company.north)
    answer = factories.response(score=2, unit=company.north, customer=customer)
    case = Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, score=2, opened_at=NOW,
        due_at=NOW, next_step_at=NOW,
    )  # fmt: skip
    Attempt.objects.create(
        case=case, outcome=Outcome.REACHED, note="Waited all day", by=company.mark
    )
    Closure.objects.create(
        case=case, result=Result.SOLVED, resolution="A new slot", by=company.mark
    )
    Redress.objects.create(
        case=case, what="Voucher", amount=20, currency="EUR", state=RedressState.GIVEN
    )
    Redress.objects.create(
        case=case, what="Car", amount=9000, currency="EUR", state=RedressState.ASKED
    )
    FurtherAction.objects.create(case=case, what="Send a technician", due_on=NOW.date())
    Letter.objects.create(
        case=case, direction=Direction.IN, address="x@x.example", subject="Thank you", text="x",
        message_id="<1@x>",
    )  # fmt: skip
    client.force_login(company.mark)
    text = client.get(f"/customers/{answer.customer.ref}/").content.decode()
    for words in ("Waited all day", "A new slot", "Voucher", "Send a technician", "Thank you"):
        assert words in text
    assert "Car" not in text.split("What happened")[1]
