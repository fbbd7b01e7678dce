"""On what was measured, and how are results kept?"""

import os
import platform
import resource
import subprocess
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def describe() -> str:
    """Cores, memory, kernel and Python in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def children_peak_mib() -> float:
    """Largest resident size of any ended child process so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def write_section(title: str, lines: list[str]) -> None:
    """Replaces one section of RESULTS.md, leaving the others."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    head, *sections = text.split("\n## ")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    stamp = f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}, {describe()}"
    kept = [s for s in sections if not s.startswith(f"{title}\n")]
    body = "\n".join([title, "", stamp, "", *lines, ""])
    RESULTS.write_text("\n## ".join([head.rstrip() + "\n", *kept, body]), encoding="utf-8")
    print(f"\n## {title}\n{stamp}\n" + "\n".join(lines), flush=True)


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "| " + " | ".join("---" for _ in header) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
