"""Which events change the facts?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from loopwell.insights.operations import refresh
from loopwell.journal.rules import Record, consumer

TYPES = frozenset(
    {
        "response.recorded",
        "response.changed",
        "invitation.planned",
        "invitation.sent",
        "invitation.bounced",
        "invitation.declined",
        "case.opened",
        "case.assigned",
        "case.attempted",
        "case.closed",
        "case.reopened",
    }
)


@consumer("insights", TYPES, outside=True)
def follow(records: Sequence[Record], now: datetime) -> None:
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for record in records:
        ids[record.subject].add(record.subject_id)
    refresh(ids)
