"""How do texts leave: through which provider, or into files while none is set up?"""

from collections.abc import Callable
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.delivery.channels import Channel, register
from loopwell.delivery.transports import Files, Result, Transport
from loopwell.integrations.sms.text import Text, preview_of, text_for
from loopwell.sampling.enums import Channel as Ours

PROVIDERS: dict[str, Callable[[], Transport]] = {}
"""By the scheme of LOOPWELL_SMS_URL; each provider's folder puts its own in."""


class TextFiles(Files):
    """Writes each text to a file that the outbox page shows."""

    def send(self, mail: Text, ref: str) -> Result:
        written = EmailMessage()
        written["To"] = mail.to
        written["X-Loopwell-Channel"] = "sms"
        written.set_content(mail.text)
        return self.keep(written.as_bytes(), ref)


def scheme() -> str:
    return str(settings.SMS_URL).partition("://")[0]


def _transport() -> Transport:
    return PROVIDERS[scheme()]() if settings.SMS_URL else TextFiles(settings.OUTBOX_DIR)


def provider() -> str:
    """Who carries texts, in a word."""
    if not settings.SMS_URL:
        return ""
    if scheme() == "twilio":
        return "Twilio"
    return str(settings.SMS_URL).partition("://")[2].partition("/")[0].rpartition("@")[2]


register(
    Channel(
        name=Ours.SMS.value,
        label=_("SMS"),
        address="phone",
        write=text_for,
        words=preview_of,
        transport=_transport,
        set_up=lambda: bool(settings.SMS_URL),
        provider=provider,
    )
)
