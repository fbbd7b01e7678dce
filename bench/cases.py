"""How fast are the queue and the page of a case when there are 200,000 cases, on both databases?

A fresh database each: 200 branches, 200,000 customers with an account each tenth, a case about an
answer of each, a tenth of them open. Time in the server without the network, and how many queries;
beside it the hand-written SQL of the same fifty rows in the same run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.machine import table, write_section

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from run_tests import postgresql  # noqa: E402 after the path

CASES = 200_000
LIMIT_MS = 150.0


def measure(name: str, url: str, cases: int) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "LOOPWELL_DATA_DIR": data, "LOOPWELL_DATABASE_URL": url}
        done = subprocess.run(
            [sys.executable, "-m", "bench.cases_within", str(cases)],
            cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return [[name, *line.split("\t")] for line in done.stdout.splitlines() if "\t" in line]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    cases = parser.parse_args().cases
    rows = measure("SQLite", "", cases)
    with postgresql() as url:
        if url:
            rows += measure("PostgreSQL", url, cases)
    header = [
        "database", "who", "page", "p50 ms", "p95 ms", "queries", "SQL by hand ms", "ratio",
    ]  # fmt: skip
    write_section(f"Cases: {cases:,} of them, limit {LIMIT_MS:.0f} ms", table(header, rows))
    return 0 if max(float(row[4]) for row in rows) <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
