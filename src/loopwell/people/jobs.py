"""Which work on people runs later: trials and imports of files, forgetting kept replies."""

from datetime import datetime, timedelta
from typing import Any

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.jobs.rules import PermanentFailure, Running, job, recurring
from loopwell.kit.errors import ExpectedError
from loopwell.people.enums import UploadKind
from loopwell.people.importing.kinds import accounts_for, customers_for, interactions_for
from loopwell.people.importing.runner import Make, Run, finish
from loopwell.people.models import Upload
from loopwell.people.operations.held import create_all_held
from loopwell.people.operations.replies import forget_replies


def run_upload(running: Running, now: datetime, makers: dict[str, Any]) -> dict[str, Any]:
    """A trial or an import, by the rights its uploader has now; what cannot be mended by
    trying again fails at once, with the sentence for a person."""
    upload = Upload.objects.select_related("created_by").filter(ref=running.args["upload"]).first()
    if upload is None:
        raise PermanentFailure("the upload is gone")
    actor = actor_of(upload.created_by)
    write = bool(running.args["write"])
    make: Make = makers[upload.kind](actor)
    try:
        require(actor, Right.IMPORT_DATA)
        outcome = Run(
            upload=upload,
            make=make,
            write=write,
            job_ref=running.ref,
            now=now,
            progress=running.progress,
            language=upload.created_by.language if upload.created_by else "",
        ).go()
    except ExpectedError as error:
        raise PermanentFailure(str(error)) from error
    finish(upload, outcome, write=write)
    return {"counts": outcome["counts"]}


def actor_of(user: User | None) -> Actor:
    """Whoever brought the file; the command line, which needs the machine, is the system."""
    return actor_for(user) if user is not None else SYSTEM


@job("people.import", apart=True)
def import_people(running: Running, now: datetime) -> dict[str, Any]:
    makers: dict[str, Any] = {
        UploadKind.CUSTOMERS: customers_for,
        UploadKind.ACCOUNTS: accounts_for,
        UploadKind.INTERACTIONS: interactions_for,
    }
    return run_upload(running, now, makers)


@job("people.create_held")
def create_held(running: Running, now: datetime) -> dict[str, Any]:
    """By the rights of whoever asked for it, as they are now; what was taken is taken once."""
    actor = actor_of(User.objects.filter(pk=running.args["user"] or 0).first())
    taken, left = create_all_held(actor=actor, now=now)
    return {"taken": taken, "left": left}


@recurring("people.replies", every=timedelta(hours=1))
def forget_old_replies(now: datetime) -> object:
    return forget_replies(now)
