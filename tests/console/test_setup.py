"""The first start: one form, once, with the address from the terminal."""

import pytest
from django.test import Client

from loopwell.access.models import Membership, Unit
from loopwell.console.setup.token import setup_token
from tests.conftest import Company

FORM = {
    "company": "Acme",
    "time_zone": "Europe/Warsaw",
    "name": "Alice",
    "email": "alice@acme.example",
    "password": "correct horse battery",
    "language": "en",
}


@pytest.mark.django_db
def test_the_first_start_makes_company_and_administrator(client: Client) -> None:
    address = f"/setup/{setup_token()}/"
    assert client.get(address).status_code == 200

    answer = client.post(address, FORM)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    (member,) = Membership.objects.select_related("user", "unit")
    assert (member.role, member.user.email, member.unit.name) == (
        "administrator", "alice@acme.example", "Acme",
    )  # fmt: skip
    assert client.get("/me/").status_code == 200
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_wrong_words_are_named_and_nothing_is_made(client: Client) -> None:
    page = client.post(f"/setup/{setup_token()}/", FORM | {"password": "short"})

    assert "at least 10" in page.content.decode()
    assert Unit.objects.count() == 0


@pytest.mark.django_db
def test_a_guessed_address_finds_nothing(client: Client) -> None:
    assert client.get(f"/setup/{'0' * 32}/").status_code == 404


def test_a_company_that_exists_is_not_set_up_again(company: Company, client: Client) -> None:
    assert client.post(f"/setup/{setup_token()}/", FORM).status_code == 404
