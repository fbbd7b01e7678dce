"""How is a file received, mapped, tried and imported?"""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.ids import new_ref
from loopwell.people.enums import UploadKind
from loopwell.people.models import Upload
from loopwell.people.rules.fields import PROPERTY
from loopwell.people.rules.properties import check_property_name

LONGEST_STEM = 120  # bytes
LARGEST = 500 * 1024 * 1024
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
KINDS_OF_JOB = {
    UploadKind.CUSTOMERS: "people.import",
    UploadKind.ACCOUNTS: "people.import",
    UploadKind.INTERACTIONS: "people.import",
    UploadKind.ANSWERS: "responses.import",
    UploadKind.PANEL: "benchmarks.import",
    UploadKind.KEY_FIGURES: "targets.import",
    UploadKind.TARGETS: "targets.import",
    UploadKind.REPORTS: "themes.import",
}


class BadUpload(Invalid):
    """A file that is too large or of no kind we read."""


class StillRunning(Conflict):
    """The upload is being imported already."""


def receive_upload(*, actor: Actor, now: datetime, kind: UploadKind, file: "File[bytes]") -> Upload:
    """Keeps the file in the data folder without holding it in memory."""
    require(actor, Right.IMPORT_DATA)
    name = Path(file.name or "upload").name
    if (file.size or 0) > LARGEST:
        _refuse(_("The file is larger than 500 MB: split it."))
    if Path(name).suffix.lower() not in ENDINGS:
        _refuse(_("Bring a CSV, TSV, XLSX or Parquet file."))
    ref = new_ref()
    place = Path("imports") / ref / _file_name(name)
    target = Path(settings.MEDIA_ROOT) / place
    target.parent.mkdir(parents=True, exist_ok=True)
    if hasattr(file, "temporary_file_path"):
        shutil.copyfile(file.temporary_file_path(), target)
    else:
        with target.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    owner = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    return Upload.objects.create(
        ref=ref, kind=kind, filename=name[:255], path=str(place), created_by=owner, created_at=now
    )


def choose_mapping(
    *, actor: Actor, upload: Upload, mapping: Mapping[str, str], options: Mapping[str, Any]
) -> Upload:
    """Sets which column fills which field; a trial of an older mapping no longer counts.

    Raises StillRunning while the file is worked on: a run that goes on after a crash must find
    the mapping it began with.
    """
    require(actor, Right.IMPORT_DATA)
    _refuse_running(upload)
    for name in mapping:
        if name.startswith(PROPERTY):
            check_property_name(name.removeprefix(PROPERTY))
    upload.mapping = {name: column for name, column in mapping.items() if column}
    upload.options = dict(options)
    upload.trial = {}
    upload.save(update_fields=["mapping", "options", "trial"])
    return upload


def start_trial(*, actor: Actor, now: datetime, upload: Upload) -> Job:
    return _start(actor, now, upload, write=False)


def start_import(*, actor: Actor, now: datetime, upload: Upload) -> Job:
    """Starts the import; raises StillRunning while an earlier run of the upload goes on."""
    return _start(actor, now, upload, write=True)


def _start(actor: Actor, now: datetime, upload: Upload, *, write: bool) -> Job:
    require(actor, Right.IMPORT_DATA)
    _refuse_running(upload)
    if not upload.mapping:
        _refuse(_("Say first which column is what."))
    kind = KINDS_OF_JOB[UploadKind(upload.kind)]
    job = enqueue(kind=kind, args={"upload": upload.ref, "write": write}, actor=actor, now=now)
    upload.job_ref = job.ref
    upload.save(update_fields=["job_ref"])
    return job


def _refuse_running(upload: Upload) -> None:
    running = Job.objects.filter(ref=upload.job_ref, finished_at=None, failed_at=None)
    if upload.job_ref and running.exists():
        raise StillRunning(_("This file is being worked on already: wait for it to end."))


def _file_name(name: str) -> str:
    """The name the person knows, which sentences about the file quote, short enough for disks."""
    path = Path("".join(c for c in name if c.isprintable()))
    stem = path.stem.encode(errors="ignore")[:LONGEST_STEM].decode(errors="ignore")
    return f"{stem}{path.suffix.lower()}"


def _refuse(message: str) -> None:
    raise BadUpload(message, fields={"file": [message]})
