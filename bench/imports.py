"""How fast do customers and historic answers come in from a file, on both databases?

python -m bench.imports               100,000 of each
python -m bench.imports --history     a million historic answers and their warehouse
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.machine import table, write_section

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from run_tests import postgresql  # noqa: E402 after the path

ROWS = 100_000
MILLION = 1_000_000
LIMIT_SECONDS = 30.0
"""For customers that are all new."""


def measure(name: str, url: str, *arguments: str) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "LOOPWELL_DATA_DIR": data, "LOOPWELL_DATABASE_URL": url}
        done = subprocess.run(
            [sys.executable, "-m", "bench.import_files", *arguments],
            cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return [[name, *line.split("\t")] for line in done.stdout.splitlines() if "\t" in line]


def main() -> int:
    history = sys.argv[1:] == ["--history"]
    wanted = ["--history", "--rows", str(MILLION)] if history else ["--rows", str(ROWS)]
    rows = measure("SQLite", "", *wanted)
    with postgresql() as url:
        if url:
            rows += measure("PostgreSQL", url, *wanted)
    header = ["database", "what", "rows", "time", "rows a second", "of it our own work", "became"]
    write_section("A million historic answers" if history else "Imports", table(header, rows))
    if history:
        return 0
    new = [float(row[3].removesuffix(" s")) for row in rows if row[1] == "customers, all new"]
    return 0 if max(new) <= LIMIT_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
