"""Which events bring answers about brands?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.benchmarks.operations import follow_answers
from loopwell.journal.rules import Record, consumer


@consumer("benchmarks", types={"response.recorded", "response.changed", "responses.imported"})
def follow(records: Sequence[Record], now: datetime) -> None:
    follow_answers({pk for record in records for pk in record.ids})
