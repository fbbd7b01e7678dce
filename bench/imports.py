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
HISTORY_SECONDS = {"SQLite": 60.0, "PostgreSQL": 90.0}


def measure(name: str, url: str, module: str, *arguments: str) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "LOOPWELL_DATA_DIR": data, "LOOPWELL_DATABASE_URL": url}
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *arguments],
            cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return [[name, *line.split("\t")] for line in done.stdout.splitlines() if "\t" in line]


def both(module: str, *arguments: str) -> list[list[str]]:
    rows = measure("SQLite", "", module, *arguments)
    with postgresql() as url:
        if url:
            rows += measure("PostgreSQL", url, module, *arguments)
    return rows


def files() -> int:
    rows = both("import_files", "--rows", str(ROWS))
    header = ["database", "what", "rows", "time", "rows a second", "of it our own work", "became"]
    write_section("Imports", table(header, rows))
    new = [float(row[3].removesuffix(" s")) for row in rows if row[1] == "customers, all new"]
    return 0 if max(new) <= LIMIT_SECONDS else 1


def history() -> int:
    """As a server does it, its pages asked for meanwhile."""
    rows = both("import_history", "--rows", str(MILLION))
    header = [
        "database", "rows", "answers in", "numbers know them", "everybody told",
        "a page meanwhile, p95", "memory of the import", "of the server",
    ]  # fmt: skip
    write_section("A million historic answers", table(header, rows))
    took = {row[0]: float(row[3].removesuffix(" s")) for row in rows}
    return 0 if all(took[name] <= HISTORY_SECONDS[name] for name in took) else 1


def main() -> int:
    return history() if sys.argv[1:] == ["--history"] else files()


if __name__ == "__main__":
    sys.exit(main())
