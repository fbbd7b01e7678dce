"""What does one person see and do in the browser, and what went wrong on their pages?"""

import re
import time
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    ViewportSize,
    expect,
)

from tests.browser.installation import Installation

PATIENCE = 10.0
GRAVE = {"serious", "critical"}
PHONE: ViewportSize = {"width": 390, "height": 844}


class Visitor:
    """A person with cookies of their own; every page they open is watched."""

    def __init__(self, browser: Browser, place: Installation, name: str, *, script: bool) -> None:
        self.place, self.name, self.script = place, name, script
        self.context = browser.new_context(
            java_script_enabled=script, locale="en-GB", viewport={"width": 1280, "height": 900}
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.barriers: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._note(f"exception: {error}"))
        self.page.on("response", self._response)

    def _note(self, what: str) -> None:
        self.troubles.append(f"{self.name} at {self.page.url}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        """CSP violations are console errors too."""
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} for {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(path if "://" in path else self.place.address + path)

    def menu(self, label: str) -> None:
        """A click in the menu on the left."""
        self.go(self.page.locator(".side").get_by_role("link", name=label, exact=True))

    def go(self, to: Locator) -> None:
        """Clicks what leads to another page, and is there when this returns: a click alone may
        return while the old page still stands, and what is asked next is asked of that one."""
        with self.page.expect_navigation(wait_until="load"):
            to.click()

    def press(self, label: str | re.Pattern[str], *, within: str = "body") -> None:
        self._control(label, within).click()

    def follow(self, label: str | re.Pattern[str], *, within: str = "body") -> None:
        """As `press`, of what leads to another page."""
        self.go(self._control(label, within))

    def _control(self, label: str | re.Pattern[str], within: str) -> Locator:
        place, exact = self.page.locator(within), isinstance(label, str)
        button = place.get_by_role("button", name=label, exact=exact)
        return button.or_(place.get_by_role("link", name=label, exact=exact)).first

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        """By its last words: units stand in the list with those above them."""
        box = self.page.get_by_label(label, exact=True)
        box.select_option(
            label=next(o for o in box.locator("option").all_inner_texts() if o.endswith(option))
        )

    def unfold(self, label: str) -> None:
        self.page.locator("summary", has_text=label).click()

    def heading(self, text: str | re.Pattern[str]) -> None:
        """The page has this heading, now or as soon as it has refreshed itself."""
        self.await_page(lambda: bool(re.search(text, self.title)), f"heading {text!r}")

    @property
    def title(self) -> str:
        return " ".join(self.page.locator("h1").first.inner_text().split())

    @property
    def words(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def await_page(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
        """Waits; a page without JavaScript is loaded again, as its reader would do."""
        began = time.monotonic()
        while not holds():
            took = time.monotonic() - began
            assert took < seconds, f"{what}: not within {seconds} s; the page says {self.words!r}"
            self.page.wait_for_timeout(200)
            if not self.script:
                self.page.reload()
        return time.monotonic() - began

    def await_fresh(self, path: str, holds: Callable[[], bool], what: str, seconds: float) -> float:
        """As `await_page`, opening the page anew each time."""
        began = time.monotonic()
        self.open(path)
        while not holds():
            took = time.monotonic() - began
            assert took < seconds, f"{what}: not within {seconds} s; the page says {self.words!r}"
            self.page.wait_for_timeout(150)
            self.open(path)
        return time.monotonic() - began

    def audit(self, what: str) -> None:
        """Notes serious and critical barriers of this page; asserted together at the end."""
        if not self.script:
            return
        for found in Axe().run(self.page).response["violations"]:
            if found["impact"] in GRAVE:
                nodes = "; ".join(f"{node['target']} {node['html']}" for node in found["nodes"][:3])
                self.barriers.append(f"{what}: {found['id']} ({found['impact']}): {nodes}")

    def picture(self, folder: Path) -> str:
        path = folder / f"{self.name}.png"
        self.page.screenshot(path=path, full_page=True)
        return f"{self.name} at {self.page.url}, picture: {path}"
