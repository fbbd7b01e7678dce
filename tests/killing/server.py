"""A real `loopwell up` that can be killed and started again, and questions to its database."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

DJANGO = (
    "import os, sys, json, django\n"
    "os.environ['DJANGO_SETTINGS_MODULE'] = 'loopwell.config.settings'\n"
    "django.setup()\n"
)


class Server:
    """One installation on a free port; `start` and `kill` as often as you like."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.log = folder / "log"
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LOOPWELL_")},
            "LOOPWELL_DATA_DIR": str(folder / "data"),
            "LOOPWELL_BASE_URL": f"http://127.0.0.1:{self.port}",
            **({"LOOPWELL_DATABASE_URL": database_url} if database_url else {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def loopwell(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "loopwell", *arguments],
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, code: str, *arguments: str) -> Any:
        """What `code` prints as JSON, run beside the server with its settings."""
        done = subprocess.run(
            [sys.executable, "-c", DJANGO + code, *arguments],
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "loopwell", "up"], env=self.env, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/auth/login/")
                connection.getresponse().read()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """SIGKILL to the main process alone: its worker must die by itself."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> float:
        """SIGTERM; the seconds until it was gone."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)
        return time.monotonic() - began
