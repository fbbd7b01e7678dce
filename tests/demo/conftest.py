"""Which companies do the tests of the demo generator look at?"""

from datetime import UTC, datetime

import pytest

from loopwell.demo.company import generate
from loopwell.demo.records import Company

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def company() -> Company:
    """The full-size company."""
    return generate(now=NOW)


@pytest.fixture(scope="session")
def small() -> Company:
    """A company a hundredth the size."""
    return generate(now=NOW, scale=0.01)
