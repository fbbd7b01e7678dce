"""`loopwell bounces`: which messages of ours did not arrive, according to delivery reports?"""

import argparse
import sys
from pathlib import Path

from loopwell.config.commands.setting_up import fail, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Reads one delivery report (RFC 3464), as a mail system pipes it, and records the "
        "bounce: the address is not used again. Mail that is no report of ours is refused with "
        "exit code 65, so that the mail system can deal with it otherwise."
    )
    parser.add_argument("file", help="the raw mail, or - to read it from the standard input")


def run(args: argparse.Namespace) -> int:
    prepare(migrate=False)
    from django.utils import timezone

    from loopwell.delivery.operations import record_bounce
    from loopwell.delivery.rules import NotABounce, read_bounce
    from loopwell.kit.errors import NotFound

    try:
        raw = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        return fail(f"the report cannot be read: {error}", code=66)
    try:
        bounce = read_bounce(raw)
        message = record_bounce(
            message_ref=bounce.message_ref,
            permanent=bounce.permanent,
            detail=bounce.detail,
            now=timezone.now(),
        )
    except (NotABounce, NotFound) as error:
        return fail(f"nothing recorded: {error}", code=65)
    what = "will not be written to again" if bounce.permanent else "temporary, noted"
    print(f"{message.to}: {what} ({bounce.detail})")
    return 0
