"""Which endpoints want to hear of what happened?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.integrations.webhooks.models import Delivery, Endpoint
from loopwell.integrations.webhooks.payloads import Told, told_of
from loopwell.integrations.webhooks.rules import TYPES
from loopwell.journal.rules import Record, consumer


@consumer("webhooks", types=TYPES)
def plan_deliveries(records: Sequence[Record], now: datetime) -> None:
    """One for each endpoint and event; a paused endpoint's wait, one switched off gets none."""
    endpoints = list(Endpoint.objects.filter(is_on=True).select_related("unit"))
    wanted = {each for endpoint in endpoints for each in endpoint.types}
    told = told_of([record for record in records if record.type in wanted])
    Delivery.objects.bulk_create(
        [
            Delivery(
                endpoint=endpoint,
                entry_id=each.record.id,
                type=each.record.type,
                body=each.body(with_comments=endpoint.with_comments),
                created_at=now,
                next_at=now,
            )
            for endpoint in endpoints
            for each in told
            if _wants(endpoint, each)
        ],
        ignore_conflicts=True,
    )


def _wants(endpoint: Endpoint, told: Told) -> bool:
    """The whole company also hears of what belongs to no unit."""
    if told.record.type not in endpoint.types or told.record.at < endpoint.created_at:
        return False
    return endpoint.unit.parent_id is None or told.unit_path.startswith(endpoint.unit.path)
