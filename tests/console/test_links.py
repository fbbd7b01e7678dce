"""Can somebody make, print, change and close ways in, and does a printed code lead there?"""

import re
from datetime import datetime

import pytest
import segno
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loopwell.console.links.codes import code
from loopwell.responses.models import Response
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking import operations
from loopwell.sampling.linking.addresses import address_of
from loopwell.sampling.models import Link, Programme
from tests.conftest import Company
from tests.factories import response, version

TEXTS = {"en": {"question": "Would you recommend {company}?"}, "ru": {"question": "Посоветуете?"}}


@pytest.fixture
def alice(company: Company, client: Client) -> Client:
    client.force_login(company.alice)
    return client


@pytest.fixture
def programme(company: Company, now: datetime) -> Programme:
    return operations.create_link_programme(
        actor=company.actor("alice"), survey=version(texts=TEXTS).survey, now=now
    )


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules that a drawing of segno's has, by column and row, its margin included."""
    found, x, y = set(), 0.0, 0.0
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert path is not None, svg
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        parts = [float(each) for each in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = parts
        elif command == "m":
            x, y = x + parts[0], y + parts[1]
        else:
            found |= {(int(x) + step, int(y)) for step in range(int(parts[0]))}
            x += parts[0]
    return found


def test_a_code_is_the_address_and_nothing_else() -> None:
    address = address_of("abcdefgh234567", LinkKind.QR)
    expected = segno.make(address, error="q", micro=False)
    drawn = modules(code(address))
    border = expected.default_border_size
    assert drawn == {
        (x + border, y + border)
        for y, row in enumerate(expected.matrix)
        for x, dark in enumerate(row)
        if dark
    }
    assert expected.error == "Q"
    assert "style=" not in code(address)


def test_nothing_yet_explains_the_four(alice: Client) -> None:
    page = alice.get("/links/").content.decode()
    for kind in LinkKind:
        assert f'href="/links/new/?kind={kind.value}"' in page


def test_without_a_published_survey_it_says_so(alice: Client) -> None:
    assert "No survey is published yet" in alice.get("/links/new/").content.decode()


def test_making_one(alice: Client, company: Company, programme: Programme) -> None:
    made = alice.post(
        "/links/new/",
        {
            "kind": "link",
            "survey": programme.survey.ref,
            "each": "one",
            "name": "Receipt",
            "employee": "FIONA@acme.example",
        },
    )
    link = Link.objects.get()
    assert made.headers["Location"] == f"/links/{link.ref}/"
    assert (link.programme, link.name, link.unit, link.employee) == (
        programme,
        "Receipt",
        company.north,
        company.fiona,
    )
    page = alice.get(f"/links/{link.ref}/").content.decode()
    assert f'value="{settings.BASE_URL}/l/{link.ref}/"' in page
    assert "Open. No answer has come yet." in page


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "embed", "each": "one", "name": "Web"}, "Name at least one website"),
        ({"kind": "kiosk", "each": "units"}, "Kiosks and websites are made one by one."),
        ({"kind": "link", "each": "one", "name": " "}, "Give it a name."),
        ({"kind": "link", "each": "one", "name": "X", "employee": "no@acme.example"}, "Nobody who"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    alice: Client, programme: Programme, fields: dict[str, str], wrong: str
) -> None:
    page = alice.post("/links/new/", {"survey": programme.survey.ref, **fields})
    assert page.status_code == 422
    assert wrong in page.content.decode()
    assert not Link.objects.exists()


def test_codes_for_every_unit_and_their_print(
    alice: Client, company: Company, programme: Programme
) -> None:
    for _ in range(2):
        alice.post("/links/new/", {"kind": "qr", "survey": programme.survey.ref, "each": "units"})
    links = list(Link.objects.order_by("name"))
    assert [link.unit for link in links] == [company.north, company.south]
    page = alice.get(f"/links/print/?programme={programme.ref}").content.decode()
    for link in links:
        assert code(f"{settings.BASE_URL}/l/{link.ref}/") in page
        assert f"<b>{settings.BASE_URL.partition('://')[2]}/l/{link.ref}</b>" in page
    assert page.count("Would you recommend Acme?") == 2
    assert " style=" not in page
    cards = alice.get(f"/links/print/?link={links[0].ref}&layout=cards").content.decode()
    assert 'class="as-cards"' in cards
    assert cards.count('class="sheet"') == 1


def test_codes_for_every_employee(alice: Client, company: Company, programme: Programme) -> None:
    fields = {"kind": "qr", "survey": programme.survey.ref, "each": "people"}
    alice.post("/links/new/", {**fields, "unit": company.north.ref})
    assert set(Link.objects.values_list("employee__name", "unit__name")) == {
        ("Fiona", "North"),
        ("Mark", "North"),
    }


