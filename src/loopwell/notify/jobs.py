"""When do alarms leave? Every two seconds, what waits."""

from datetime import datetime, timedelta

from loopwell.jobs.rules import recurring
from loopwell.notify.sending import send_alarms


@recurring("notify.alarms", every=timedelta(seconds=2))
def send_waiting_alarms(now: datetime) -> None:
    send_alarms(now)
