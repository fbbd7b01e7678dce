"""How long does it take to decide about a million customers, and how much memory?

A PostgreSQL of its own with customers made by SQL: half were asked before, a tenth within the
quarantine; three strata, a sample, a quota for each unit, every decision written to the log. Beside
it a plain INSERT … SELECT of the same log, so that the ratio tells what deciding costs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from bench.capture import postgresql
from bench.machine import table, write_section

SECONDS, MEGABYTES = 60.0, 1024.0

PREPARE = """
from django.db import connection
from django.utils import timezone
from loopwell.access.operations import create_unit, set_up_company
from loopwell.access.models import Unit
from loopwell.access.rules import SYSTEM
from loopwell.surveys.models import Survey, Version
set_up_company(company="Bench", time_zone="UTC", name="A", email="a@bench.example",
               password="benchmark only", language="en")
root = Unit.objects.get()
for number in range(200):
    create_unit(actor=SYSTEM, name=f"Branch {number}", parent=root, kind="branch")
survey = Survey.objects.create(name="S", kind="relationship")
texts = {"en": {"question": "How likely?", "low": "no", "high": "yes", "why": "Why?"}}
version = Version.objects.create(survey=survey, number=1, texts=texts, published_at=timezone.now())
first = Unit.objects.exclude(parent=None).order_by("pk").values_list("pk", flat=True)[0]
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO people_customer (ref, email, phone, name, language, unit_id, decision_role, "
        "title, properties, is_demo, created_at, updated_at) SELECT substr(md5(n::text), 1, 14), "
        "'c' || n || '@bench.example', '', 'Customer ' || n, 'en', %s + n %% 200, '', '', "
        "jsonb_build_object('segment', (array['S','M','L'])[1 + n %% 3]), false, now(), now() "
        "FROM generate_series(1, %s) AS n", [first, SIZE])
    cursor.execute(
        "INSERT INTO sampling_invitation (ref, version_id, customer_id, language, properties, "
        "is_test, planned_at, sent_at, expires_at) SELECT substr(md5('i' || id::text), 1, 14), %s, "
        "id, 'en', '{}', false, now() - make_interval(days => (id %% 150)::int), now(), now() "
        "FROM people_customer WHERE id %% 2 = 0", [version.pk])
    cursor.execute("ANALYZE")
"""

DECIDE = """
import json, resource, sys, threading, time
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from loopwell.access.rules import SYSTEM
from loopwell.sampling.deciding import decide, finish
from loopwell.sampling.jobs.inviting import invite_chosen
from loopwell.sampling.models import Decision, Programme, Run, Wave
from loopwell.sampling.queries.drawing import Wish
from loopwell.sampling.queries.pools import pool_of_wave
from loopwell.surveys.models import Version
now = timezone.now()
version = Version.objects.get()
wave = Wave.objects.create(name="W", version=version, seed=7, strata="segment", launched_at=now,
                           sample_size=SIZE // 5)
run = Run.objects.create(wave=wave, at=now, seed=7)
wishes = [Wish("quota", by="unit", most=SIZE // 200 // 3),
          Wish("sample", by="segment", total=SIZE // 5)]
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    pid = cursor.fetchone()[0]
peak, done = [0], threading.Event()
def watch():
    while not done.wait(0.1):
        with open(f"/proc/{pid}/status") as status:
            memory = {line.split(":")[0]: line.split()[1] for line in status if ":" in line}
        peak[0] = max(peak[0], int(memory["RssAnon"]) + int(memory.get("RssShmem", 0)))
watcher = threading.Thread(target=watch, daemon=True); watcher.start()
def busy():
    ticks = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    server = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return server + time.process_time()
began, busy_before = time.perf_counter(), busy()
decide(run, pool_of_wave(wave, now), lambda source: wishes, groups=["unit", "segment"])
deciding, on_processor = time.perf_counter() - began, busy() - busy_before
done.set(); watcher.join()
began = time.perf_counter()
invited = invite_chosen(run, version, now, wave=wave)
finish(run, now)
inviting = time.perf_counter() - began
another = Wave.objects.create(name="X", version=version, seed=7)
other = Run.objects.create(wave=another, at=now, seed=7)
began = time.perf_counter()
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO sampling_decision (run_id, customer_id, outcome) "
                   "SELECT %s, customer_id, outcome FROM sampling_decision WHERE run_id = %s",
                   [other.pk, run.pk])
plain = time.perf_counter() - began
print(json.dumps({"deciding": deciding, "busy": on_processor, "plain": plain,
                  "inviting": inviting, "invited": invited,
                  "counts": run.counts, "short": run.short,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                  "server": peak[0] / 1024}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    sizes = parser.parse_args().sizes
    rows, fits = [], True
    for size in sizes:
        found = measure(size)
        memory = found["megabytes"] + found["server"]
        fits = fits and found["deciding"] <= SECONDS * max(size / 1e6, 1) and memory <= MEGABYTES
        rows.append(
            [
                f"{size:,}",
                f"{found['deciding']:.1f}",
                f"{found['busy']:.1f}",
                f"{found['plain']:.1f}",
                f"{found['deciding'] / found['plain']:.1f}",
                f"{found['megabytes']:.0f} + {found['server']:.0f}",
                f"{found['counts'].get('asked', 0):,}",
                f"{found['invited'] / found['inviting']:,.0f}",
            ]
        )
        print(json.dumps(found), flush=True)
    header = [
        "customers", "s to decide (limit 60 for a million)", "of them on the processor",
        "s plain INSERT of the same log",
        "ratio", "peak MB, ours + server process (limit 1,024)", "asked", "invitations/s",
    ]  # fmt: skip
    write_section("Deciding", table(header, rows))
    return 0 if fits else 1


def measure(size: int) -> Any:
    with tempfile.TemporaryDirectory() as folder, postgresql() as url:
        if url is None:
            raise SystemExit("there is no PostgreSQL here: install it to measure this")
        env = {**os.environ, "LOOPWELL_DATABASE_URL": url, "LOOPWELL_DATA_DIR": folder}
        command = [sys.executable, "-m", "loopwell", "manage", "migrate", "-v0"]
        subprocess.run(command, env=env, check=True)
        _run(PREPARE, env, size)
        return json.loads(_run(DECIDE, env, size).splitlines()[-1])


def _run(code: str, env: dict[str, str], size: int) -> str:
    start = (
        "import os,django;os.environ.setdefault('DJANGO_SETTINGS_MODULE',"
        f"'loopwell.config.settings');django.setup();SIZE={size}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
