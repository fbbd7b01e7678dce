"""Which comments are read as they come?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.journal.rules import Record, consumer
from loopwell.themes.operations.asking import ask_later
from loopwell.themes.operations.reading import read_comments
from loopwell.themes.operations.ruling import CHUNK, read_by_rules
from loopwell.themes.rules.lemmas import open_dictionaries

READ = {"response.recorded", "response.changed"}
BATCH = 1_000


@consumer("themes.model", types=READ, batch=BATCH, outside=True)
def read_by_model(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: mentions become what the version in use says."""
    ids = sorted({record.subject_id for record in records})
    read_comments(ids, now)
    ask_later(ids, now)


@consumer("themes.rules", types=READ, batch=CHUNK, outside=True)
def follow_rules(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: mentions become what the rules that are on say."""
    open_dictionaries()  # before the database is locked: building them takes seconds
    read_by_rules(now, sorted({record.subject_id for record in records}))
