"""The HTML report fits a phone, keeps contrast in both themes and loads nothing."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.report.conftest import Run
from tests.report.test_page import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: `make test` installs it")
def test_page_fits_and_is_accessible(report: Run, tmp_path: Path) -> None:
    page(report, tmp_path)
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for width in (1440, 390):
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme
                )
                tab = context.new_page()
                tab.on("request", lambda request: requests.append(request.url))
                tab.goto((tmp_path / "report.html").as_uri())
                assert tab.evaluate("document.documentElement.scrollWidth") == width
                found = Axe().run(tab)
                assert found.response["violations"] == [], found.generate_report()
                context.close()
        browser.close()
    assert requests == [(tmp_path / "report.html").as_uri()] * 4
