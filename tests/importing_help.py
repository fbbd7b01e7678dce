"""Runs a file through an import as the pages do, without a browser."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from loopwell.people.enums import UploadKind
from loopwell.people.importing.runner import Make, Run, finish
from loopwell.people.models import Upload


def brought(
    path: Path,
    kind: UploadKind,
    make: Make,
    mapping: dict[str, str],
    *,
    write: bool = True,
    **options: Any,
) -> dict[str, Any]:
    """The report of an import, or of a trial."""
    now = timezone.now()
    upload = Upload.objects.create(
        kind=kind, filename=path.name, path=str(path), mapping=mapping, options=options
    )
    report = Run(upload, make, write, "", now, lambda done, total, note: None).go()
    finish(upload, report, write=write)
    return report
