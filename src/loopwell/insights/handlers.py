"""Which events change the facts?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from loopwell.insights.operations import follow_units, refresh
from loopwell.journal.rules import Record, consumer

MOST = 50_000
"""Subjects at once: while somebody imports, the database is locked nearly all the time on SQLite,
and moving the cursor waits for a gap."""
TYPES = frozenset(
    {
        "response.recorded",
        "responses.imported",
        "response.changed",
        "invitation.planned",
        "invitation.sent",
        "invitation.bounced",
        "invitation.declined",
        "case.opened",
        "case.assigned",
        "case.attempted",
        "case.closed",
        "case.merged",
        "case.reopened",
        "redress.given",
        "redress.decided",
        "wave.weighted",
        "case.joined",
        "account.changed",
        "customer.changed",
        "theme.merged",
        "theme.changed",
        "response.coded",
        "access.changed",
    }
)


@consumer("insights", TYPES, outside=True, batch=MOST)
def follow(records: Sequence[Record], now: datetime) -> None:
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for record in records:
        if record.type == "access.changed":
            if _moves_facts(record):
                follow_units(now=now, entry_id=record.id)
        elif not record.payload.get("created"):  # who is new has no answers yet
            ids[record.subject].update(record.ids)
    if ids:
        refresh(ids, now)


def _moves_facts(record: Record) -> bool:
    """Facts hold where a unit hangs and its clock, nothing else of access."""
    what = record.payload.get("what")
    return what == "unit.moved" or (what == "unit.changed" and "time_zone" in record.payload)
