"""A big import whose server is killed: its own process ends too, and each answer comes in once."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.killing.server import Server
from tests.killing.test_kill import server  # noqa: F401 a fixture

ROWS = 100_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("LOOPWELL_DATABASE_URL")), reason="ran with the SQLite half already"
    ),
]

PREPARE = """
from django.utils import timezone
from loopwell.access.operations import set_up_company
from loopwell.access.rules import SYSTEM
from loopwell.people.models import Upload
from loopwell.people.operations import start_import
set_up_company(company="Kill", time_zone="UTC", name="A", email="a@kill.example",
               password="tests only 123", language="en")
upload = Upload.objects.create(
    kind="answers", filename="history.csv", path=sys.argv[1],
    mapping={"answer_id": "id", "score": "score", "customer_id": "client", "comment": "why"},
    options={"survey_name": "Old"})
print(json.dumps(start_import(actor=SYSTEM, now=timezone.now(), upload=upload).ref))
"""
STATE = """
from django.utils import timezone
from loopwell.jobs.models import Job
from loopwell.journal.queries import behind
from loopwell.people.models import Upload
job = Job.objects.get(ref=sys.argv[1])
left = sum(count for count, age in behind(timezone.now()).values())
result = Upload.objects.get().result
print(json.dumps([job.done, job.finished_at is not None, job.error, left, result]))
"""
LATER = """
from django.utils import timezone
from loopwell.jobs.models import Job
print(json.dumps(Job.objects.update(leased_until=timezone.now())))
"""
TRUTH = """
from django.db.models import Sum
from loopwell.insights.warehouse import warehouse
from loopwell.people.models import Customer
from loopwell.responses.models import Response
told = Response.objects.aggregate(total=Sum("score"))["total"]
facts = warehouse().read("SELECT count(*), count(DISTINCT id), sum(score) FROM " + sys.argv[1])[0]
print(json.dumps([Response.objects.count(), Customer.objects.count(), told, *map(int, facts)]))
"""


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_killed_import_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:  # noqa: F811 the fixture
    path = tmp_path / "history.csv"
    with path.open("w") as file:
        file.write("id,score,client,why\n")
        file.writelines(f"A{n},{n % 11},C{n % 7000},{'so' if n % 4 else ''}\n" for n in range(ROWS))
    server.loopwell("migrate")
    job = server.ask(PREPARE, str(path))
    server.start()
    begun = wait_for(server, job, lambda state: state[0] > 0)
    server.kill()
    assert begun[0] < ROWS, "it was through before it could be killed"
    time.sleep(1)
    assert not running(job)
    server.ask(LATER)  # half a minute later nobody believes that the dead still works
    server.start()
    state = wait_for(server, job, lambda state: state[1] and not state[3])
    assert state[2] == ""
    assert state[4]["rows"] == ROWS
    server.stop()

    table = "answers" if "LOOPWELL_DATABASE_URL" not in server.env else "warehouse.answers"
    total = sum(n % 11 for n in range(ROWS))
    assert server.ask(TRUTH, table) == [ROWS, 7000, total, ROWS, ROWS, total]


def running(job: str) -> bool:
    """Whether any process of this machine still does the job."""
    found = False
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found |= job.encode() in each.read_bytes().split(b"\0")
        except OSError:
            continue
    return found


def wait_for(on: Server, job: str, enough: Callable[[Any], bool]) -> Any:
    deadline = time.monotonic() + 120
    while not enough(state := on.ask(STATE, job)):
        assert time.monotonic() < deadline, f"{state}\n{on.log.read_text()[-3000:]}"
    return state
