"""How fast do customers and historic answers come in from a file?

    python -m bench.import_files [--rows 100000]     (bench.imports runs it on both databases)

Uses the database of LOOPWELL_DATABASE_URL, or SQLite in a folder of its own; the tables must
hold nobody's data: it refuses a database with customers.
"""

# ruff: noqa: E402 Django must be set up before its models are imported

import argparse
import csv
import os
import random
import tempfile
import time
from pathlib import Path

os.environ.setdefault("LOOPWELL_DATA_DIR", tempfile.mkdtemp(prefix="loopwell-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone

from loopwell.access.enums import UnitKind
from loopwell.access.operations import create_unit
from loopwell.access.queries import root_unit
from loopwell.access.rules import SYSTEM
from loopwell.jobs.models import Job
from loopwell.jobs.running import run_all
from loopwell.people.enums import UploadKind
from loopwell.people.models import Customer, Upload
from loopwell.people.operations import start_import

CUSTOMERS = {
    "external_id": "id", "email": "mail", "name": "name", "phone": "phone", "language": "language",
    "unit": "branch", "property.segment": "segment", "property.tariff": "tariff",
}  # fmt: skip
ANSWERS = {
    "answer_id": "answer", "score": "score", "answered_at": "date", "comment": "comment",
    "customer_id": "id", "unit": "branch",
}  # fmt: skip


def write_customers(path: Path, rows: int, tariff: str) -> None:
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(CUSTOMERS.values())
        for n in range(rows):
            phone = chance.randrange(10**8)
            out.writerow([
                f"C{n}", f"person{n}@mail.example", f"Имя Фамилия {n}",
                f"+48 5{phone:08d}" if n % 2 else f"5{phone:08d}", chance.choice(["ru", "Polish"]),
                f"Branch {n % 40}", chance.choice(["gold", "silver"]), tariff,
            ])  # fmt: skip


def write_answers(path: Path, rows: int, customers: int) -> None:
    chance = random.Random(2)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(ANSWERS.values())
        for n in range(rows):
            day = f"{chance.randint(1, 28):02d}.{chance.randint(1, 12):02d}.2025 10:15"
            comment = "Всё хорошо, спасибо" if n % 3 == 0 else ""
            who = f"C{chance.randrange(customers)}"
            out.writerow([f"A{n}", chance.randint(0, 10), day, comment, who, f"Branch {n % 40}"])


def timed(kind: UploadKind, path: Path, mapping: dict[str, str], title: str) -> None:
    upload = Upload.objects.create(
        kind=kind, filename=path.name, path=str(path), mapping=mapping,
        options={"region": "PL", "survey_name": "Bench"},
    )  # fmt: skip
    started, work = time.perf_counter(), time.process_time()
    job = start_import(actor=SYSTEM, now=timezone.now(), upload=upload)
    run_all(timezone.now())
    seconds, work = time.perf_counter() - started, time.process_time() - work
    upload.refresh_from_db()
    done = Job.objects.get(ref=job.ref)
    if done.error:
        raise SystemExit(done.error)
    rows = upload.result["rows"]
    counts = ", ".join(f"{k} {v}" for k, v in upload.result["counts"].items() if v)
    print("\t".join([title, f"{rows:,}", f"{seconds:.1f} s", f"{rows / seconds:,.0f}/s",
                     f"{work:.1f} s", counts]), flush=True)  # fmt: skip


def company() -> None:
    """Forty branches; refuses a database with customers."""
    if Customer.objects.exists():
        raise SystemExit("This database has customers: the benchmark wants an empty one.")
    root = root_unit() or create_unit(
        actor=SYSTEM, name="Bench", parent=None, kind=UnitKind.COMPANY
    )
    for n in range(40):
        create_unit(actor=SYSTEM, name=f"Branch {n}", parent=root, kind=UnitKind.BRANCH)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=100_000)
    rows = arguments.parse_args().rows
    call_command("migrate", verbosity=0)
    company()
    folder = Path(tempfile.mkdtemp())
    first, second, answers = (folder / f"{name}.csv" for name in ("first", "second", "answers"))
    write_customers(first, rows, "basic")
    write_customers(second, rows, "extra")
    write_answers(answers, rows, rows)
    timed(UploadKind.CUSTOMERS, first, CUSTOMERS, "customers, all new")
    timed(UploadKind.CUSTOMERS, first, CUSTOMERS, "customers, the same file again")
    timed(UploadKind.CUSTOMERS, second, CUSTOMERS, "customers, all changed")
    timed(UploadKind.ANSWERS, answers, ANSWERS, "historic answers, all new")
    timed(UploadKind.ANSWERS, answers, ANSWERS, "historic answers, again")


if __name__ == "__main__":
    main()
