"""How many personal e-mails a second leave, and is none lost or doubled when workers are killed?

`python -m bench sending`: 10,000 mails, PostgreSQL, two `loopwell worker` processes and a mail
server that takes everything, all on the same cores; beside it one connection that sends ready
mails to the same server with no database at all. `python -m bench campaign`: 100,000 mails while
a worker is killed ten times at random moments.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.capture import ROOT, postgresql, run_python
from bench.machine import table, write_section

MAILS, CAMPAIGN, KILLS = 10_000, 100_000, 10
WANTED = 300.0
TICKS = os.sysconf("SC_CLK_TCK")

PREPARE = """
import sys
from datetime import timedelta
from django.utils import timezone
from loopwell.access.models import Unit
from loopwell.access.operations import set_up_company
from loopwell.delivery.models import Message
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, Wave
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.wording import WORDING
set_up_company(company="Bench", time_zone="UTC", name="A", email="a@bench.example",
               password="benchmark only", language="en")
now = timezone.now()
texts = {code: dict(words["relationship"]) for code, words in WORDING.items()}
survey = Survey.objects.create(name="S", kind="relationship")
version = Version.objects.create(survey=survey, number=1, texts=texts, published_at=now)
wave = Wave.objects.create(name="W", version=version, seed=1, launched_at=now, chosen=0)
unit = Unit.objects.get()
count = int(sys.argv[1])
codes = list(texts)
Customer.objects.bulk_create(
    [Customer(email=f"c{n}@bench.example", name=f"Zoë Nowak {n}", unit=unit,
              language=codes[n % len(codes)]) for n in range(count)], batch_size=2000)
rows = Customer.objects.order_by("pk").values_list("pk", "email", "language")
for start in range(0, count, 2000):
    some = list(rows[start:start + 2000])
    made = Invitation.objects.bulk_create(
        [Invitation(customer_id=pk, version=version, wave=wave, language=code, unit=unit,
                    planned_at=now, expires_at=now + timedelta(days=9)) for pk, _to, code in some])
    Message.objects.bulk_create(
        [Message(invitation=i, purpose="invitation", to=to)
         for i, (_pk, to, _code) in zip(made, some)])
"""
STATES = """
import json
from django.db.models import Count
from loopwell.delivery.models import Message
print(json.dumps(dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))))
"""
TRUTH = """
import json
from loopwell.delivery.models import Message
from loopwell.journal.models import Entry
from loopwell.sampling.models import Invitation
print(json.dumps({
    "states": dict(Message.objects.values_list("ref", "state")),
    "told": Invitation.objects.exclude(sent_at=None).count(),
    "entries": Entry.objects.filter(type="invitation.sent").count(),
}))
"""
ALONE = """
import sys, time
from loopwell.delivery.transports import Ready, SmtpTransport
raw = open(sys.argv[1], "rb").read()
line = SmtpTransport()
line.open()
began = time.perf_counter()
for number in range(5000):
    line.send(Ready("a@bench.example", f"c{number}@bench.example", raw), "ref")
