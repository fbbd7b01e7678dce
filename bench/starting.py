"""How long does a newcomer wait: the demo company, the second start, and memory at rest?"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.capture import free_port
from bench.machine import table, write_section


def seconds_until_page(env: dict[str, str], port: int) -> tuple[float, subprocess.Popen[bytes]]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "loopwell", "up"], env=env, stdout=subprocess.DEVNULL
    )
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/auth/login/", timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return time.perf_counter() - began, process


def resident_mib(parent: int) -> float:
    """Proportional memory of the process and its children, in MiB (Linux)."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for pid in [str(parent), *children]:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "LOOPWELL_DATA_DIR": data,
               "LOOPWELL_BASE_URL": f"http://127.0.0.1:{port}"}  # fmt: skip
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "loopwell", "demo"], env=env, check=True)
        loading = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        first, process = seconds_until_page(env, port)
        time.sleep(20)
        memory = resident_mib(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        again, process = seconds_until_page(env, port)
        process.send_signal(signal.SIGTERM)
        process.wait()
    rows = [
        ["demo company from nothing, tables included", f"{loading:.1f} s", "20 s"],
        ["memory while loading it", f"{peak:.0f} MiB", ""],
        ["`loopwell up` to the first page, second start", f"{first:.1f} s", "4 s"],
        ["the same right after SIGKILL", f"{again:.1f} s", "4 s"],
        ["memory at rest, 20 s after start", f"{memory:.0f} MiB", "300 MiB"],
    ]
    write_section("Starting", table(["what", "measured", "limit"], rows))


if __name__ == "__main__":
    main()
