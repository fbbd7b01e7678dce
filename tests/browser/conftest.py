"""Browser tests: a real server, a real mail server, a real browser, and what is skipped where."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.installation import Installation, installation, own_database
from tests.browser.visitor import Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Keeps what the server said and what the browsers showed beside a failure."""
    report = yield
    place = getattr(item, "funcargs", {}).get("place")
    if report.when == "call" and report.failed and place is not None:
        folder = place.folder
        shown = [each.picture(folder) for each in item.funcargs.get("visitors", [])]
        report.sections.append(("What the browsers showed", "\n".join(shown)))
        report.sections.append((f"What the server said ({place.log})", place.said()[-8000:]))
    return report


@pytest.fixture(autouse=True)
def only_once() -> None:
    """The second pass of `make test` brings nothing: these tests start servers of their own."""
    if os.environ.get("LOOPWELL_DATABASE_URL"):
        pytest.skip("browser tests choose their databases themselves: run in the first pass only")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one module, because its event loop must be gone when other tests use the database."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: `make test` installs it as root")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A new installation, not started yet; parametrise indirectly with "postgresql"."""
    if getattr(request, "param", "sqlite") == "sqlite":
        with installation(tmp_path) as made:
            yield made
        return
    server = os.environ.get("POSTGRES_FOR_TESTS")
    if not server:
        pytest.skip("no PostgreSQL: set POSTGRES_FOR_TESTS=postgresql://user@host:5432/any")
    with own_database(server) as url, installation(tmp_path, database_url=url) as made:
        yield made


@pytest.fixture
def visitors() -> Iterator[list[Visitor]]:
    found: list[Visitor] = []
    yield found
    for each in found:
        each.context.close()


@pytest.fixture
def visit(browser: Browser, place: Installation, visitors: list[Visitor]) -> Callable[..., Visitor]:
    def come(name: str, *, script: bool = True) -> Visitor:
        visitors.append(Visitor(browser, place, name, script=script))
        return visitors[-1]

    return come
