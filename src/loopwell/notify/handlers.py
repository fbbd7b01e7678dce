"""What happened that people must be told of?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.journal.rules import EVERY_TYPE, Record, consumer
from loopwell.notify.planning import file_alarms, turns, wanted_from


@consumer("notify", types=EVERY_TYPE)
def plan_alarms(records: Sequence[Record], now: datetime) -> None:
    """One alarm for each person and thing, however often the journal is read."""
    file_alarms([*wanted_from(records), *turns(records)], now)
