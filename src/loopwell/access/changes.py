"""How is it written down who changed whose access? Through whoever keeps the record.

The journal stands beside this app and imports it, so the journal registers itself here (in
its `ready()`) rather than being imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from loopwell.access.rules import Actor


@dataclass(frozen=True)
class Change:
    """What became different: `what` is a verb phrase ("roles.changed"), `details` small facts."""

    what: str
    subject: str
    subject_id: int
    details: Mapping[str, Any] = field(default_factory=dict)


class Recorder(Protocol):
    def __call__(self, *, actor: Actor, now: datetime, change: Change) -> None: ...


_recorders: list[Recorder] = []


def record_with(recorder: Recorder) -> None:
    """Every change is told to `recorder`, inside the transaction that makes it."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def record(*, actor: Actor, now: datetime, change: Change) -> None:
    for recorder in _recorders:
        recorder(actor=actor, now=now, change=change)
