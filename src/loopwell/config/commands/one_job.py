"""`loopwell job`: one claimed job in a process of its own. The server starts it."""

import argparse
import gc

from loopwell.config.commands.setting_up import django, fail

SELDOM = (200_000, 50, 1_000)
"""Rows come and go by ten thousands: looking for garbage after every 700 costs a third."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Does one job that a server has claimed; the server starts it."
    parser.add_argument("ref", help="the job's reference")


def run(args: argparse.Namespace) -> int:
    django()
    from loopwell.jobs.apart import do

    gc.freeze()
    gc.set_threshold(*SELDOM)
    return 0 if do(args.ref) else fail(f"there is no job {args.ref} that a server has claimed")
