"""The company on pages: units, people, roles, leaving, and who changed what."""

import re
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Right, Role, UnitKind
from loopwell.access.models import Unit, User
from loopwell.access.operations import Grant, add_person, add_unit, create_api_key
from loopwell.cases.models import Case
from loopwell.jobs.models import Job
from tests.conftest import NOW, Company
from tests.factories import customer, response


def test_a_unit_is_added_renamed_and_moved(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    client.post("/company/units/add/", {"name": "North 1", "kind": "team",
                                        "parent": company.north.ref})  # fmt: skip
    unit = Unit.objects.get(name="North 1")
    assert (unit.parent, Job.objects.count()) == (company.north, 0)
    client.post(f"/company/units/{unit.ref}/", {"name": "South 1", "kind": "team",
                                                "parent": company.south.ref})  # fmt: skip

    unit.refresh_from_db()
    assert (unit.name, unit.path) == ("South 1", f"{company.south.path}{unit.pk}/")
    assert list(Job.objects.values_list("kind", flat=True)) == ["insights.rebuild"]
    assert "South 1" in client.get("/company/").content.decode()


def test_lists_ask_the_same_number_of_questions(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    addresses = ("/company/", "/company/people/", "/keys/", "/company/changes/")

    def questions() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    def more(number: int) -> None:
        alice = company.actor("alice")
        unit = add_unit(actor=alice, now=NOW, name=f"Unit {number}", parent=company.north,
                        kind=UnitKind.TEAM)  # fmt: skip
        add_person(actor=alice, now=NOW, email=f"p{number}@x.example", name="P", unit=unit,
                   grants=[Grant(Role.MANAGER, unit)])  # fmt: skip
        create_api_key(actor=alice, name="K", rights=[Right.READ_ANSWERS], unit=unit,
                       user=company.mark)  # fmt: skip

    more(0)
    client.get("/company/")
    before = questions()
    for number in range(1, 8):
        more(number)

    assert questions() == before


def test_a_unit_offers_no_place_below_itself(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    page = client.get(f"/company/units/{company.north.ref}/").content.decode()
    assert f'value="{company.south.ref}"' in page
    assert f'value="{company.north.ref}"' not in page
    refused = client.post(f"/company/units/{company.north.ref}/",
                          {"name": "N", "kind": "team", "parent": company.north.ref})  # fmt: skip
    assert refused.status_code == 422


def test_the_company_itself_can_be_renamed(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    client.post(f"/company/units/{company.root.ref}/", {"name": "Acme & Sons"})

    company.root.refresh_from_db()
    assert (company.root.name, company.root.kind) == ("Acme & Sons", "company")


def test_a_new_person_sets_a_password_by_mail(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    form = {"name": "Nina", "email": "nina@acme.example", "unit": company.north.ref,
            "roles": ["front_line"]}  # fmt: skip

    client.post("/company/people/add/", form)

    (message,) = mail.outbox
    assert message.to == ["nina@acme.example"]
    link = re.search(r"https?://[^/]+(/auth/password/reset/key/\S+)", str(message.body))
    assert link is not None
    other = Client()
    page = other.get(link[1], follow=True)
    words = "a long enough phrase"
    done = other.post(page.redirect_chain[-1][0], {"password1": words, "password2": words})
    assert done.status_code == 302
    nina = User.objects.get(email="nina@acme.example")
    assert nina.check_password(words)
    assert other.login(email="nina@acme.example", password=words)


def test_a_mail_that_fails_is_said_and_can_be_sent_again(
    company: Company, client: Client, settings: Any
) -> None:
    client.force_login(company.alice)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    page = client.post(f"/company/people/{company.fiona.ref}/invitation/", follow=True)

    assert "could not be sent" in page.content.decode()


def test_roles_are_given_and_taken(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    address = f"/company/people/{company.fiona.ref}/"

    client.post(f"{address}roles/add/", {"role": "supervisor", "unit": company.south.ref})
    assert company.fiona.memberships.count() == 2
    client.post(f"{address}roles/remove/", {"role": "front_line", "unit": company.north.ref})

    (left,) = company.fiona.memberships.all()
    assert (left.role, left.unit) == ("supervisor", company.south)
    page = client.get("/company/changes/").content.decode()
    assert "gave Fiona the roles Supervisor in South" in page
    assert "took from Fiona the roles Front line in North" in page
    assert client.post(f"{address}roles/add/", {"role": ""}).status_code == 422


def test_the_last_administrator_is_told(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    address = f"/company/people/{company.alice.ref}/"

    for where, form in (("roles/remove/", {"role": "administrator", "unit": company.root.ref}),
                        ("deactivate/", {})):  # fmt: skip
        answer = client.post(address + where, form)
        assert answer.status_code == 409
        assert "last administrator" in answer.content.decode()


def test_leaving_names_the_open_cases(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    said = response(customer=customer(unit=company.north), score=2)
    Case.objects.create(
        response=said,
        customer=said.customer,
        unit=company.north,
        score=2,
        owner=company.fiona,
        opened_at=NOW,
        due_at=NOW,
        next_step_at=NOW,
    )
    address = f"/company/people/{company.fiona.ref}/"
    fiona = Client()
    fiona.force_login(company.fiona)
    assert fiona.get("/me/").status_code == 200

    assert (
        "1 open case of theirs goes to whoever is next"
        in client.get(f"{address}deactivate/").content.decode()
    )
    client.post(f"{address}deactivate/")

    assert fiona.get("/me/").status_code == 302
    assert Case.objects.get().owner == company.fiona
    client.get("/company/people/")  # the notice that she left
    assert "Fiona" not in client.get("/company/people/").content.decode()
    assert "Fiona" in client.get("/company/people/?gone=1").content.decode()
    client.post(f"{address}reactivate/")
    assert User.objects.get(pk=company.fiona.pk).is_active


def test_people_are_found(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    def found(query: str) -> set[str]:
        page = client.get(f"/company/people/?{query}").content.decode()
        table = page[page.index("<main") :]
        return {name for name in ("Alice", "Mark", "Fiona", "Oscar") if f">{name}<" in table}

    assert found("search=FIO") == {"Fiona"}
    assert found("search=mark@acme") == {"Mark"}
    assert found(f"unit={company.north.ref}") == {"Mark", "Fiona"}
    assert found("role=manager") == {"Mark", "Oscar"}
    assert found("search=%00zzz") == set()


def test_a_person_gets_a_manager(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    address = f"/company/people/{company.fiona.ref}/"
    form = {"name": "Fiona B.", "email": "fiona@acme.example", "unit": company.north.ref}

    unknown = client.post(address, form | {"manager": "nobody@acme.example"})
    own = client.post(address, form | {"manager": "fiona@acme.example"})
    client.post(address, form | {"manager": "Mark@acme.example"})

    assert (unknown.status_code, own.status_code) == (422, 422)
    company.fiona.refresh_from_db()
    assert (company.fiona.name, company.fiona.manager) == ("Fiona B.", company.mark)
    client.post(address, form)
    company.fiona.refresh_from_db()
    assert company.fiona.manager is None
