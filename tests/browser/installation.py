"""How is a real Loopwell started for one test: server, data folder, database, mail server?"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from aiosmtpd.controller import Controller

from tests.delivery.mail_server import Mailbox
from tests.migrated import copy_migrated

START_WITHIN = 150.0  # a busy machine takes long to load the demo


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """`loopwell up` in its own process; `box` holds what it has mailed."""

    def __init__(self, folder: Path, *, database_url: str, mail_port: int, box: Mailbox) -> None:
        self.folder = folder
        self.box = box
        self.address = f"http://127.0.0.1:{free_port()}"
        foreign = {name: value for name, value in os.environ.items() if "LOOPWELL" not in name}
        self.environment = {
            **foreign,
            "LOOPWELL_EMBEDDINGS": "no",
            "LOOPWELL_DATA_DIR": str(folder / "data"),
            "LOOPWELL_BASE_URL": self.address,
            "LOOPWELL_DATABASE_URL": database_url,
            "LOOPWELL_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "LOOPWELL_EMAIL_FROM": "Acme <asking@acme.example>",
        }
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> None:
        """Returns once the server has printed where it is."""
        self.migrated()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "loopwell", "up", *words],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.until(
            lambda: "Stop with Ctrl-C" in self.said() or self._ended(), START_WITHIN, "start"
        )
        assert not self._ended(), f"the server ended at its start:\n{self.said()}"

    def migrated(self) -> None:
        """On SQLite a copy of what was migrated once; PostgreSQL is migrated by `up`."""
        data = self.folder / "data"
        if not self.environment["LOOPWELL_DATABASE_URL"] and not data.exists():
            copy_migrated(data)

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        if self.process is None or self._ended():
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def setup_address(self) -> str:
        found = re.search(r"http://\S+/setup/\S+", self.said())
        assert found, f"no set-up address in the terminal:\n{self.said()}"
        return found[0]

    def command(self, *words: str) -> str:
        """Another `loopwell` command while the server runs, as an administrator would."""
        done = subprocess.run(
            [sys.executable, "-m", "loopwell", *words],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"loopwell {' '.join(words)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def until(self, holds: Callable[[], bool], seconds: float, what: str) -> float:
        """Waits until it holds; the time it took. The server's words are in the failure."""
        began = time.monotonic()
        while not holds():
            took = time.monotonic() - began
            assert took < seconds, (
                f"{what}: not within {seconds} s. The server said:\n{self.said()}"
            )
            time.sleep(0.1)
        return time.monotonic() - began


@contextmanager
def installation(folder: Path, *, database_url: str = "") -> Iterator[Installation]:
    box = Mailbox()
    mail = Controller(box, hostname="127.0.0.1", port=free_port())
    mail.start()
    made = Installation(folder, database_url=database_url, mail_port=mail.port, box=box)
    try:
        yield made
    finally:
        made.stop()
        mail.stop()
        shutil.rmtree(folder / "data", ignore_errors=True)


@contextmanager
def own_database(server_url: str) -> Iterator[str]:
    """A fresh database on a running PostgreSQL server, dropped at the end."""
    name = f"loopwell_browser_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # our own name
    try:
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]  # ours