def test_a_sheet_speaks_the_customers_language(
    alice: Client, company: Company, programme: Programme
) -> None:
    link = Link.objects.create(programme=programme, kind="qr", name="Desk", language="ru")
    page = alice.get(f"/links/print/?link={link.ref}").content.decode()
    assert "Посоветуете?" in page
    assert '<section class="sheet" lang="ru">' in page


def test_nothing_to_print_is_said(alice: Client, programme: Programme) -> None:
    assert alice.get(f"/links/print/?programme={programme.ref}").status_code == 404


def test_answers_are_counted_in_as_many_queries_for_one_as_for_many(
    alice: Client,
    company: Company,
    programme: Programme,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            alice.get("/links/")
        return len(seen)

    def more() -> None:
        link = Link.objects.create(
            programme=programme, kind="qr", name="Desk", unit=company.north, employee=company.mark
        )
        response(link=link, survey=programme.survey)

    more()
    few = queries()
    for _ in range(5):
        more()
    assert queries() == few
    assert Response.objects.count() == 6


def test_changing_what_a_website_shows(alice: Client, programme: Programme) -> None:
    link = Link.objects.create(
        programme=programme, kind="embed", name="Web", settings={"sites": ["https://a.example"]}
    )
    address = f"/links/{link.ref}/"
    fields = {
        "name": "Web shop",
        "language": "",
        "sites": "a.example\nhttps://b.example/x",
        "place": "inline",
        "delay": "9",
        "scroll": "50",
        "pages": "2",
        "share": "25",
        "only_on": "/thanks",
        "not_on": "/checkout\n/login",
        "rest_days": "30",
        "most_at_once": "200",
    }
    assert alice.post(address, fields).status_code == 302
    link.refresh_from_db()
    assert link.settings == {
        "sites": ["https://a.example", "https://b.example"],
        "place": "inline",
        "delay": 9,
        "scroll": 50,
        "pages": 2,
        "share": 25,
        "only_on": ["/thanks"],
        "not_on": ["/checkout", "/login"],
        "rest_days": 30,
        "most_at_once": 200,
        "ask_reach": False,
    }
    page = alice.get(address).content.decode()
    assert f"&lt;script src=&quot;{settings.BASE_URL}/embed/{link.ref}.js&quot; async&gt;" in page
    assert f"&lt;div data-loopwell=&quot;{link.ref}&quot;&gt;" in page
    wrong = alice.post(address, {**fields, "share": "0", "sites": "a b"})
    assert wrong.status_code == 422
    assert alice.get(f"{address}try/").status_code == 200


def test_saving_what_is_shown_changes_nothing(alice: Client, programme: Programme) -> None:
    link = Link.objects.create(programme=programme, kind="kiosk", name="Exit")
    page = alice.get(f"/links/{link.ref}/").content.decode()
    fields = dict(re.findall(r'<input type="number" name="(\w+)" value="(\d+)"', page))
    assert fields == {"seconds": "8", "idle_seconds": "45", "most_at_once": "40"}
    alice.post(f"/links/{link.ref}/", {"name": "Exit", "ask_reach": "on", **fields})
    link.refresh_from_db()
    assert link.settings == {}


def test_closing_and_opening_again(alice: Client, programme: Programme) -> None:
    link = Link.objects.create(programme=programme, kind="link", name="Receipt")
    alice.post(f"/links/{link.ref}/close/")
    assert "Closed since" in alice.get(f"/links/{link.ref}/").content.decode()
    assert alice.post(f"/links/{link.ref}/close/").status_code == 409
    alice.post(f"/links/{link.ref}/reopen/")
    link.refresh_from_db()
    assert link.closed_at is None


def test_only_who_runs_surveys_sees_it(
    company: Company, client: Client, programme: Programme
) -> None:
    link = Link.objects.create(programme=programme, kind="link", name="R", unit=company.north)
    client.force_login(company.oscar)
    for address in ("/links/", f"/links/{link.ref}/", f"/links/print/?link={link.ref}"):
        assert client.get(address).status_code == 403


def test_an_answer_tells_where_it_came_from_and_how_to_reach_them(
    alice: Client, company: Company, programme: Programme
) -> None:
    link = Link.objects.create(programme=programme, kind="qr", name="Counter")
    row = response(link=link, survey=programme.survey, source="qr", answers={"reach": "+48 22 5"})
    page = alice.get(f"/answers/{row.ref}/").content.decode()
    assert "QR code · Counter" in page
    assert ">+48 22 5</dd>" in page
