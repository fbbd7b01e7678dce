"""What everybody sees first: the demo company, page by page, in both themes."""

from collections.abc import Callable

from tests.browser.installation import Installation
from tests.browser.visitor import Visitor

PHONE = {"width": 390, "height": 844}


def test_every_page_of_the_menu_is_sound(
    place: Installation, visit: Callable[..., Visitor], visitors: list[Visitor]
) -> None:
    place.start("--demo")
    person = visit("programme")
    person.open("/")
    person.page.locator(".demo-logins button").first.click()
    person.page.locator(".side").wait_for()
    links = person.page.locator(".side-nav a").all()
    pages = [link.get_attribute("href") or "" for link in links]
    assert len(set(pages)) > 5
    for path in dict.fromkeys(pages):
        person.open(path)
        person.page.wait_for_load_state("networkidle")
        person.audit(path)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a dict of that shape
    person.page.emulate_media(color_scheme="dark")
    for path in dict.fromkeys(pages):
        person.open(path)
        person.page.wait_for_load_state("networkidle")
        person.audit(f"{path}, phone, dark")
        wide = person.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{path} is {wide} wide on a phone"
    assert person.troubles == []
    assert person.barriers == []
