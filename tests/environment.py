"""Which settings do tests run with? A pytest plugin, loaded before Django reads its settings.

Every test process has a data folder of its own, so that runs beside each other never meet.
With `--only-database`, tests that cannot reach the database are left to the run without it: they
would do the very same thing again on another database.
"""

import atexit
import os
import shutil
import tempfile

import pytest

folder = tempfile.mkdtemp(prefix="loopwell-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["LOOPWELL_DATA_DIR"] = folder
os.environ["LOOPWELL_SECRET_KEY"] = "tests only"
os.environ["LOOPWELL_EMBEDDINGS"] = "no"

REACHING = {"db", "transactional_db", "live_server"}
"""Fixtures or a mark without which pytest-django refuses a test the database."""

REACHING_MARKS = ("django_db", "postgres", "slow")
"""Marks of tests that reach it otherwise, also by processes they start."""

LEFT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="leave out tests that reach no database"
    )


def reaches_the_database(item: pytest.Item) -> bool:
    asked = REACHING.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or any(item.get_closest_marker(name) for name in REACHING_MARKS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    left = [item for item in items if not reaches_the_database(item)]
    items[:] = [item for item in items if reaches_the_database(item)]
    config.hook.pytest_deselected(items=left)
    config.stash[LEFT] = len(left)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if LEFT in config.stash:
        terminalreporter.write_line(
            f"{config.stash[LEFT]} tests reach no database: left to the run on SQLite"
        )
