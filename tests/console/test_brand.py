"""The page of our look."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loopwell.surveys.brand import brand
from loopwell.surveys.models import Brand
from tests.conftest import Company
from tests.surveys.pictures import png

GIVEN = {
    "colour": "#7a1fa2", "sender_name": "Acme Care", "reply_to": "care@acme.example",
    "postal_address": "Acme\n1 Long Road",
}  # fmt: skip


def test_a_logo_and_a_colour_are_saved(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    logo = SimpleUploadedFile("logo.png", png(300, 100))

    answer = client.post("/look/", {**GIVEN, "logo": logo}, follow=True)

    assert answer.status_code == 200
    assert "Saved." in answer.content.decode()
    assert (brand().colour, brand().logo_height) == ("#7a1fa2", 40)


def test_looking_first_stores_nothing(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    answer = client.post("/look/", {**GIVEN, "look": "1"})

    assert "colour=%237a1fa2" in answer.content.decode()
    assert not Brand.objects.exists()


def test_what_is_wrong_stands_beside_the_field(company: Company, client: Client) -> None:
    client.force_login(company.alice)
    drawing = SimpleUploadedFile("logo.svg", b"<svg/>")

    answer = client.post("/look/", {**GIVEN, "colour": "blue"})
    assert answer.status_code == 422
    assert "Write the colour as #" in answer.content.decode()
    answer = client.post("/look/", {**GIVEN, "logo": drawing})
    assert answer.status_code == 422
    assert "SVG files can carry programs" in answer.content.decode()
    assert not Brand.objects.exists()


def test_the_message_and_the_page_show_the_colour_as_typed(
    company: Company, client: Client
) -> None:
    client.force_login(company.alice)
    for address in ("/look/message/", "/look/page/"):
        answer = client.get(address, {"colour": "#7A1FA2", "postal_address": "1 Long Road"})
        assert "#7a1fa2" in answer.content.decode()
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        broken = client.get(address, {"colour": "red;}</style><script>"})
        assert "<script>" not in broken.content.decode()


def test_a_pale_colour_is_told_while_typing(company: Company, client: Client) -> None:
    client.force_login(company.alice)

    answer = client.post("/look/preview/", {**GIVEN, "colour": "#ffd400"})

    assert "This colour is pale" in answer.content.decode()


def test_readers_have_no_such_page(company: Company, client: Client) -> None:
    client.force_login(company.fiona)
    assert client.get("/look/").status_code == 403
    client.logout()
    assert client.get("/look/").status_code == 302
