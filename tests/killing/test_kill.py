"""Nothing that was acknowledged to a customer is lost or doubled when the server is killed."""

import http.client
import os
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.killing.server import Server

KILLS = 20
INVITATIONS = 8000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("LOOPWELL_DATABASE_URL")), reason="ran with the SQLite half already"
    ),
]

PREPARE = """
from datetime import timedelta
from django.utils import timezone
from loopwell.access.models import Unit
from loopwell.access.operations import set_up_company
from loopwell.people.models import Customer
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey, Version
set_up_company(company="Kill", time_zone="UTC", name="A", email="a@kill.example",
               password="tests only 123", language="en")
now = timezone.now()
texts = {"en": {"question": "How likely?", "low": "no", "high": "yes", "why": "Why?"}}
survey = Survey.objects.create(name="S", kind="relationship")
version = Version.objects.create(survey=survey, number=1, texts=texts, published_at=now)
unit = Unit.objects.get()
count = int(sys.argv[1])
made = Customer.objects.bulk_create(
    [Customer(email=f"c{n}@kill.example", unit=unit) for n in range(count)])
invited = Invitation.objects.bulk_create(
    [Invitation(customer=c, version=version, language="en", unit=unit,
                sent_at=now - timedelta(minutes=10), expires_at=now + timedelta(days=9))
     for c in made])
print(json.dumps([[token_of(i.ref), i.ref] for i in invited]))
"""

TRUTH = """
from collections import Counter
from loopwell.cases.models import Case
from loopwell.insights.warehouse import warehouse
from loopwell.journal.models import Entry, ParkedEntry
from loopwell.responses.models import Response
refs = dict(Response.objects.values_list("pk", "invitation__ref"))
recorded = Entry.objects.filter(type="response.recorded")
entries = Counter(recorded.values_list("subject_id", flat=True))
told = Entry.objects.filter(type="case.opened")
opened = Counter(told.values_list("payload__response", flat=True))
cases = Counter(Case.objects.values_list("response_id", flat=True))
facts = Counter(row[0] for row in warehouse().read("SELECT id FROM " + sys.argv[1]))
print(json.dumps([
    [ref, entries[pk], cases[pk], opened[pk], facts[pk]] for pk, ref in refs.items()
] + [["parked", ParkedEntry.objects.count(), 0, 0, 0]]))
"""

LEFT = """
from django.utils import timezone
from loopwell.journal.queries import behind
print(json.dumps(sum(count for count, age in behind(timezone.now()).values())))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "sqlite":
        yield Server(tmp_path)
        return
    url = os.environ.get("POSTGRES_FOR_TESTS")
    if not url:
        pytest.skip("no PostgreSQL: set POSTGRES_FOR_TESTS to the address of a server")
    name = f"kill_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield Server(tmp_path, f"{url.rsplit('/', 1)[0]}/{name}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Customers:
    """Threads that answer one invitation after the other and remember what was acknowledged."""

    def __init__(self, server: Server, invitations: list[list[str]]) -> None:
        self.acknowledged: set[str] = set()
        self._port = server.port
        self._waiting = iter(invitations)
        self._next = threading.Lock()
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._answer) for _ in range(4)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join(30)

    def _answer(self) -> None:
        while not self._done.is_set():
            with self._next:
                token, ref = next(self._waiting, ("", ""))
            if not token:
                return
            if self._post(token) == 303:
                self.acknowledged.add(ref)
            time.sleep(0.02)

    def _post(self, token: str) -> int:
        """The status, 0 when the server was not there or died before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", f"/r/{token}/", "score=2", form)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def test_twenty_kills_lose_and_double_nothing(server: Server) -> None:
    server.loopwell("migrate")
    invitations = server.ask(PREPARE, str(INVITATIONS))
    server.start()
    customers = Customers(server, invitations)
    for number in range(KILLS):
        time.sleep(0.5 + (number % 5) * 0.15)
        server.kill()
        server.start()
    time.sleep(0.5)
    customers.stop()
    deadline = time.monotonic() + 60
    while server.ask(LEFT) and time.monotonic() < deadline:
        time.sleep(0.5)
    server.stop()

    table = "warehouse.answers" if "LOOPWELL_DATABASE_URL" in server.env else "answers"
    stored = {ref: tuple(counts) for ref, *counts in server.ask(TRUTH, table)}

    assert stored.pop("parked") == (0, 0, 0, 0)
    assert len(customers.acknowledged) > 100
    assert customers.acknowledged <= set(stored)
    assert {ref: counts for ref, counts in stored.items() if counts != (1, 1, 1, 1)} == {}


def test_a_stopped_server_ends_soon_and_starts_again_at_once(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.loopwell("migrate")
    server.start()

    assert server.stop() < 10
    server.start()
    server.stop()
