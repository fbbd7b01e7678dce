"""Does the demo company ask again after a call, and what does a call cost it?"""

from datetime import datetime
from decimal import Decimal

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Policy
from loopwell.cases.operations.asking_again import ask_again

HOUR_COST, MINUTES = Decimal(26), 14


def load_recovery(now: datetime) -> None:
    """The company's policy stays as it is where somebody has set one."""
    if not Policy.objects.exists():
        Policy.objects.create(hour_cost=HOUR_COST, currency="EUR", call_minutes=MINUTES)
    ask_again(actor=SYSTEM, now=now, days=30, is_demo=True)
