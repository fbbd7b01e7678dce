"""Can everybody use what customers see: axe, narrow phones, dark, right to left, the Enter key?"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from loopwell.sampling.links import token_of
from loopwell.surveys.models import Brand
from tests import factories
from tests.respond.test_questions import QUESTIONS, TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LONG = "Достопримечательноневыговариваемоблагоустроительность"
MORE = {
    "ease.label": "Насколько легко было решить ваш вопрос?",
    "drivers.staff": LONG,
    "how.shop": LONG,
}
SIZES = ((1280, "light"), (390, "dark"), (320, "light"), (320, "dark"))


@pytest.fixture(autouse=True, scope="module")
def beside_the_browser() -> Iterator[None]:
    """The browser's loop runs in our thread; Django need not mind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """What the test client gets is shown as it is: there is no server to ask."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def link_to(language: str) -> str:
    Brand.objects.all().delete()
    Brand.objects.create(colour="#e8b800")
    questions = [*QUESTIONS, {"key": "ease", "type": "ces", "points": 7}]
    texts = {code: {**TEXTS["en"], **MORE} for code in ("en", "ru", "ar")}
    version = factories.version(texts=texts, questions=questions)
    soon = timezone.now() + timedelta(days=30)
    asked = factories.invitation(version=version, expires_at=soon, language=language)
    return f"/r/{token_of(asked.ref)}/"


def show(page: Page, html: str, what: str) -> None:
    """At every size, by day and night, nothing is hard to use and nothing sticks out."""
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
        page.set_content(html)
        barriers = Axe().run(page).response["violations"]
        found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in barriers]
        assert found == [], (what, width, scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} is {wide} wide at {width}"


def all_pages(client: Client, link: str) -> dict[str, Callable[[], str]]:
    def got(path: str) -> Callable[[], str]:
        return lambda: client.get(link + path).content.decode()

    def posted(**fields: str) -> Callable[[], str]:
        return lambda: client.post(link, fields, follow=True).content.decode()

    return {
        "the question": got(""),
        "every type": posted(score="3"),
        "what is missing": posted(chosen="3", page="1", finish="1"),
        "the next page": posted(
            chosen="3", page="1", insisted="1", finish="1", **{"q.how": "web", "q.sat": "1"}
        ),
        "thanks and a call": got("?done=1"),
        "leaving": got("unsubscribe/"),
        "left": lambda: client.post(f"{link}unsubscribe/", follow=True).content.decode(),
        "gone": got(""),
    }


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_everybody_can_use_every_page(client: Client, page: Page, language: str) -> None:
    for what, html in all_pages(client, link_to(language)).items():
        show(page, html(), f"{what} in {language}")


def test_targets_are_large_enough(client: Client, page: Page) -> None:
    link = link_to("en")
    html = client.post(link, {"score": "3"}, follow=True).content.decode()
    page.set_viewport_size({"width": 320, "height": 800})
    page.set_content(html)

    sizes = page.evaluate(
        "[...document.querySelectorAll('button:not(.vh), .p b, .o label, textarea')]"
        ".map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])"
    )

    assert len(sizes) > 30
    assert [size for size in sizes if min(size) < 43.5] == []


def test_own_words_show_when_they_are_wanted(client: Client, page: Page) -> None:
    link = link_to("en")
    page.set_content(client.post(link, {"score": "3"}, follow=True).content.decode())
    box = page.locator('[name="q.how.other"]')
    assert not box.is_visible()

    page.get_by_role("radio", name="Elsewhere").check()

    assert box.is_visible()


def test_focus_goes_to_what_is_wrong(client: Client, page: Page) -> None:
    link = link_to("en")
    form = {"chosen": "3", "page": "1", "finish": "1"}
    page.set_content(client.post(link, form).content.decode())

    page.wait_for_function("document.activeElement.className === 'error'")
    page.locator(".error a").click()

    assert page.evaluate("document.activeElement.id") == "f.sat"
