"""`loopwell demo`: how do the invented company's data come and go?"""

import argparse
import subprocess
import sys
import time

from loopwell.config.commands.setting_up import fail, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remove", action="store_true", help="delete the demo company again")


def run(args: argparse.Namespace) -> int:
    prepare()
    from loopwell.access.queries import root_unit

    if args.remove:
        from loopwell.demo.removing import remove

        print(f"Removed {remove():,} rows of the demo company.")
        return 0
    if root_unit() is not None:
        return fail(
            "There is a company already; the demo goes only into an empty installation. "
            "Use another LOOPWELL_DATA_DIR to look at it."
        )
    load_now()
    return 0


def load_if_empty() -> None:
    """Loads the demo company into an installation without units and people.

    A process of its own does it, so that the server starts without its memory and without
    holding the warehouse's file.
    """
    from loopwell.access.queries import root_unit

    if root_unit() is None:
        subprocess.run([sys.executable, "-m", "loopwell", "demo"], check=True)


def load_now() -> None:
    from django.utils import timezone

    from loopwell.demo.loading import load

    began = time.monotonic()
    print("Loading the demo company …", flush=True)
    counts = load(now=timezone.now())
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    print(f"  {told} in {time.monotonic() - began:.1f} s", flush=True)
