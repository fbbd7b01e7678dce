"""How long does a server take for a million historic answers, until the numbers know them all?

    python -m bench.import_history [--rows 1000000]     (bench.imports runs it on both databases)

Starts `loopwell up` on the database of LOOPWELL_DATABASE_URL, or SQLite in a folder of its own, and
gives it a file as the page of imports would. While it works, a page is asked for twice a second. It
refuses a database with customers.
"""

# ruff: noqa: E402 Django must be set up before its models are imported

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

os.environ.setdefault("LOOPWELL_DATA_DIR", tempfile.mkdtemp(prefix="loopwell-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from bench.import_files import ANSWERS, company, write_answers
from loopwell.access.rules import SYSTEM
from loopwell.insights.warehouse import warehouse
from loopwell.jobs.models import Job
from loopwell.journal.models import Cursor
from loopwell.journal.queries import horizon
from loopwell.journal.rules import CONSUMERS
from loopwell.people.enums import UploadKind
from loopwell.people.models import Upload
from loopwell.people.operations import start_import

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from run_tests import free_port

PATIENCE = 900.0


def peak_mib(pid: int) -> dict[str, float]:
    """Of a process and those it started, by what they do, the largest resident size so far."""
    found: dict[str, float] = {}
    try:
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        below = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")]
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:  # it ended meanwhile
        return found
    peak = next((line for line in status if line.startswith("VmHWM")), "VmHWM: 0")
    found["import" if b"job" in words else "server"] = int(peak.split()[1]) / 1024
    for child in " ".join(below).split():
        for name, mib in peak_mib(int(child)).items():
            found[name] = max(found.get(name, 0.0), mib)
    return found


def answering(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(address)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server does not answer")


def behind() -> set[str]:
    """Consumers that have not read everything."""
    end = horizon()
    places = {each.consumer: (each.xid, each.entry_id) for each in Cursor.objects.all()}
    return {name for name in CONSUMERS if end and places.get(name, (0, 0)) < end}


def follow(job: Job, server: "subprocess.Popen[str]", address: str) -> dict[str, float]:
    """Seconds until the import, the warehouse and every other reader were through."""
    began, told, waits = time.perf_counter(), {}, []
    peaks: dict[str, float] = {}
    while len(told) < 3:
        at = time.perf_counter()
        httpx.get(address, timeout=60)
        waits.append(time.perf_counter() - at)
        for name, mib in peak_mib(server.pid).items():
            peaks[name] = max(peaks.get(name, 0.0), mib)
        job.refresh_from_db()
        if job.error:
            raise SystemExit(job.error)
        passed = time.perf_counter() - began
        if job.finished_at is not None:
            told.setdefault("import", passed)
            left = behind()
            if "insights" not in left:
                told.setdefault("warehouse", passed)
            if not left:
                told.setdefault("all", passed)
        if passed > PATIENCE:
            raise SystemExit(f"not through after {PATIENCE:.0f} s: {behind()}")
        time.sleep(0.5)
    waits.sort()
    told["page"] = waits[round(0.95 * (len(waits) - 1))]
    return {**told, **{f"{name} MiB": mib for name, mib in peaks.items()}}


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    call_command("migrate", verbosity=0)
    company()
    path = Path(tempfile.mkdtemp()) / "history.csv"
    write_answers(path, rows, rows // 5)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "loopwell", "up", "--port", str(port)], stdout=subprocess.DEVNULL,
        env={**os.environ, "LOOPWELL_EMBEDDINGS": "no"}, text=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/auth/login/"
    try:
        answering(address)
        upload = Upload.objects.create(
            kind=UploadKind.ANSWERS, filename=path.name, path=str(path), mapping=ANSWERS,
            options={"survey_name": "Bench"},
        )  # fmt: skip
        job = start_import(actor=SYSTEM, now=timezone.now(), upload=upload)
        told = follow(job, server, address)
    finally:
        server.terminate()
        server.wait(30)
    known = warehouse().read("SELECT count(*) FROM answers")[0][0]
    assert known == rows, known
    assert settings.WAREHOUSE_URL
    print("\t".join([
        f"{rows:,}", f"{told['import']:.1f} s", f"{told['warehouse']:.1f} s",
        f"{told['all']:.1f} s", f"{1000 * told['page']:.0f} ms",
        f"{told.get('import MiB', 0):.0f} MiB", f"{told['server MiB']:.0f} MiB",
    ]), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
