"""How long does `loopwell report` take over a million rows, and how much memory?

Generates the file in a temporary folder (fixed seed), runs the command as a user would and prints
its time and peak resident memory. Exit code 1 when over the limits.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.machine import table, write_section

SECONDS, MEGABYTES = 15.0, 1500.0
WORDS = [
    *("delivery", "late", "invoice", "wrong", "phone", "nobody", "answered", "shop", "friendly"),
    *("staff", "helpful", "quick", "price", "too", "high", "queue", "waiting", "again", "solved"),
    *("thanks", "broken", "router", "connection", "slow", "good", "service", "never", "ordered"),
    *("returned", "refund", "easy", "website", "login", "courier", "parcel", "damaged", "fine"),
]
DRIVERS = ("price", "staff", "speed", "quality", "website")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", metavar="FILE", help="keep the generated file here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(args.keep) if args.keep else Path(folder) / "answers.csv"
        started = time.perf_counter()
        generate(path, args.rows)
        size = path.stat().st_size / 2**20
        print(
            f"generated {args.rows:,} rows, {size:.0f} MB, in {time.perf_counter() - started:.1f} s"
        )
        print(f"load on the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
        seconds, busy, megabytes, used = measure(path, Path(folder))
    fits = seconds <= SECONDS and megabytes <= MEGABYTES
    lines = table(
        ["what", "measured", "limit"],
        [
            [f"seconds for {args.rows:,} rows ({size:.0f} MB)", f"{seconds:.1f}", f"{SECONDS:.0f}"],
            ["of them on the processor", f"{busy:.1f}", ""],
            ["peak MB", f"{megabytes:.0f}", f"{MEGABYTES:.0f}"],
            ["answers used", f"{used:,}", ""],
        ],
    )
    write_section("loopwell report", lines)
    return 0 if fits else 1


def generate(path: Path, rows: int) -> None:
    """Answers with a comment each, a date, three groupings and five drivers, some missing."""
    chance = random.Random(7)
    regions = [f"Region {i}" for i in range(1, 9)]
    branches = [f"Branch {i}" for i in range(1, 501)]
    channels = ["shop", "web", "phone", "app", ""]
    days = [
        f"{y}-{m:02d}-{d:02d}" for y in (2024, 2025) for m in range(1, 13) for d in range(1, 29)
    ]
    sentences = [" ".join(chance.choices(WORDS, k=chance.randint(4, 18))) for _ in range(20_000)]
    with path.open("w", encoding="utf-8") as file:
        header = ["id", "score", "comment", "date", "region", "branch", "channel", *DRIVERS]
        file.write(",".join(header) + "\n")
        for number in range(rows):
            score = min(10, max(0, round(chance.gauss(8, 2.3))))
            ratings = [
                ""
                if chance.random() < 0.1
                else str(min(5, max(1, round(score / 2 + chance.random()))))
                for _driver in DRIVERS
            ]
            shown = "NA" if chance.random() < 0.01 else str(score)
            comment = f'"{chance.choice(sentences)}, {chance.choice(sentences)} ({number})"'
            places = [chance.choice(days), chance.choice(regions), chance.choice(branches),
                      chance.choice(channels)]  # fmt: skip
            file.write(",".join([str(number), shown, comment, *places, *ratings]) + "\n")


def measure(path: Path, folder: Path) -> tuple[float, float, float, int]:
    """Seconds by the clock and on the processor, peak resident megabytes and answers used."""
    command = [sys.executable, "-m", "loopwell", "report", str(path), "--score", "score", "--json",
               "--comment", "comment", "--date", "date", "--out", str(folder / "report.html"),
               "--rejects", str(folder / "rejects.csv")]  # fmt: skip
    command += [part for name in ("region", "branch", "channel") for part in ("--by", name)]
    command += [part for name in DRIVERS for part in ("--driver", name)]
    output = folder / "report.json"
    started = time.perf_counter()
    with output.open("wb") as stdout:
        process = subprocess.Popen(command, stdout=stdout)
        _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the report failed with exit code {process.returncode}")
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    busy = usage.ru_utime + usage.ru_stime
    return seconds, busy, peak, int(json.loads(output.read_text(encoding="utf-8"))["used"])


if __name__ == "__main__":
    sys.exit(main())
