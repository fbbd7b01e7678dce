"""Which cases do answers open and change, and which go on when people leave?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.cases.operations import note_changes, open_cases, pass_on, pass_on_praise
from loopwell.cases.operations.asking_again import leave_in_history
from loopwell.journal.rules import Record, consumer

LOSING = frozenset({"person.deactivated", "roles.changed"})


@consumer("cases", types={"response.recorded", "response.changed", "access.changed"})
def follow(records: Sequence[Record], now: datetime) -> None:
    follow_answers([r for r in records if r.subject == "response"], now)
    people = {r.subject_id for r in records if r.payload.get("what") in LOSING}
    if people:
        pass_on(now=now, user_ids=people)


def follow_answers(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: a case exists once for an answer, and takes note only of differences."""
    answered: dict[int, datetime] = {}
    for record in records:
        answered.setdefault(record.subject_id, record.at)
    changed = {r.subject_id for r in records if r.type == "response.changed"}
    if changed:
        note_changes(now=now, response_ids=changed)
    if answered:
        open_cases(now=now, answered=answered)


@consumer("cases.asking_again", types={"case.closed"})
def remember_talks(records: Sequence[Record], now: datetime) -> None:
    """What the programme that asks again waits for; idempotent by the closure."""
    closures = [r.payload["closure"] for r in records if "closure" in r.payload]  # merged: none
    leave_in_history(now=now, closures=closures)


@consumer("cases.praise", types={"response.recorded", "response.changed"})
def praise(records: Sequence[Record], now: datetime) -> None:
    """What was imported from another system is history; idempotent by the note of praise."""
    fresh = [record.subject_id for record in records if not record.payload.get("imported")]
    if fresh:
        pass_on_praise(now=now, response_ids=fresh)
