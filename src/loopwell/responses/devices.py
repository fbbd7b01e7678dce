"""Has this device answered through this link today, without knowing whose it is?"""

import base64
from datetime import UTC, date, datetime, timedelta

from django.utils.crypto import salted_hmac

from loopwell.jobs.rules import recurring
from loopwell.responses.models import Footprint

SALT = "loopwell.responses.devices"


def seen_before(*, link_id: int, device: str, now: datetime) -> bool:
    """Notes the device and says whether it was noted before; an unknown device never was."""
    if not device:
        return False
    today = now.astimezone(UTC).date()
    _row, fresh = Footprint.objects.get_or_create(
        link_id=link_id, digest=_digest(device, today), defaults={"on": today}
    )
    return not fresh


def _digest(device: str, today: date) -> str:
    """The salt is the day's: the same device has another digest tomorrow."""
    mac = salted_hmac(f"{SALT}.{today.isoformat()}", device, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


@recurring("responses.forget_devices", every=timedelta(hours=1))
def forget(now: datetime) -> int:
    """Drops the digests of days gone by."""
    today = now.astimezone(UTC).date()
    return Footprint.objects.filter(on__lt=today).delete()[0]
