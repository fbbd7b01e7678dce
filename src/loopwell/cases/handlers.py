"""Which cases do new and changed answers open, and which do they change?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.cases.operations import note_changes, open_cases
from loopwell.journal.rules import Record, consumer


@consumer("cases", types={"response.recorded", "response.changed"})
def follow_answers(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: a case exists once for an answer, and takes note only of differences."""
    answered: dict[int, datetime] = {}
    for record in records:
        answered.setdefault(record.subject_id, record.at)
    changed = {r.subject_id for r in records if r.type == "response.changed"}
    if changed:
        note_changes(now=now, response_ids=changed)
    open_cases(now=now, answered=answered)
