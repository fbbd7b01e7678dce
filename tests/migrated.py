"""A migrated SQLite database, made once per state of the migrations and copied by whoever needs it.

Migrating takes 14 seconds of a processor, which a dozen browser tests and every test run need not
spend each. The true way stays tried: by tests/killing, and by every test on PostgreSQL.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "loopwell"
NAME = "loopwell.sqlite3"


def copy_migrated(data: Path) -> None:
    """Puts it into an installation's data folder, which is made if need be."""
    data.mkdir(parents=True, exist_ok=True)
    copy_migrated_to(data / NAME)


def copy_migrated_to(path: Path) -> None:
    made = Path(tempfile.gettempdir()) / f"loopwell-migrated-{_state()}"
    made.mkdir(exist_ok=True)
    with (made / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers may ask at once
        if not (made / NAME).exists():
            _migrate(made)
    shutil.copyfile(made / NAME, path)


def _state() -> str:
    """Of all migrations, and of the code that they are run by."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(SOURCE.glob("*/migrations/*.py")) + sorted(
        SOURCE.glob("integrations/*/migrations/*.py")
    ):
        digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(made: Path) -> None:
    """Into a folder of its own first: a killed run leaves nothing half-made."""
    with tempfile.TemporaryDirectory(dir=made) as work:
        foreign = {k: v for k, v in os.environ.items() if not k.startswith("LOOPWELL_")}
        done = subprocess.run(
            [sys.executable, "-m", "loopwell", "migrate"],
            env={**foreign, "LOOPWELL_DATA_DIR": work},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        shutil.move(Path(work) / NAME, made / NAME)
