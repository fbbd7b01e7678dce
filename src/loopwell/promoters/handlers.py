"""Who becomes a promoter, or stops being one, as answers come?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.journal.rules import Record, consumer
from loopwell.promoters.operations import follow_answers


@consumer("promoters", types={"response.recorded", "response.changed"})
def follow(records: Sequence[Record], now: datetime) -> None:
    """Answers brought by an import are history: nobody thanks for them now."""
    ids = {record.subject_id for record in records if not record.payload.get("imported")}
    if ids:
        follow_answers(ids)
