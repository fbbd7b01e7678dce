"""The job that tries or imports a panel's file."""

from datetime import datetime
from typing import Any

from loopwell.benchmarks.importing import panels_for
from loopwell.jobs.rules import Running, job
from loopwell.people.enums import UploadKind
from loopwell.people.jobs import run_upload


@job("benchmarks.import")
def import_panel(running: Running, now: datetime) -> dict[str, Any]:
    return run_upload(running, now, {UploadKind.PANEL: panels_for})
