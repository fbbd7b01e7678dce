"""The company that every test knows, and its cast.

Alice runs the programme (whole company), Mark manages the unit North, Fiona works at its
front line, Oscar manages South and is an outsider to North. Nobody is not logged in.
"""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Unit, User
from loopwell.access.operations import create_unit, create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM, Actor
from loopwell.insights.operations import rebuild
from loopwell.insights.warehouse import close_warehouse
from loopwell.journal.queries import newest
from tests.factories.defaults import restore_defaults
from tests.migrated import copy_migrated_to

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday
PASSWORD = "correct horse battery"


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: they are looked through for garbage seldom.
    Not frozen, because a test asks whether the server freezes."""
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """On SQLite tests begin with a copy of what was migrated once; PostgreSQL is migrated."""
    if connection.vendor != "sqlite":
        return False
    copy_migrated_to(Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@dataclass(frozen=True)
class Company:
    root: Unit
    north: Unit
    south: Unit
    alice: User
    mark: User
    fiona: User
    oscar: User

    def actor(self, name: str) -> Actor:
        return actor_for(getattr(self, name))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def defaults(db: None) -> None:
    """What a new installation has: case rule, root causes, contact rules; some tests empty them."""
    restore_defaults()


@pytest.fixture
def company(defaults: None) -> Company:
    root = create_unit(actor=SYSTEM, name="Acme", parent=None, kind=UnitKind.COMPANY)
    north = create_unit(
        actor=SYSTEM, name="North", parent=root, kind=UnitKind.BRANCH, external_id="N1"
    )
    south = create_unit(
        actor=SYSTEM, name="South", parent=root, kind=UnitKind.BRANCH, external_id="S1"
    )

    def person(name: str, unit: Unit, role: Role) -> User:
        return create_user(
            actor=SYSTEM,
            email=f"{name.lower()}@acme.example",
            name=name,
            unit=unit,
            roles=[role],
            password=PASSWORD,
        )

    return Company(
        root=root,
        north=north,
        south=south,
        alice=person("Alice", root, Role.ADMINISTRATOR),
        mark=person("Mark", north, Role.MANAGER),
        fiona=person("Fiona", north, Role.FRONT_LINE),
        oscar=person("Oscar", south, Role.MANAGER),
    )


@pytest.fixture(autouse=True)
def journal_inside_one_transaction(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lets consumers read what the test itself has not committed.

    On PostgreSQL readers wait for the oldest running transaction, and most tests are one
    transaction. Tests of that very rule are marked `django_db(transaction=True)`.
    """
    marker = request.node.get_closest_marker("django_db")
    if connection.vendor != "postgresql" or (marker and marker.kwargs.get("transaction")):
        return

    monkeypatch.setattr("loopwell.journal.reading.horizon", newest)


@pytest.fixture(autouse=True)
def own_warehouse(settings: Any) -> Iterator[None]:
    """Every test has an empty warehouse of its own, opened only if it is used."""
    settings.WAREHOUSE_URL = "duckdb:///:memory:"
    yield
    close_warehouse()


@pytest.fixture
def built() -> Callable[[], int]:
    """Builds the warehouse from what the test has stored."""
    return lambda: rebuild(actor=SYSTEM, now=NOW, progress=lambda *_: None)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hashes that cost nothing: the cast's passwords guard nothing."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
