"""How does the journal learn of changes in access? It registers itself with that app."""

from datetime import datetime

from loopwell.access.changes import Change, record_with
from loopwell.access.rules import Actor
from loopwell.journal.operations import append
from loopwell.journal.rules import Event

ACCESS_CHANGED = "access.changed"


def write_down(*, actor: Actor, now: datetime, change: Change) -> None:
    payload = {"what": change.what, **change.details}
    event = Event(ACCESS_CHANGED, change.subject, change.subject_id, payload)
    append(actor=actor, now=now, events=[event])


def start() -> None:
    record_with(write_down)
