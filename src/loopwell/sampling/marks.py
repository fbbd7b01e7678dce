"""When did a person open an invitation's page, and when did a machine open all its links?"""

from datetime import datetime

from loopwell.sampling.models import Invitation


def mark_started(*, ref: str, now: datetime) -> None:
    """The first time stays."""
    Invitation.objects.filter(ref=ref, started_at=None).update(started_at=now)


def mark_scanned(*, ref: str, now: datetime) -> None:
    """The last time counts: scanners come back."""
    Invitation.objects.filter(ref=ref).update(scanned_at=now)
