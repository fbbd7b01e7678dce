"""Which comments are read as they come?"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from loopwell.journal.rules import Record, consumer
from loopwell.kit.among import among
from loopwell.responses.models import Response
from loopwell.themes.operations.asking import ask_later
from loopwell.themes.operations.reading import never_read, read_comments
from loopwell.themes.operations.ruling import CHUNK, never_spoke, read_by_rules
from loopwell.themes.rules.lemmas import open_dictionaries

READ = {"response.recorded", "response.changed", "responses.imported"}
BATCH = 1_000


@consumer("themes.model", types=READ, batch=BATCH, outside=True)
def read_by_model(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: mentions become what the version in use says."""
    silent = never_read()
    for ids in _portions(records, BATCH):
        if not silent:
            read_comments(ids, now)
        ask_later(ids, now)


@consumer("themes.rules", types=READ, batch=CHUNK, outside=True)
def follow_rules(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: mentions become what the rules that are on say."""
    if never_spoke():
        return
    open_dictionaries()  # before the database is locked: building them takes seconds
    for ids in _portions(records, CHUNK):
        read_by_rules(now, ids)


def _portions(records: Sequence[Record], size: int) -> Iterator[list[int]]:
    """The answers told of, in order; of an import's thousands only those with a comment."""
    ids: set[int] = set()
    for record in records:
        if record.type == "responses.imported":
            rows = Response.objects.filter(among("pk", record.ids)).exclude(comment="")
            ids.update(rows.values_list("pk", flat=True))
        else:
            ids.add(record.subject_id)
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
