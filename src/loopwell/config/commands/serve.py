"""`loopwell up` and `loopwell web`: how is the product started?"""

import argparse
import os
import socket
import time
from urllib.parse import urlsplit

from loopwell.config.commands.setting_up import fail, prepare

LETTING_GO = 2.0  # seconds


def add_up_arguments(parser: argparse.ArgumentParser) -> None:
    _add_address(parser)
    parser.add_argument(
        "--demo", action="store_true", help="load the demo company if nothing is there yet"
    )


def add_web_arguments(parser: argparse.ArgumentParser) -> None:
    _add_address(parser)
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each (default: 4)")


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (default: that of LOOPWELL_BASE_URL)")
    parser.add_argument("--port", type=int, help="port (default: that of LOOPWELL_BASE_URL)")


def up(args: argparse.Namespace) -> int:
    """Everything in one process: creates and migrates what is missing, then serves."""
    host, port = _address(args)
    if args.port and host in ("127.0.0.1", "localhost"):  # links lead to where it listens
        os.environ.setdefault("LOOPWELL_BASE_URL", f"http://{host}:{port}")
    if _taken(host, port):
        return fail(
            f"Something listens on {host}:{port} already. Stop it, or choose another "
            "port: set LOOPWELL_BASE_URL=http://127.0.0.1:8001"
        )
    prepare()
    if args.demo:
        from loopwell.config.commands.demo import load_if_empty

        load_if_empty()
    os.environ["_LOOPWELL_GREET_AT"] = f"{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 compared
    _serve(host, port, workers=1, threads=4, with_worker=True)
    return 0


def web(args: argparse.Namespace) -> int:
    """Pages only; `loopwell worker` does the rest. Needs PostgreSQL for both."""
    from django.conf import settings

    prepare(migrate=False)
    if settings.WAREHOUSE_URL.startswith("duckdb:"):
        return fail(
            "DuckDB's file belongs to one process: use `loopwell up`, or PostgreSQL "
            "by LOOPWELL_DATABASE_URL."
        )
    host, port = _address(args)
    _serve(host, port, workers=args.workers, threads=args.threads, with_worker=False)
    return 0


def _address(args: argparse.Namespace) -> tuple[str, int]:
    from loopwell.config import env

    base = urlsplit(env.read()["base_url"])
    local = base.hostname in ("127.0.0.1", "localhost", "::1")
    return (
        args.host or (str(base.hostname) if local else "0.0.0.0"),  # noqa: S104 behind a proxy
        args.port or (base.port or 8000 if local else 8000),
    )


def _taken(host: str, port: int) -> bool:
    """Whether somebody listens; one who was just killed gets a moment to let go."""
    end = time.monotonic() + LETTING_GO
    while _listens(host, port):
        if time.monotonic() > end:
            return True
        time.sleep(0.1)
    return False


def _listens(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _serve(host: str, port: int, *, workers: int, threads: int, with_worker: bool) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Granian forks: a pool opened here would be dead in the workers, and they would wait for it.
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    os.environ["_LOOPWELL_WITH_WORKER"] = "1" if with_worker else "0"
    os.environ["_LOOPWELL_PARENT"] = str(os.getpid())
    Granian(
        "loopwell.config.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    ).serve()
