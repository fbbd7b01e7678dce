"""Who sees which page? Every address of the console, tried as nobody and as every role."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern

from loopwell.access.enums import Right, Role, UnitKind
from loopwell.access.models import User
from loopwell.access.operations import create_unit, create_user
from loopwell.access.rules import ROLE_RIGHTS, SYSTEM
from loopwell.console.navigation import SECTIONS
from tests.conftest import Company
from tests.factories import account, customer, response

REF = "abcdefgh234567"
# Before anybody can log in: the first start, guarded by its own token, and the language switch.
# The digest's own links carry a signed token instead.
OPEN = {"setup:index", "profile:language", "digests:vote", "digests:stop",
        "digests:stop_question"}  # fmt: skip


def console_patterns(
    resolver: URLResolver | None = None, prefix: str = "/", area: str = ""
) -> Iterator[tuple[str, str]]:
    """(name with its area, address with every placeholder filled) of all console pages."""
    for each in (resolver or get_resolver()).url_patterns:
        route = each.pattern._route if isinstance(each.pattern, RoutePattern) else ""
        if isinstance(each, URLResolver):
            yield from console_patterns(each, prefix + route, each.app_name or area)
        elif isinstance(each, URLPattern) and "loopwell.console" in each.callback.__module__:
            yield f"{area}:{each.name}", _filled(prefix + route)


def _filled(route: str) -> str:
    for kind in ("str", "slug", "int", "path"):
        while f"<{kind}:" in route:
            start = route.index(f"<{kind}:")
            value = "1" if kind == "int" else REF
            route = route[:start] + value + route[route.index(">", start) + 1 :]
    return route


PAGES = sorted(set(console_patterns()))
MENU = {place.url_name: place.right for _title, places in SECTIONS for place in places}
RIGHT_OF_AREA = {name.split(":")[0]: right for name, right in MENU.items()}


def test_all_areas_are_walked() -> None:
    assert {"home", "cases", "customers", "keys", "company", "status"} <= {
        name.split(":")[0] for name, _address in PAGES
    }
    assert all(resolve(address) for _name, address in PAGES)


@pytest.mark.django_db
def test_nobody_is_sent_to_the_login() -> None:
    client = Client()
    for name, address in PAGES:
        if name in OPEN:
            continue
        answers = [client.get(address), client.post(address)]
        open_to_methods = [answer for answer in answers if answer.status_code != 405]
        assert open_to_methods, name
        for answer in open_to_methods:
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.headers["Location"].startswith("/auth/login/"), name


def person_with(role: Role, company: Company) -> User:
    return create_user(
        actor=SYSTEM, email=f"{role}@acme.example", name=role.value, unit=company.root, roles=[role]
    )


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_what_its_menu_offers(role: Role, company: Company, client: Client) -> None:
    client.force_login(person_with(role, company))
    for name, right in MENU.items():
        address = dict(PAGES)[name]
        expected = 200 if right in ROLE_RIGHTS[role] else 403
        assert client.get(address).status_code == expected, (role, name)


@pytest.mark.parametrize("role", list(Role))
def test_no_page_of_an_area_opens_without_its_right(
    role: Role, company: Company, client: Client
) -> None:
    client.force_login(person_with(role, company))
    for name, address in PAGES:
        right = RIGHT_OF_AREA.get(name.split(":")[0])
        if right is None or right in ROLE_RIGHTS[role]:
            continue
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (403, 404, 405), (role, name, answer.status_code)


def test_somebody_without_a_role_gets_nothing(company: Company, client: Client) -> None:
    person = create_user(actor=SYSTEM, email="new@acme.example", name="New", unit=company.root)
    client.force_login(person)
    for name in MENU.keys() - {"home:index"}:  # home says that there is nothing for them yet
        assert client.get(dict(PAGES)[name]).status_code == 403, name


def test_what_does_not_exist_is_not_found(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    for name, address in PAGES:
        if REF in address and name not in OPEN:
            answer = client.get(address)
            assert answer.status_code in (404, 405), (name, answer.status_code)


@pytest.mark.parametrize("nul", ["%00", "\x00"])
def test_an_address_with_nul_in_it_is_like_any_other_wrong_one(
    nul: str, company: Company, client: Client
) -> None:
    """PostgreSQL cannot even look for it."""
    client.force_login(company.alice)
    for name, address in PAGES:
        if REF in address:
            answer = client.get(address.replace(REF, f"a{nul}b"))
            assert answer.status_code in (404, 405), (name, answer.status_code)
    for address in ("/decisions/?programme=a%00b", "/answers/?unit=a%00b"):
        assert client.get(address).status_code < 500, address


def test_an_outsider_cannot_tell_it_exists(company: Company, client: Client) -> None:
    """What belongs to North is, to a manager of South, as unknown as what never was."""
    who = customer(unit=company.north)
    things = {
        "customers": who.ref,
        "accounts": account(unit=company.north).ref,
        "answers": response(customer=who).ref,
    }
    for member, expected in ((company.mark, 200), (company.oscar, 404)):
        client.force_login(member)
        for area, ref in things.items():
            for name, address in PAGES:
                if name.split(":")[0] == area and address == f"/{area}/{REF}/":
                    answer = client.get(address.replace(REF, ref))
                    assert answer.status_code == expected, (member.name, name)


def test_an_administrator_of_a_unit_stays_in_it(company: Company, client: Client) -> None:
    create_unit(actor=SYSTEM, name="North 1", parent=company.north, kind=UnitKind.TEAM)
    local = create_user(actor=SYSTEM, email="local@acme.example", name="Local",
                        unit=company.north, roles=[Role.ADMINISTRATOR])  # fmt: skip
    client.force_login(local)

    assert client.get(f"/company/people/{company.fiona.ref}/").status_code == 200
    assert client.get(f"/company/people/{company.oscar.ref}/").status_code == 404
    assert client.get(f"/company/units/{company.north.ref}/").status_code == 200
    assert client.get(f"/company/units/{company.south.ref}/").status_code == 404
    assert client.get("/company/changes/").status_code == 403


def test_every_form_needs_its_secret(company: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(company.alice)
    for name, address in PAGES:
        # Mail programs post there on their own; the signed token in the address is the secret.
        expected = 404 if name in ("digests:stop", "digests:stop_question") else 403
        assert client.post(address).status_code == expected, name


def test_every_right_of_the_menu_is_somebodys() -> None:
    held = set().union(*ROLE_RIGHTS.values())
    assert set(MENU.values()) <= held
    assert Right.MANAGE_ACCESS in held
