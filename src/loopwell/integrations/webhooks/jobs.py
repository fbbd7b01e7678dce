"""When are webhooks sent, and when are old ones cleared away?"""

from datetime import datetime, timedelta

from loopwell.integrations.webhooks.models import Delivery
from loopwell.integrations.webhooks.rules import KEPT_FOR
from loopwell.integrations.webhooks.sending import send_deliveries
from loopwell.jobs.rules import recurring


@recurring("webhooks.send", every=timedelta(seconds=2))
def send_waiting(now: datetime) -> None:
    send_deliveries(now)


@recurring("webhooks.clear", every=timedelta(hours=1))
def clear_old(now: datetime) -> None:
    """What arrived is kept for a month; what did not, until somebody decides."""
    old = Delivery.objects.filter(delivered_at__lt=now - KEPT_FOR).order_by("pk")[:2000]
    Delivery.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
