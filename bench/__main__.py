"""Runs every benchmark, one after the other, and keeps the results in bench/RESULTS.md.

python -m bench [name …]        names: starting report imports pages cases capture deciding
                                       sending campaign warehouse coding effects statistics
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "starting", "report", "imports", "pages", "cases", "capture", "deciding", "sending",
    "campaign", "warehouse", "coding", "effects", "statistics",
)  # fmt: skip


def main() -> int:
    wanted = sys.argv[1:] or NAMES
    unknown = set(wanted) - set(NAMES)
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
        return 2
    failed = [
        name
        for name in wanted
        if subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, env=os.environ, check=False
        ).returncode
    ]
    if failed:
        print(f"over their limit or failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
