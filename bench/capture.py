"""How many answers a second are stored through the respond POST, and how far behind are facts?

Real servers, consumers running, load generator on the same machine. Beside it pgbench runs
the same statements on the same PostgreSQL, so that the ratio tells what our code costs.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import load
from bench.machine import table, write_section

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from run_tests import free_port, postgres_binaries, postgresql  # noqa: E402 after the path

CLIENTS = 16
ANSWERS = 12_000

PREPARE = """
import sys
from datetime import timedelta
from django.utils import timezone
from loopwell.access.operations import set_up_company
from loopwell.people.models import Customer
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey, Version
from loopwell.access.models import Unit
set_up_company(company="Bench", time_zone="UTC", name="A", email="a@bench.example",
               password="benchmark only", language="en")
survey = Survey.objects.create(name="S", kind="relationship")
texts = {"en": {"question": "How likely?", "low": "no", "high": "yes", "why": "Why?"}}
now = timezone.now()
version = Version.objects.create(survey=survey, number=1, texts=texts, published_at=now)
unit = Unit.objects.get()
count = int(sys.argv[1])
Customer.objects.bulk_create(
    [Customer(email=f"c{n}@bench.example", unit=unit) for n in range(count)], batch_size=2000)
who = list(Customer.objects.values_list("pk", flat=True))
Invitation.objects.bulk_create(
    [Invitation(customer_id=pk, version=version, language="en", unit=unit,
                sent_at=now - timedelta(minutes=10),
                expires_at=now + timedelta(days=9)) for pk in who], batch_size=2000)
for ref in Invitation.objects.values_list("ref", flat=True):
    print(token_of(ref))
"""
LAG = """
import json
from django.utils import timezone
from loopwell.journal.queries import behind
print(json.dumps({k: v for k, v in behind(timezone.now()).items()}))
"""


def run_python(code: str, env: dict[str, str], *args: str) -> str:
    start = (
        "import os,django;os.environ.setdefault('DJANGO_SETTINGS_MODULE',"
        "'loopwell.config.settings');django.setup()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code, *args],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@contextmanager
def processes(env: dict[str, str], *commands: list[str]) -> Iterator[None]:
    """Runs `loopwell` commands and ends exactly them afterwards."""
    log = tempfile.TemporaryFile()  # noqa: SIM115 lives as long as the processes that write it
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "loopwell", *command],
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        for command in commands
    ]
    try:
        yield
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(timeout=30)


def measure(url: str | None, servers: list[list[str]], pages: bool = False) -> dict[str, load.Load]:
    """Answers at full speed, answers at 300/s, pages at full speed; and the lag of the facts."""
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        env = {
            **os.environ,
            "LOOPWELL_DATA_DIR": data,
            "LOOPWELL_BASE_URL": f"http://127.0.0.1:{port}",
            "LOOPWELL_LOG_LEVEL": "WARNING",
        }
        if url:
            env["LOOPWELL_DATABASE_URL"] = url
        subprocess.run([sys.executable, "-m", "loopwell", "migrate"], env=env, check=True)
        tokens = run_python(PREPARE, env, str(ANSWERS + 3000)).split()
        host = f"127.0.0.1:{port}"
        posts = [load.post(host, f"/r/{t}/", f"score={n % 11}") for n, t in enumerate(tokens)]
        gets = [load.get(host, f"/r/{t}/?score=7") for t in tokens[:5000]]
        calm = [load.get(host, f"/r/{t}/?score=7") for t in tokens[5000:6500]]
        with processes(env, *servers):
            wait_for(port)
            load.run("127.0.0.1", port, gets[:400], CLIENTS)  # warm
            found = {"alone": load.run("127.0.0.1", port, calm, 1)}
            found["pages"] = load.run("127.0.0.1", port, gets, CLIENTS)
            found["answers"] = load.run("127.0.0.1", port, posts[:ANSWERS], CLIENTS)
            ended = time.perf_counter()
            lag(env, found, ended)
            found["steady"] = load.run("127.0.0.1", port, posts[ANSWERS:], CLIENTS, per_second=300)
    return found


def lag(env: dict[str, str], found: dict[str, load.Load], ended: float) -> None:
    """How long after the last answer were all consumers through?"""
    while True:
        told = run_python(LAG, env)
        if all(count == 0 for count, _age in eval(told).values()):  # noqa: S307 our own output
            break
        if time.perf_counter() - ended > 120:
            break
        time.sleep(0.2)
    found["lag"] = load.Load(time.perf_counter() - ended, [], {})


def wait_for(port: int) -> None:
    import urllib.request

    for _attempt in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/auth/login/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def pgbench(url: str) -> float:
    """The same three writes a second without Python; only the invitation stays unlinked."""
    script = """\\set id random(1, 10000)
