"""Does the question on somebody else's website behave: shown by rules, seen by all, no traces?"""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.host_page import Shop, shop
from tests.browser.installation import Installation
from tests.browser.visitor import GRAVE

MAKE = """
from django.utils import timezone
from loopwell.access.enums import UnitKind
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.sampling.linking.operations import create_link_programme
from loopwell.sampling.models import Link
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Version
from loopwell.surveys.operations import create_survey
now = timezone.now()
create_unit(actor=SYSTEM, name="Acme", parent=None, kind=UnitKind.COMPANY)
survey = create_survey(actor=SYSTEM, name="Web", kind=SurveyKind.RELATIONSHIP,
    languages=["en", "ru"], now=now)
Version.objects.update(published_at=now)
programme = create_link_programme(actor=SYSTEM, survey=survey, now=now)
Link.objects.create(programme=programme, kind="embed", name="Web", ref="webwebwebweb22")
"""
SET = """
import json, sys
from loopwell.sampling.models import Link
Link.objects.update(settings=json.loads({settings!r}))
"""
TOLD = """
import json
from loopwell.responses.models import Response
rows = Response.objects.order_by("pk").values_list("score", "comment", "language", "is_test")
print("ANSWERS" + json.dumps(list(rows)))
"""
REF = "webwebwebweb22"
QUESTION = "How likely are you to recommend Acme to a friend or colleague?"


@pytest.fixture
def host(place: Installation) -> Iterator[Shop]:
    place.migrated()
    place.command("manage", "shell", "-c", MAKE)
    place.start()
    with shop(place.address) as made:
        made.script = f"{place.address}/embed/{REF}.js"
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 700}, locale="en-GB")
    made.set_default_timeout(8000)
    yield made
    made.close()


def choose(at: Installation, host: Shop, **settings: object) -> None:
    """New rules; a fresh query keeps the browser from using the script it has."""
    wanted = json.dumps({"sites": [host.address], **settings})
    at.command("manage", "shell", "-c", SET.format(settings=wanted))
    number = int(host.script.partition("?")[2] or 0) + 1
    host.script = f"{at.address}/embed/{REF}.js?{number}"


def answers(place: Installation) -> list[list[object]]:
    said = place.command("manage", "shell", "-c", TOLD)
    found: list[list[object]] = json.loads(said.partition("ANSWERS")[2])
    return found


def boxes(page: Page) -> list[object]:
    return [page.locator(each).bounding_box() for each in ("h1", "#before", "#after", "a")]


def watch(page: Page) -> list[str]:
    troubles: list[str] = []
    page.on(
        "console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return troubles


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in GRAVE
    ]


def test_a_popover_from_the_first_glimpse_to_the_thanks(
    place: Installation, host: Shop, context: BrowserContext
) -> None:
    choose(place, host, delay=2)
    page = context.new_page()
    troubles = watch(page)
    page.goto(host.address)
    page.wait_for_load_state("networkidle")
    before, elements = boxes(page), page.locator("body *").count()
    dialog = page.get_by_role("dialog", name=QUESTION)
    expect(dialog).to_be_visible()
    assert boxes(page) == before
    assert page.locator("body *").count() > elements
    assert barriers(page) == []
    sizes = [button.bounding_box() for button in dialog.get_by_role("button").all()]
    assert len(sizes) == 12
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in sizes), sizes
    page.get_by_role("link", name="A link").focus()
    dialog.get_by_role("button", name="6", exact=True).click()
    heading = dialog.get_by_role("heading", name="Saved: 6. Thank you!")
    expect(heading).to_be_focused()
    assert barriers(page) == []
    assert [row[:2] for row in answers(place)] == [[6, ""]]
    dialog.get_by_role("textbox").fill("Too slow")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("heading", name="Thank you!")).to_be_focused()
    assert answers(place) == [[6, "Too slow", "en", False]]
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    assert boxes(page) == before
    page.goto(f"{host.address}/again")
    page.wait_for_timeout(3000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert context.cookies() == []
    assert troubles == []


def test_rules_decide_when_it_is_shown(
    place: Installation, host: Shop, context: BrowserContext
) -> None:
    choose(place, host, delay=0, pages=2, only_on=["/shop"], not_on=["/checkout"], scroll=50)
    page = context.new_page()
    dialog = page.get_by_role("dialog")
    for path in ("/shop", "/other", "/shop/checkout"):
        page.goto(f"{host.address}{path}")
        page.evaluate("window.scrollTo(0, 9999)")
        page.wait_for_timeout(700)
        assert dialog.count() == 0, path
    page.goto(f"{host.address}/shop")
    page.wait_for_timeout(700)
    assert dialog.count() == 0
    page.evaluate("window.scrollTo(0, 9999)")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.goto(f"{host.address}/shop")
    page.evaluate("window.scrollTo(0, 9999)")
    page.wait_for_timeout(700)
    assert dialog.count() == 0, "closed, so it rests"
    assert answers(place) == []


def test_inside_the_page_in_its_language(
    place: Installation, host: Shop, context: BrowserContext
) -> None:
    choose(place, host, delay=0, place="inline")
    host.spot, host.attributes = f'<div data-loopwell="{REF}"></div>', 'data-lang="ru"'
    page = context.new_page()
    troubles = watch(page)
    page.goto(host.address)
    group = page.get_by_role("group").first
    expect(group).to_be_visible()
    assert group.get_attribute("lang") == "ru"
    spot, after = group.bounding_box(), page.locator("#after").bounding_box()
    assert spot
    assert after
    assert after["y"] >= spot["y"] + spot["height"]
    group.get_by_role("button", name="9", exact=True).press("Enter")
    expect(group.get_by_role("textbox")).to_be_visible()
    assert answers(place) == [[9, "", "ru", False]]
    assert barriers(page) == []
    assert troubles == []


def test_a_website_nobody_named_gets_a_reason(
    place: Installation, host: Shop, context: BrowserContext
) -> None:
    choose(place, host, delay=0, sites=["https://elsewhere.example"])
    page = context.new_page()
    troubles = watch(page)
    page.goto(host.address)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="9", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("may not send answers here")
    assert any("may not send answers here" in each for each in troubles)
    assert answers(place) == []
