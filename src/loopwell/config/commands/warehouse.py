"""`loopwell warehouse`: are the numbers those of the answers, and how are they built anew?"""

import argparse
import time
from typing import TYPE_CHECKING

from loopwell.config.commands.setting_up import fail, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from loopwell.insights.checking import Compared
    from loopwell.jobs.models import Job

NOBODY = 30.0
"""Seconds without a sign of the running server after which we stop waiting for it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "The facts behind the numbers: they can always be rebuilt."
    parser.add_argument(
        "what",
        choices=["rebuild", "check", "status"],
        help="rebuild: all facts anew; check: compare them with the answers; status: how far "
        "they are behind",
    )


def run(args: argparse.Namespace) -> int:
    prepare()
    from loopwell.kit.errors import ExpectedError

    steps = {"rebuild": _rebuild, "check": _check, "status": _status}
    try:
        return steps[args.what]()
    except ExpectedError as error:
        return fail(str(error))


def _rebuild() -> int:
    from django.utils import timezone
    from rich.progress import Progress

    from loopwell.access.rules import SYSTEM
    from loopwell.insights.operations import rebuild, start_rebuild
    from loopwell.insights.warehouse import WarehouseBusy

    now, began = timezone.now(), time.monotonic()
    with Progress() as bar:
        task = bar.add_task("Facts", total=None)

        def show(done: int, total: int, note: str) -> None:
            bar.update(task, completed=done, total=total, description=note or "Facts")

        try:
            count = rebuild(actor=SYSTEM, now=now, progress=show, patience=0)
        except WarehouseBusy:
            bar.console.print("The running server holds the file and does the work.")
            job = _watch(start_rebuild(actor=SYSTEM, now=now), show)
            count = int(job.result.get("facts", 0))
    print(f"{count:,} facts written in {time.monotonic() - began:.1f} s.")
    return 0


def _check() -> int:
    from django.utils import timezone
    from rich.progress import Progress

    from loopwell.access.rules import SYSTEM
    from loopwell.insights.checking import Compared, check
    from loopwell.insights.operations import start_check
    from loopwell.insights.warehouse import WarehouseBusy

    with Progress() as bar:
        task = bar.add_task("Facts", total=None)

        def show(done: int, total: int, note: str) -> None:
            bar.update(task, completed=done, total=total, description=note or "Facts")

        try:
            found = check(SYSTEM, patience=0, progress=show)
        except WarehouseBusy:
            job = _watch(start_check(actor=SYSTEM, now=timezone.now()), show)
            found = [Compared.from_json(told) for told in job.result["tables"]]
    return _tell(found)


def _tell(found: list["Compared"]) -> int:
    for each in found:
        print(
            f"{'ok ' if each.agrees else 'BAD'} {each.table:<12} "
            f"truth {each.truth:>12,}   warehouse {each.warehouse:>12,}"
        )
        for part in each.differences:
            where = f" (column {part.column})" if part.column else ""
            print(
                f"    {part.first:,}–{part.last:,}: {part.missing:,} missing, {part.surplus:,} too "
                f"many, {part.other:,} otherwise; for example {part.example}{where}"
            )
    if all(each.agrees for each in found):
        return 0
    return fail("the facts differ from the answers: wait some seconds, or rebuild them.")


def _status() -> int:
    from django.conf import settings
    from django.utils import timezone

    from loopwell.insights.queries import facts_kept, lag, last_rebuild
    from loopwell.insights.warehouse import WarehouseBusy

    now = timezone.now()
    behind, built = lag(now), last_rebuild()
    kind = settings.WAREHOUSE_URL.split(":")[0]
    print(f"Engine: {kind}. {behind.waiting:,} events wait, the oldest {behind.seconds:.0f} s.")
    if built is not None:
        print(f"Last built anew by the server: {built:%Y-%m-%d %H:%M} UTC.")
    _tell_misfits()
    try:
        for table, rows in facts_kept(patience=0).items():
            print(f"{table:<12} {rows:>14,}")
    except WarehouseBusy:
        print("The running server holds the file: its Status page shows more.")
    return 0


def _tell_misfits() -> None:
    """Among the customers that changed last."""
    from loopwell.access.rules import SYSTEM
    from loopwell.insights.properties import unfit
    from loopwell.people.enums import PropertyKind
    from loopwell.people.queries.carried import carried

    for each in carried(SYSTEM):
        kind = PropertyKind(each.property.kind)
        count = unfit(kind, each.values)
        if count:
            print(
                f"{count:,} of {each.known:,} values of “{each.property.label}” are no "
                f"{kind.label.lower()}: they count as unknown."
            )


def _watch(job: "Job", show: "Callable[[int, int, str], object]") -> "Job":
    """Follows a job that the running server does until it ends."""
    from loopwell.jobs.queries import job_by_ref
    from loopwell.kit.errors import Conflict

    quiet = time.monotonic()
    while True:
        seen = job_by_ref(job.ref)
        if seen.finished_at is not None:
            return seen
        if seen.failed_at is not None:
            raise Conflict(f"The server could not do it: {seen.error}")
        if seen.leased_until is not None:
            quiet = time.monotonic()
        elif time.monotonic() - quiet > NOBODY:
            raise Conflict("A process holds the file of the numbers but takes no work: restart it.")
        show(seen.done, seen.total or 1, seen.note)
        time.sleep(0.3)