print(5000 / (time.perf_counter() - began))
line.close()
"""
EXAMPLE = """
import sys
from loopwell.delivery.letters import company_name, mail_for
from loopwell.delivery.models import Message
from loopwell.delivery.transports import as_sent
sys.stdout.buffer.write(as_sent(mail_for(Message.objects.order_by("pk")[0], company_name())))
"""


class Sink:
    """A mail server in its own process and what arrived there."""

    def __init__(self, folder: Path) -> None:
        self._report = folder / "arrived"
        command = [sys.executable, "-m", "bench.sink", "0", str(self._report)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def arrived(self) -> Counter[str]:
        """How often each message came, by the ref in its header."""
        self._report.unlink(missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        while not self._report.exists():
            time.sleep(0.05)
        return Counter(self._report.read_text(encoding="ascii").split())

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


@contextmanager
def prepared(url: str, count: int) -> Iterator[tuple[Sink, dict[str, str]]]:
    """So many mails wait; nobody sends yet."""
    with tempfile.TemporaryDirectory() as data:
        sink = Sink(Path(data))
        env = {
            **os.environ,
            "LOOPWELL_DATA_DIR": data,
            "LOOPWELL_DATABASE_URL": url,
            "LOOPWELL_EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "LOOPWELL_EMAIL_PER_SECOND": "100000",
            "LOOPWELL_LOG_LEVEL": "WARNING",
        }
        try:
            subprocess.run([sys.executable, "-m", "loopwell", "migrate"], env=env, check=True)
            run_python(PREPARE, env, str(count))
            yield sink, env
        finally:
            sink.close()


def worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "loopwell", "worker"], env=env)


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    fields = (
        Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    )
    return (int(fields[11]) + int(fields[12])) / TICKS


def states(env: dict[str, str]) -> dict[str, int]:
    return {str(k): int(v) for k, v in json.loads(run_python(STATES, env)).items()}


def speed(url: str) -> dict[str, float]:
    with prepared(url, MAILS) as (sink, env):
        workers = [worker(env), worker(env)]
        while len(sink.arrived()) < 100:
            time.sleep(0.2)
        began, before = time.perf_counter(), sum(map(processor_seconds, workers))
        first = sum(sink.arrived().values())
        while (arrived := sum(sink.arrived().values())) < MAILS * 0.98:
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        busy = sum(map(processor_seconds, workers)) - before
        for each in workers:
            each.send_signal(signal.SIGTERM)
        for each in workers:
            each.wait(timeout=60)
        example = Path(env["LOOPWELL_DATA_DIR"]) / "example.eml"
        example.write_bytes(_example(env))
        sent = arrived - first
        return {
            "rate": sent / seconds,
            "busy": busy / sent * 1000,
            "alone": float(run_python(ALONE, env, str(example))),
            "size": example.stat().st_size / 1024,
        }


def _example(env: dict[str, str]) -> bytes:
    start = "import django;django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + EXAMPLE],
        env={**env, "DJANGO_SETTINGS_MODULE": "loopwell.config.settings"},
        check=True,
        capture_output=True,
    )
    return done.stdout


def campaign(url: str, mails: int, kills: int, seed: int = 7) -> dict[str, int]:
    """Kills one of two workers again and again; what the sink got against what we say."""
    chance = random.Random(seed)
    with prepared(url, mails) as (sink, env):
        workers = [worker(env), worker(env)]
        for number in range(kills):
            wanted = mails * (number + chance.random()) / (kills + 1)
            while sum(sink.arrived().values()) < wanted:
                time.sleep(0.3)
            time.sleep(chance.random())
            chosen = chance.randrange(2)
            workers[chosen].kill()
            workers[chosen].wait()
            workers[chosen] = worker(env)
        while set(states(env)) & {"queued", "sending"}:
            time.sleep(2)
        time.sleep(5)  # the last batch's invitations are told
        for each in workers:
            each.send_signal(signal.SIGTERM)
            each.wait(timeout=60)
        return compared(sink.arrived(), json.loads(run_python(TRUTH, env)))


def compared(arrived: Counter[str], truth: dict[str, dict[str, str]]) -> dict[str, int]:
    said = truth["states"]
    unsure = {ref for ref, state in said.items() if state == "unsure"}
    sent = {ref for ref, state in said.items() if state == "sent"}
    return {
        "messages": len(said),
        "arrived": len(arrived),
        "doubles": sum(1 for times in arrived.values() if times > 1),
        "said to be sent, not arrived": len(sent - set(arrived)),
        "not arrived, not shown as perhaps sent": len(set(said) - set(arrived) - unsure),
        "perhaps sent": len(unsure),
        "of them arrived": len(unsure & set(arrived)),
        "in other states": len(said) - len(sent) - len(unsure),
        "invitations told": int(truth["told"]),  # type: ignore[call-overload]  # a number in JSON
        "journal entries": int(truth["entries"]),  # type: ignore[call-overload]  # as above
    }


def main() -> int:
    with postgresql() as url:
        if url is None:
            print("no PostgreSQL here")
            return 1
        found = speed(url)
    rows = [
        ["mails a second", f"{found['rate']:.0f}", f"{WANTED:.0f}"],
        ["processor time of the workers a mail", f"{found['busy']:.1f} ms", ""],
        ["size of a mail", f"{found['size']:.0f} KiB", ""],
        ["one connection, no database, ready mails", f"{found['alone']:.0f}/s", ""],
        ["share of it", f"{found['rate'] / found['alone']:.2f}", ""],
    ]
    head = ["PostgreSQL, two workers, sink and database on the same cores", "measured", "wanted"]
    write_section("Sending", table(head, rows))
    return 0 if found["rate"] >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
