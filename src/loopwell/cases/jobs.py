"""What do cases do by the clock?"""

from datetime import datetime, timedelta

from loopwell.cases.operations.posting import send_letters
from loopwell.cases.operations.silence import open_silences
from loopwell.jobs.rules import recurring


@recurring("cases.silence", every=timedelta(minutes=15))
def call_the_silent(now: datetime) -> int:
    """Opens cases about people who decide and let their time to answer pass."""
    return open_silences(now)


@recurring("cases.letters", every=timedelta(seconds=2))
def send_waiting_letters(now: datetime) -> int:
    return send_letters(now)
