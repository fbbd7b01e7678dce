"""Can everybody use a link and a kiosk, and does the kiosk go back to its start by itself?"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation
from tests.browser.test_embed import MAKE
from tests.browser.visitor import GRAVE

MORE = """
Link.objects.create(programme=programme, kind="link", name="Link", ref="22222222222222")
Link.objects.create(programme=programme, kind="kiosk", name="Exit", ref="33333333333333",
    settings={"seconds": 3, "idle_seconds": 10})
"""
KIOSK = "/k/33333333333333/"


@pytest.fixture
def started(place: Installation) -> Installation:
    place.migrated()
    place.command("manage", "shell", "-c", MAKE + MORE)
    place.start()
    return place


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, locale="en-GB")
    context.set_default_timeout(15000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_a_link_and_a_kiosk_from_question_to_thanks(started: Installation, page: Page) -> None:
    page.goto(f"{started.address}/l/22222222222222/?lang=en")
    page.get_by_role("button", name="6", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Saved: 6. Thank you!")
    page.get_by_label("Yes", exact=True).check()
    page.locator("button.send").click()
    page.get_by_label("How can we reach you?").fill("+48 22 555 01 02")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answer, 6, has arrived.")).to_be_visible()

    page.goto(started.address + KIOSK)
    page.get_by_role("button", name="9", exact=True).click()
    page.locator("button.send").click()
    expect(page.get_by_role("link", name="Next, please")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"{KIOSK}$"), timeout=10000)
    page.get_by_role("button", name="2", exact=True).click()
    expect(page.locator("textarea")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"{KIOSK}$"), timeout=20000)


def test_nothing_stands_in_anybodys_way(started: Installation, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    shown = context.new_page()

    def check() -> None:
        found = Axe().run(shown).response["violations"]
        grave = [each for each in found if each["impact"] in GRAVE]
        assert [(each["id"], each["nodes"][0]["html"]) for each in grave] == [], shown.url

    for start in ("/l/22222222222222/", KIOSK):
        shown.goto(started.address + start)
        check()
        shown.get_by_role("button", name="6", exact=True).click()
        shown.wait_for_url("**/*/*/*/")
        check()
        shown.get_by_label("Yes", exact=True).check()
        shown.locator("button.send").click()
        shown.wait_for_url("**at=reach")
        check()
        shown.locator("button.plain").click()
        shown.wait_for_url("**at=done")
        check()
    context.close()
