"""Every staff page's frame: sign-in, language, theme, errors, and a strict content policy."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from loopwell.access.models import User
from tests.conftest import PASSWORD, Company

CHARTS = pytest.mark.urls("tests.console.chart_page")


def text_of(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers or None).content.decode()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> object:
    return client.post("/auth/login/", {"login": email, "password": password})


def test_a_person_signs_in_and_out_by_post(client: Client, company: Company) -> None:
    answer = sign_in(client, "mark@acme.example")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Mark" in text_of(client, "/me/")

    assert client.post("/auth/logout/").status_code == 302

    assert client.get("/me/").headers["Location"] == "/auth/login/?next=/me/"


def test_a_wrong_password_tells_neither_that_the_person_exists(
    client: Client, company: Company
) -> None:
    known = sign_in(client, "mark@acme.example", "wrong")
    unknown = sign_in(client, "nobody@acme.example", "wrong")

    def words(answer: object) -> list[str]:
        return re.findall(r'role="alert">.*?<span>(.*?)</span>', answer.content.decode(), re.S)

    assert words(known) == words(unknown)
    assert len(words(known)) == 1


def test_strangers_cannot_open_an_account(client: Client, company: Company) -> None:
    form = {"email": "new@acme.example", "password1": "a long new password"}
    client.post("/auth/signup/", form)

    assert not User.objects.filter(email="new@acme.example").exists()


PAGES = ["/me/", "/auth/password/change/", "/auth/2fa/", "/nothing-here/"]


@pytest.mark.parametrize("path", [*PAGES, "/auth/login/", "/auth/password/reset/"])
def test_pages_hold_no_inline_style_or_script(client: Client, company: Company, path: str) -> None:
    if path in PAGES:
        client.force_login(company.alice)

    answer = client.get(path)
    text = answer.content.decode()

    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<[^>]+\sstyle=", text) == []
    assert re.findall(r"<style", text) == []
    assert re.findall(r"<[^>]+\son[a-z]+=", text) == []
    assert re.findall(r"<[^>]+\shx-on", text) == []
    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text)
    assert scripts == []


def test_the_menu_holds_only_what_the_role_needs(client: Client, company: Company) -> None:
    client.force_login(company.fiona)

    text = text_of(client, "/me/")

    assert 'href="/cases/"' in text
    assert 'href="/keys/"' not in text
    assert 'href="/imports/"' not in text


def test_a_person_sets_language_zone_and_theme(client: Client, company: Company) -> None:
    client.force_login(company.mark)

    form = {"language": "pl", "time_zone": "Europe/Warsaw", "theme": "dark"}
    answer = client.post("/me/", form)

    assert answer.headers["Location"] == "/me/"
    company.mark.refresh_from_db()
    assert (company.mark.language, company.mark.time_zone) == ("pl", "Europe/Warsaw")
    assert '<html lang="pl" data-theme="dark" data-bs-theme="dark">' in text_of(client, "/me/")


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"time_zone": "Europe/Nowhere"}, {"theme": "pink"}]
)
def test_settings_that_do_not_exist_are_refused(
    client: Client, company: Company, wrong: dict[str, str]
) -> None:
    client.force_login(company.mark)

    answer = client.post("/me/", {"language": "", "time_zone": "", "theme": "auto", **wrong})

    assert answer.status_code == 422
    assert "field-wrong" in answer.content.decode()
    company.mark.refresh_from_db()
    assert (company.mark.language, company.mark.time_zone) == ("", "")


def test_the_language_before_signing_in(client: Client, company: Company) -> None:
    asked = text_of(client, "/auth/login/", **{"Accept-Language": "uk"})
    assert '<html lang="uk"' in asked

    answer = client.post("/me/language/", {"language": "ru", "next": "/auth/login/"})

    assert answer.headers["Location"] == "/auth/login/"
    assert '<html lang="ru"' in text_of(client, "/auth/login/", **{"Accept-Language": "uk"})


def test_the_language_switch_does_not_send_people_away(client: Client, db: None) -> None:
    form = {"language": "ru", "next": "https://evil.example/"}

    assert client.post("/me/language/", form).headers["Location"] == "/"


def test_a_demo_company_says_so_on_every_page(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    assert "loopwell demo --remove" not in text_of(client, "/me/")

    company.root.is_demo = True
    company.root.save()

    assert "loopwell demo --remove" in text_of(client, "/me/")


def test_demo_logins_are_offered_only_while_there_are_demo_people(
    client: Client, company: Company
) -> None:
    assert "mark@acme.example" not in text_of(client, "/auth/login/")

    User.objects.filter(pk=company.mark.pk).update(is_demo=True)

    found = text_of(client, "/auth/login/")
    assert "mark@acme.example" in found
    assert "fiona@acme.example" not in found


@CHARTS
def test_expected_errors_say_what_to_do(client: Client, company: Company) -> None:
    client.force_login(company.mark)

    whole = client.get("/test/conflict/")
    part = client.get("/test/conflict/", headers={"HX-Request": "true"})

    assert (whole.status_code, part.status_code) == (409, 409)
    assert "Mark was faster." in whole.content.decode()
    assert part.headers["HX-Retarget"] == "#notices"
    assert "<html" not in part.content.decode()


@CHARTS
def test_a_bug_shows_no_detail(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    client.raise_request_exception = False

    answer = client.get("/test/broken/")

    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
    assert "a bug" not in answer.content.decode()


def test_an_expired_form_says_what_to_do(company: Company) -> None:
    careful = Client(enforce_csrf_checks=True)

    answer = careful.post("/auth/login/", {"login": "x", "password": "y"})

    assert answer.status_code == 403
    assert "This form was open for too long" in answer.content.decode()


def test_go_back_never_leaves_the_house(client: Client, company: Company) -> None:
    client.force_login(company.mark)

    away = text_of(client, "/nothing/", Referer="https://evil.example/x")
    home = text_of(client, "/nothing/", Referer="http://testserver/cases/")

    assert "evil.example" not in away
    assert 'href="http://testserver/cases/"' in home


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs an event loop, in whose thread Django would refuse the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page(viewport={"width": 390, "height": 800})
        browser.close()


@pytest.mark.browser
@CHARTS
@pytest.mark.django_db(transaction=True)
def test_charts_draw_and_menus_open_under_the_strict_policy(
    live_server: LiveServer, page: Page, company: Company
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/auth/login/")
    page.fill("[name=login]", "mark@acme.example")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/auth/login/'] button")

    page.goto(f"{live_server.url}/test/charts/")
    page.wait_for_function("document.querySelectorAll('.chart svg').length === 4")
    page.hover("[data-chart=distribution]")
    page.click(".topbar summary")

    assert page.is_visible(".menu-sheet a[href='/cases/']")
    assert page.locator(".chart[role=img]").count() == 4
    page.keyboard.press("Escape")
    assert not page.is_visible(".menu-sheet a[href='/cases/']")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    assert complaints == []
