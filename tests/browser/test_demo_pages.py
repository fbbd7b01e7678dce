"""What everybody sees first: the demo company, page by page, in both themes."""

import re
from collections.abc import Callable

from tests.browser.installation import Installation
from tests.browser.visitor import PHONE, Visitor

FURTHER = (
    "/surveys/new/", "/surveys/new/empty/", "/surveys/new/call/", "/look/",
    "/programmes/new/", "/programmes/new/relationship/", "/programmes/new/transactional/",
    "/programmes/new/link/", "/contact-rules/", "/decisions/", "/planner/", "/sendings/new/",
    "/links/new/", "/held/", "/calls/", "/channels/", "/reminders/", "/outbox/never/",
    "/sendings/", "/sources/",
    "/outbox/limits/", "/journeys/new/", "/sources/held/", "/sources/new/",
    "/imports/new/interactions/", "/pains/late-delivery/", "/pains/?show=delights&voice=call",
    "/taxonomy/new/", "/taxonomy/history/", "/taxonomy/take-in/", "/taxonomy/take-in/ready/b2b/",
    "/taxonomy/price/", "/taxonomy/price/move/", "/taxonomy/price/merge/?into=stock",
    "/taxonomy/price/split/", "/taxonomy/price/retire/", "/initiatives/new/",
    "/initiatives/priorities/?budget=200000", "/rules/", "/rules/new/?theme=returns", "/coding/",
    "/coding/model/", "/coding/agreement/", "/coding/topics/",
)  # fmt: skip
"""Not in the menu."""
FIRST_OF = {
    "/surveys/": (
        "", "questions/nps/", "questions/new/grid/", "results/", "translations/", "edit/en/",
        "publish/", "versions/1/",
    ),
    "/programmes/": ("", "change/"),
    "/sendings/": ("", "weights/"),
    "/links/": ("",),
    "/journeys/": ("", "moments/new/"),
    "/answers/": ("",),
    "/customers/": ("",),
    "/cases/?tab=late": ("",),
    "/initiatives/": ("", "change/"),
    "/rules/": ("", "switch/", "remove/"),
}  # fmt: skip
"""The first thing in each list, and the pages below it."""


def test_every_page_is_sound(
    place: Installation, visit: Callable[..., Visitor], visitors: list[Visitor]
) -> None:
    place.environment["LOOPWELL_SOURCE_SHOP"] = f"sqlite:///{place.folder / 'shop.db'}"
    place.start("--demo")
    log_in(visit("programme manager"), "Programme manager")
    person = visit("administrator")
    log_in(person, "Administrator")
    menu = pages_of_menu(person)
    assert len(menu) > 15
    for path in menu:
        look_at(person, path)
    below = [*FURTHER, *(each for path in FIRST_OF for each in below_first_of(person, path))]
    person.page.set_viewport_size(PHONE)
    person.page.emulate_media(color_scheme="dark")
    wide = [(path, width) for path in (*menu, *below) if (width := look_at(person, path))]
    assert wide == [], "wider than a phone"
    assert [trouble for each in visitors for trouble in each.troubles] == []
    assert person.barriers == []


def log_in(person: Visitor, role: str) -> None:
    person.open("/")
    person.page.locator(".demo-logins button", has_text=role).first.click()
    person.page.locator(".side").wait_for()


def pages_of_menu(person: Visitor) -> list[str]:
    links = person.page.locator(".side-nav a").all()
    return list(dict.fromkeys(link.get_attribute("href") or "" for link in links))


def below_first_of(person: Visitor, path: str) -> list[str]:
    person.open(path)
    links = [link.get_attribute("href") or "" for link in person.page.locator("main a").all()]
    own = re.compile(
        rf"{path.partition('?')[0]}(?!new|never|print|held|colleagues|limits|rules|causes|priorities|decisions)[^/?]+/"
    )
    found = [link for link in links if own.fullmatch(link)]
    assert found, f"{path} lists nothing"
    return [found[0] + page for page in FIRST_OF[path]]


def look_at(person: Visitor, path: str) -> int:
    """Notes barriers and troubles; the width if it is more than the screen has."""
    person.open(path)
    person.page.wait_for_load_state("networkidle")
    person.audit(f"{path} at {person.page.viewport_size}")
    wide = int(person.page.evaluate("document.documentElement.scrollWidth"))
    screen = person.page.viewport_size
    assert screen is not None
    return wide if wide > screen["width"] else 0