WITH given AS (
  INSERT INTO responses_response (ref, survey_id, version_id, kind, touchpoint, customer_id,
    interaction_id, unit_id, employee_id, account_id, properties, score, comment,
    contact_consent, language, source, is_test, answered_at, updated_at)
  SELECT substr(md5(random()::text), 1, 14), v.survey_id, i.version_id, s.kind, s.touchpoint,
    i.customer_id, i.interaction_id, i.unit_id, i.employee_id, i.account_id, i.properties, 3, '',
    NULL, i.language, 'email', i.is_test, now(), now()
  FROM sampling_invitation i JOIN surveys_version v ON v.id = i.version_id
  JOIN surveys_survey s ON s.id = v.survey_id
  WHERE i.id = :id AND i.expires_at > now() AND i.declined_at IS NULL RETURNING id
), marked AS (
  UPDATE sampling_invitation SET answered_at = now() WHERE id = :id
), told AS (
  INSERT INTO journal_entry (type, at, actor, subject, subject_id, payload)
  SELECT 'bench', now(), 'customer', 'bench', id, '{}' FROM given
) SELECT id FROM given;
"""
    binaries = postgres_binaries()
    assert binaries is not None
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        Path(file.name).chmod(0o644)
        done = subprocess.run(
            [
                binaries / "pgbench",
                "-n",
                "-f",
                file.name,
                "-c",
                str(CLIENTS),
                "-j",
                "2",
                "-T",
                "8",
                url,
            ],
            check=True,
            capture_output=True,
            text=True,
        )
    rate = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(rate.split("=")[1].split()[0])


def row(name: str, found: dict[str, load.Load], floor: float | None) -> list[str]:
    fast, steady, pages = found["answers"], found["steady"], found["pages"]
    alone = found["alone"]
    wrong = sum(n for status, n in fast.statuses.items() if status != 303)
    return [
        name,
        f"{fast.rate:.0f}/s",
        f"{fast.percentile(0.5):.0f} / {fast.percentile(0.99):.0f} ms",
        str(wrong),
        f"{steady.percentile(0.99):.0f} ms",
        f"{found['lag'].seconds:.1f} s",
        f"{pages.rate:.0f}/s",
        f"{alone.percentile(0.5):.1f} / {alone.percentile(0.99):.1f} ms",
        f"{fast.rate / floor:.2f}" if floor else "—",
    ]


def main() -> None:
    rows = []
    with postgresql() as url:
        if url:
            found = measure(url, [["web", "--workers", "2", "--threads", "4"], ["worker"]])
            floor = pgbench(url)
            rows.append(row(f"PostgreSQL, web ×2 + worker (pgbench {floor:.0f}/s)", found, floor))
    with postgresql() as url:
        if url:
            rows.append(row("PostgreSQL, up", measure(url, [["up"]]), None))
    rows.append(row("SQLite + DuckDB, up", measure(None, [["up"]]), None))
    header = [
        "set-up",
        "answers stored",
        "p50 / p99",
        "failed",
        "p99 at 300/s",
        "facts behind at the end",
        "survey pages",
        "one page alone, p50 / p99",
        "share of pgbench",
    ]
    write_section("Answers through the respond POST", table(header, rows))


if __name__ == "__main__":
    main()
