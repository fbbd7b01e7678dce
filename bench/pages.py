"""How long do the pages that people open every morning take? Demo company, real server.

Twenty requests each after the first; the slowest median must stay under the limit.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bench.machine import table, write_section

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from run_tests import free_port  # noqa: E402 after the path

REPEATS = 20
LIMIT_MS = 300
PAGES = {
    "home": "/",
    "home, all time, every unit": "/?period=all&level=every",
    "answers, all time": "/answers/?period=all",
    "who was asked, all time": "/answers/asked/?period=all",
    "queue": "/cases/?tab=units",
    "queue, closed": "/cases/?tab=closed",
}


def main() -> int:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "LOOPWELL_DATA_DIR": folder,
            "LOOPWELL_BASE_URL": f"http://127.0.0.1:{port}",
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "loopwell", "up", "--demo"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            rows, worst = _measure(port, _email(server))
        finally:
            server.terminate()
            server.wait(30)
    write_section("Pages", table(["page", "median", "slowest of 20", "first", "size"], rows))
    return 1 if worst > LIMIT_MS else 0


def _email(server: "subprocess.Popen[str]") -> str:
    """The programme manager's address, from what the server prints once it answers."""
    for line in server.stdout or []:
        if found := re.match(r"\s+(\S+@\S+)\s+Programme manager", line):
            return found[1]
    raise SystemExit("the server did not start")


def _measure(port: int, email: str) -> tuple[list[list[str]], float]:
    base = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=base, timeout=60, headers={"Origin": base}) as client:
        _log_in(client, email)
        queue = client.get(PAGES["queue"]).text
        case = re.search(r'class="case-name" href="([^"]+)"', queue)
        answer = re.search(r'class="voice-score" href="([^"]+)"', client.get("/answers/").text)
        if case is None or answer is None:
            raise SystemExit("the demo company shows no case or no answer")
        rows, worst = [], 0.0
        for name, path in {**PAGES, "one case": case[1], "one answer": answer[1]}.items():
            first, *times = [_once(client, path) for _repeat in range(REPEATS + 1)]
            size = len(client.get(path).content) / 1024
            median = statistics.median(times)
            worst = max(worst, median)
            figures = [f"{value:.0f} ms" for value in (median, max(times), first)]
            rows.append([name, *figures, f"{size:.0f} KiB"])
    return rows, worst


def _once(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _log_in(client: httpx.Client, email: str) -> None:
    page = client.get("/auth/login/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    data = {"login": email, "password": "demo loopwell"}
    answer = client.post(
        "/auth/login/", data={**data, "csrfmiddlewaretoken": token[1] if token else ""}
    )
    if answer.status_code != 302:
        raise SystemExit(f"could not log in as {email}: {answer.status_code}")


if __name__ == "__main__":
    sys.exit(main())
