"""How are all tests run on a machine that may have nothing installed?

Installs PostgreSQL, Chromium and Dovecot through apt when root and missing, starts a throw-away
PostgreSQL on a free port, and runs pytest on SQLite and on PostgreSQL, with what drives browsers
and kills processes beside it. What cannot be had is said, and the tests that need it are skipped by
pytest with the same words.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "chromium": ["chromium"],
    "dovecot": ["dovecot-imapd"],
    "postgres": ["postgresql", "postgresql-contrib"],
}


def postgres_binaries() -> Path | None:
    """The folder with initdb, newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


def missing() -> list[str]:
    packages = [] if shutil.which("chromium") else list(NEEDED["chromium"])
    if not (shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists()):
        packages += NEEDED["dovecot"]
    return packages + ([] if postgres_binaries() else NEEDED["postgres"])


def install() -> None:
    packages = missing()
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"not installed and not root: {', '.join(packages)}; tests that need them skip")
        return
    print(f"installing {', '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


THROW_AWAY = ["listen_addresses=127.0.0.1", "max_connections=200", "fsync=off",
              "synchronous_commit=off", "full_page_writes=off", "jit=off"]  # fmt: skip
"""Nothing here outlives the power going off; and compiling a query costs more than these take."""


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A running throw-away server's URL, or None when there is no PostgreSQL here."""
    binaries = postgres_binaries()
    if binaries is None:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="loopwell-pg-")
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres", "postgres")
    port = free_port()
    data = f"{folder}/data"
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [
            *user,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "loopwell",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        **run,
    )
    options = f"-p {port} -k {folder} {' '.join(f'-c {each}' for each in THROW_AWAY)}"
    subprocess.run(
        [
            *user,
            binaries / "pg_ctl",
            "-D",
            data,
            "-o",
            options,
            "-w",
            "-l",
            f"{folder}/log",
            "start",
        ],
        **run,
    )
    try:
        url = f"postgresql://loopwell@127.0.0.1:{port}/loopwell"
        subprocess.run(
            [
                binaries / "createdb",
                "-h",
                "127.0.0.1",
                "-p",
                str(port),
                "-U",
                "loopwell",
                "loopwell",
            ],
            **run,
        )
        yield url
    finally:
        subprocess.run([*user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder, ignore_errors=True)


SLOW = ["tests/browser/test_whole_way.py", "tests/browser/test_asking_way.py", "tests/killing",
        "tests/browser"]  # fmt: skip
"""Real servers, browsers and kills, the longest first, so that no worker waits for another."""

WORKERS = ["-n", "2"]

QUICK = ["tests", "--ignore=tests/browser", "--ignore=tests/killing"]


NOTHING_LEFT = 5
"""What pytest answers when it ran no test: of chosen tests perhaps none reaches a database."""


ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Several test processes share the processors: threads of one would wait for each other."""


def pytest(arguments: list[str], *, environment: dict[str, str], output: IO[str] | None) -> int:
    """Compiled modules are kept whatever the shell says: each run starts a hundred processes."""
    command = [sys.executable, "-m", "pytest", *arguments]
    known = {**os.environ, **ONE_THREAD, **environment}
    known.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(command, cwd=ROOT, env=known, stdout=output, stderr=output).returncode


def on_sqlite(arguments: list[str], url: str | None, output: IO[str] | None = None) -> int:
    print("== SQLite and DuckDB", flush=True, file=output)
    known = {"POSTGRES_FOR_TESTS": url} if url else {}
    return pytest(arguments, environment=known, output=output)


def on_postgresql(arguments: list[str], url: str | None, output: IO[str] | None = None) -> int:
    """Those tests that reach a database. One worker: consumers wait for the oldest transaction of
    the whole server, so a second worker's tests would hold them up."""
    if url is None:
        print("PostgreSQL is not here: its half of the tests was left out", file=output)
        return 0
    print("== PostgreSQL", flush=True, file=output)
    known = {"POSTGRES_FOR_TESTS": url, "LOOPWELL_DATABASE_URL": url}
    return pytest(["--only-database", *arguments], environment=known, output=output)


def everything() -> int:
    """The slow ones beside the quick ones, each with a PostgreSQL of its own; the slow ones choose
    their databases themselves. The quick ones end on SQLite, where two workers can take what the
    slow ones leave of the processors."""
    with (
        postgresql() as quick,
        postgresql() as slow,
        tempfile.TemporaryFile("w+") as kept,
        ThreadPoolExecutor(1) as beside,
    ):

        def quickly() -> int:
            first = on_postgresql(QUICK, quick, kept)
            return on_sqlite([*WORKERS, *QUICK], quick, kept) or first

        result = beside.submit(quickly)
        known = {"POSTGRES_FOR_TESTS": slow} if slow else {}
        print("== Browsers, real servers and kills; the rest runs beside", flush=True)
        order = [*WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]
        slowly = pytest([*order, *SLOW], environment=known, output=None)
        quick_code = result.result()
        kept.seek(0)
        print(kept.read(), flush=True)
    return quick_code or slowly


def main() -> int:
    install()
    if sys.argv[1:]:
        with postgresql() as url:
            first = on_sqlite(sys.argv[1:], url)
            second = on_postgresql(sys.argv[1:], url)
            return first if second == NOTHING_LEFT else second or first
    return everything()


if __name__ == "__main__":
    sys.exit(main())
