"""Which addresses of ours must be given to providers, and what would an SMS look like?"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import PREVIEW_TOKEN, company_name
from loopwell.integrations.esp.views import is_signed, password
from loopwell.integrations.secrets import USER, hook_secret
from loopwell.integrations.sms.segments import Size, size_of
from loopwell.integrations.sms.text import sms_words
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.wording.spoken import SPOKEN


@dataclass(frozen=True)
class Hook:
    """`what` is told to this address."""

    key: str
    what: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Preview:
    language: str
    text: str
    size: Size


def hooks_of(channel: str) -> list[Hook]:
    """What to copy to the provider that is set up; nothing without one."""
    if channel == "email" and settings.EMAIL_ESP:
        return [_mail_hook(settings.EMAIL_ESP), _reply_hook(settings.EMAIL_ESP)]
    if channel == "sms" and settings.SMS_URL.startswith("twilio://"):
        base = f"{settings.BASE_URL}/hooks/twilio"
        return [Hook("reply", _("Replies of customers (STOP)"), f"{base}/reply/")]
    if channel == "sms" and settings.SMS_URL:
        base = f"{settings.BASE_URL}/hooks/sms_http/{hook_secret('sms_http')}"
        return [
            Hook("status", _("Whether a text arrived"), f"{base}/status/"),
            Hook("reply", _("Replies of customers (STOP)"), f"{base}/reply/"),
        ]
    return []


def _mail_hook(provider: str) -> Hook:
    what = _("Delivered, opened, clicked, bounced, complained")
    path = f"/hooks/esp/{provider}/tracking/"
    if is_signed(provider):
        return Hook("mail", what, f"{settings.BASE_URL}{path}")
    if provider == "mailgun":
        note = _("First set LOOPWELL_EMAIL_WEBHOOK_KEY to Mailgun’s HTTP webhook signing key.")
        return Hook("mail", what, f"{settings.BASE_URL}{path}", note)
    parts = urlsplit(settings.BASE_URL)
    return Hook("mail", what, f"{parts.scheme}://{USER}:{password()}@{parts.netloc}{path}")


def _reply_hook(provider: str) -> Hook:
    what = _("Replies of customers to letters (inbound mail)")
    path = f"/hooks/esp/{provider}/inbound/"
    if provider == "mailgun":
        return Hook("replies", what, f"{settings.BASE_URL}{path}")
    parts = urlsplit(settings.BASE_URL)
    return Hook("replies", what, f"{parts.scheme}://{USER}:{password()}@{parts.netloc}{path}")


def sms_sizes(version: Version, language: str) -> dict[str, Size]:
    """What a survey's own SMS and its reminder cost in one language, the link included."""
    company = company_name()
    purposes = {"sms": Purpose.INVITATION, "sms_reminder": Purpose.REMINDER}
    return {key: _size(version, purpose, language, company) for key, purpose in purposes.items()}


def _size(version: Version, purpose: Purpose, language: str, company: str) -> Size:
    return size_of(
        sms_words(
            version=version,
            purpose=purpose,
            language=language,
            name="",
            token=PREVIEW_TOKEN.ljust(34, "x"),
            company=company,
        )
    )


def sms_preview() -> list[Preview]:
    """Our own words in every language, with what they cost."""
    company = company_name()
    asked = get_language() or "en"
    found = []
    for language in sorted(SPOKEN, key=lambda code: (code != asked[:2], code)):
        version = Version(
            texts={language: {}}, default_language=language, survey=Survey(kind="relationship")
        )
        text = sms_words(
            version=version,
            purpose=Purpose.INVITATION,
            language=language,
            name="",
            token=PREVIEW_TOKEN.ljust(34, "x"),
            company=company,
        )
        found.append(Preview(language, text, size_of(text)))
    return found
