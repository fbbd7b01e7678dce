"""Which comments are read as they come?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.journal.rules import Record, consumer
from loopwell.themes.operations.reading import read_comments

BATCH = 2_000


@consumer("themes.model", types={"response.recorded", "response.changed"}, batch=BATCH)
def read_by_model(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: mentions become what the version in use says."""
    read_comments(sorted({record.subject_id for record in records}), now)
