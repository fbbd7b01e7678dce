"""What do people do when something happened: held interactions go to customers who came."""

from collections.abc import Sequence
from datetime import datetime

from loopwell.journal.rules import Record, consumer
from loopwell.people.operations.held import customers_came


@consumer("people", types={"customer.changed", "customers.imported"})
def take_what_waited(records: Sequence[Record], now: datetime) -> None:
    """Idempotent: what was taken no longer waits."""
    customers_came({number for record in records for number in record.ids}, now)
