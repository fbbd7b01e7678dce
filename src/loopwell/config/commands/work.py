"""`loopwell worker`: consumers, jobs and clock without pages."""

import argparse
import signal

from loopwell.config.commands.setting_up import fail, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Runs what happens beside the pages; start as many as you need."


def run(args: argparse.Namespace) -> int:
    prepare(migrate=False)
    from django.conf import settings

    if settings.WAREHOUSE_URL.startswith("duckdb:"):
        return fail(
            "DuckDB's file belongs to one process: use `loopwell up`, or PostgreSQL "
            "by LOOPWELL_DATABASE_URL."
        )
    from loopwell.config import background
    from loopwell.config.settling import settle

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: background.stopping.set())
    settle()
    threads = background.start()
    while not background.stopping.wait(1):
        pass
    for thread in threads:
        thread.join(timeout=10)
    return 0
