"""Customers, accounts and interactions: in, out, all or nothing, with the place of each error."""

from typing import Any

from loopwell.access.enums import Right
from loopwell.people.models import Account, Customer, Interaction
from tests.api.conftest import Programs
from tests.conftest import Company
from tests.factories import account, customer


def fields(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = answer.json()["error"]["fields"]
    return found


def test_a_customer_comes_in_once_and_goes_out(company: Company, program: Programs) -> None:
    mine = program()
    body = {
        "external_id": "C7",
        "email": "Anna@Mail.Example",
        "name": "Anna",
        "language": "ru-RU",
        "unit": "N1",
        "account": "Contoso",
        "decision_role": "decides",
        "properties": {"segment": "gold", "age": 41},
    }

    first, again = mine.post("/customers", body), mine.post("/customers", body)

    assert (first.status_code, first.json()["state"]) == (201, "new")
    assert (again.status_code, again.json()["state"]) == (200, "same")
    shown = mine.get(f"/customers/{first.json()['customer']['ref']}").json()
    assert (shown["email"], shown["language"], shown["unit"]["external_id"]) == (
        "anna@mail.example", "ru", "N1",
    )  # fmt: skip
    assert (shown["account"]["name"], shown["properties"]) == (
        "Contoso", {"segment": "gold", "age": "41"},
    )  # fmt: skip
    assert "id" not in shown


def test_null_clears_and_left_out_stays(program: Programs) -> None:
    mine = program()
    who = customer(name="Anna", title="CEO", phone="+48600700800")

    mine.patch(f"/customers/{who.ref}", {"title": None, "properties": {"segment": "a"}})
    mine.patch(f"/customers/{who.ref}", {"properties": {"segment": None}})

    who.refresh_from_db()
    assert (who.name, who.title, who.phone, who.properties) == ("Anna", "", "+48600700800", {})


def test_each_wrong_field_is_named(program: Programs) -> None:
    mine = program()

    wrong = {"email": "nobody", "language": "Klingonese", "unit": "Nowhere", "name": 5}
    assert list(fields(mine.post("/customers", wrong))) == ["body.name"]
    del wrong["name"]
    assert sorted(fields(mine.post("/customers", wrong))) == ["body.email", "body.language"]
    unit = {"email": "a@b.example", "unit": "Nowhere"}
    assert list(fields(mine.post("/customers", unit))) == ["body.unit"]
    assert list(fields(mine.post("/customers", {"name": "x" * 201}))) == ["body.name"]
    reserved = {"email": "a@b.example", "properties": {"score": "5"}}
    assert list(fields(mine.post("/customers", reserved))) == ["body.properties"]
    assert Customer.objects.count() == 0


def test_identities_of_two_conflict(program: Programs) -> None:
    customer(external_id="1", email="a@mail.example")
    customer(external_id="2", email="b@mail.example")

    answer = program().post("/customers", {"external_id": "1", "email": "b@mail.example"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")


def test_a_thousand_are_taken_wholly(company: Company, program: Programs) -> None:
    mine = program()
    rows = [{"external_id": f"C{n}", "unit": "N1", "account": f"A{n % 7}"} for n in range(1000)]

    answer = mine.post("/customers/bulk", {"customers": rows}).json()

    assert (answer["new"], answer["changed"], answer["same"]) == (1000, 0, 0)
    assert [each["customer"]["external_id"] for each in answer["items"][:2]] == ["C0", "C1"]
    assert (Customer.objects.count(), Account.objects.count()) == (1000, 7)
    again = mine.post("/customers/bulk", {"customers": rows}).json()
    assert (again["new"], again["same"]) == (0, 1000)


def test_or_not_at_all_with_every_row_named(program: Programs) -> None:
    mine = program()
    rows = [
        {"external_id": "1"},
        {"email": "nobody"},
        {"name": "neither"},
        {"external_id": "1"},
        {"external_id": "5", "properties": {"Bad Name": "x"}},
    ]

    answer = mine.post("/customers/bulk", {"customers": rows})

    assert answer.status_code == 422
    assert sorted(fields(answer)) == [
        "body.customers[1].email",
        "body.customers[2].email",
        "body.customers[3].external_id",
        "body.customers[4].properties",
    ]
    assert Customer.objects.count() == 0
    place = mine.post("/customers/bulk", {"customers": [{}, {}, {}, {"email": 7}]})
    assert list(fields(place)) == ["body.customers[3].email"]
    many = mine.post(
        "/customers/bulk", {"customers": [{"external_id": str(n)} for n in range(1001)]}
    )
    assert list(fields(many)) == ["body.customers"]


def test_lists_come_in_pages_that_miss_nothing(company: Company, program: Programs) -> None:
    mine = program()
    refs = [customer(unit=company.north).ref for _n in range(5)]
    customer(unit=company.south)
    found: list[str] = []
    query = "/customers?unit=N1&limit=2"
    pages = 0
    page = mine.get(query).json()
    while True:
        pages += 1
        found += [row["ref"] for row in page["items"]]
        if page["next_cursor"] is None:
            break
        page = mine.get(f"{query}&cursor={page['next_cursor']}").json()

    assert (found, pages) == (refs, 3)


def test_a_cursor_of_another_list_is_refused(company: Company, program: Programs) -> None:
    for _n in range(2):
        customer()
    mine = program()
    cursor = mine.get("/customers?limit=1").json()["next_cursor"]

    assert list(fields(mine.get(f"/accounts?cursor={cursor}"))) == ["query.cursor"]


def test_only_what_changed_since(company: Company, program: Programs) -> None:
    mine = program()
    customer(external_id="old", email=None)
    fresh = mine.post("/customers", {"external_id": "new"}).json()["customer"]

    at = fresh["updated_at"]
    rows = mine.get(f"/customers?updated_since={at}").json()["items"]

    assert [row["external_id"] for row in rows] == ["new"]


def test_listing_asks_the_same_number_of_questions(
    company: Company, program: Programs, django_assert_num_queries: Any
) -> None:
    mine = program()
    customer(unit=company.north)
    mine.get("/customers")
    for _n in range(20):
        customer(unit=company.north, account=account())
    with django_assert_num_queries(2):  # the key, the page
        assert len(mine.get("/customers").json()["items"]) == 21


def test_an_account_comes_in_and_goes_out(company: Company, program: Programs) -> None:
    mine = program()
    body = {
        "external_id": "A1",
        "name": "Contoso",
        "unit": "N1",
        "owner": "mark@acme.example",
        "revenue": "120000.50",
        "currency": "EUR",
        "renewal_on": "2027-01-31",
    }

    first = mine.post("/accounts", body)
    mine.post("/accounts", {"external_id": "A1", "revenue": 5})

    assert (first.status_code, first.json()["account"]["owner"]["name"]) == (201, "Mark")
    shown = mine.get(f"/accounts/{first.json()['account']['ref']}").json()
    assert (shown["revenue"], shown["renewal_on"], shown["name"]) == (
        "5.00",
        "2027-01-31",
        "Contoso",
    )
    for name, value in (("owner", "who@x.example"), ("revenue", 1e20), ("currency", "euro"),
                        ("renewal_on", "0001-01-01")):  # fmt: skip
        assert list(fields(mine.post("/accounts", {"name": "X", name: value}))) == [f"body.{name}"]


def test_an_interaction_is_recorded_once(company: Company, program: Programs) -> None:
    mine = program()
    customer(external_id="C7", unit=company.north)
    body = {
        "external_id": "I1",
        "customer": {"external_id": "C7"},
        "touchpoint": "call",
        "at": "2026-03-04T09:00:00+01:00",
        "employee": "fiona@acme.example",
    }

    first, again = mine.post("/interactions", body), mine.post("/interactions", body)

    assert (first.status_code, first.json()["ref"]) == (201, again.json()["ref"])
    assert Interaction.objects.count() == 1
    assert first.json()["unit"]["name"] == "North"
    rows = mine.get("/interactions?touchpoint=call&since=2026-03-04T08:00:00Z").json()["items"]
    assert [row["external_id"] for row in rows] == ["I1"]


def test_an_interaction_of_whom_and_when_must_be_known(program: Programs) -> None:
    mine = program()
    customer(email="anna@mail.example")
    known = {"customer": {"email": "Anna@mail.example"}, "touchpoint": "call",
             "at": "2026-01-01T10:00:00Z"}  # fmt: skip

    def wrong(**values: Any) -> list[str]:
        return list(fields(mine.post("/interactions", known | values)))

    assert mine.post("/interactions", known).status_code == 201
    assert (
        mine.post("/interactions", known | {"customer": {"external_id": "nobody"}}).status_code
        == 202
    )  # held, as tests/api/test_interactions.py says
    assert wrong(customer={"ref": "nobody"}) == ["body.customer.ref"]
    assert wrong(customer={}) == ["body.customer"]
    assert wrong(customer={"external_id": "1", "email": "a@b.example"}) == ["body.customer"]
    assert wrong(at="2099-01-01T10:00:00Z") == ["body.at"]
    assert wrong(at="2026-01-01T10:00:00") == ["body.at"]
    assert wrong(at=10**40) == ["body.at"]
    assert wrong(touchpoint=" ") == ["body.touchpoint"]
    assert wrong(unit="Nowhere", employee="nobody") == ["body.unit", "body.employee"]


def test_reading_is_not_writing(company: Company, program: Programs) -> None:
    reader = program(rights=[Right.READ_CUSTOMERS])

    assert reader.get("/customers").status_code == 200
    assert reader.post("/customers", {"external_id": "1"}).status_code == 403
    assert reader.post("/customers/bulk", {"customers": [{"external_id": "1"}]}).status_code == 403
