"""The job that tries or imports a file of historic answers."""

from datetime import datetime
from typing import Any

from loopwell.jobs.rules import Running, job
from loopwell.people.enums import UploadKind
from loopwell.people.jobs import run_upload
from loopwell.responses.historic.importer import answers_for


@job("responses.import", apart=True)
def import_answers(running: Running, now: datetime) -> dict[str, Any]:
    return run_upload(running, now, {UploadKind.ANSWERS: answers_for})
