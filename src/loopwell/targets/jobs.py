"""The job that tries or imports a file of key figures or of targets."""

from datetime import datetime
from typing import Any

from loopwell.jobs.rules import Running, job
from loopwell.people.enums import UploadKind
from loopwell.people.jobs import run_upload
from loopwell.targets.importing import figures_for, targets_for


@job("targets.import")
def import_targets(running: Running, now: datetime) -> dict[str, Any]:
    makers: dict[str, Any] = {
        UploadKind.KEY_FIGURES: figures_for,
        UploadKind.TARGETS: targets_for,
    }
    return run_upload(running, now, makers)
