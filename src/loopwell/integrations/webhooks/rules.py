"""What can be heard of, how is it signed, and when is it tried again?"""

import base64
import secrets
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from standardwebhooks.webhooks import Webhook

VERSION = 1
TEST = "test.sent"
TYPES: dict[str, str | Promise] = {
    "response.recorded": _("A customer answered"),
    "response.changed": _("A customer changed an answer"),
    "case.opened": _("A case was opened"),
    "case.assigned": _("A case went to somebody else"),
    "case.attempted": _("A call was tried"),
    "case.escalated": _("A case was escalated"),
    "case.replied": _("A customer wrote back"),
    "case.closed": _("A case was closed"),
    "case.reopened": _("A case was reopened"),
    "customer.changed": _("A customer's data changed"),
    "account.changed": _("An account's data changed"),
}
PURPOSE = "webhook-secret"
SECONDS = 10.0
LEASE = timedelta(minutes=2)
OLD_SECRET_FOR = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)
GONE = 410
WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.1, 5, 30, 120, 300, 480, 480))
"""Between tries; together a day."""
TRIES = len(WAITS) + 1


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def wait_after(tries: int) -> timedelta:
    return WAITS[min(tries, len(WAITS)) - 1]


def signed(*, ref: str, body: str, secrets_in_use: list[str], now: datetime) -> dict[str, str]:
    """The headers of standardwebhooks.com; with two secrets while one is being replaced."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Loopwell-Webhooks/1",
        "webhook-id": ref,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(ref, now, body) for secret in secrets_in_use
        ),
    }
