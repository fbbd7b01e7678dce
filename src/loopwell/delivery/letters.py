"""What does one customer's message look like: headers, text, HTML?"""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from loopwell.access.queries import root_unit
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.sampling.links import token_of
from loopwell.surveys.models import Version
from loopwell.surveys.rules import filled, language_for, texts_for

PREVIEW_TOKEN = "preview"  # noqa: S105 leads nowhere on purpose
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
MESSAGE_HEADER = "X-Loopwell-Message"


@dataclass(frozen=True)
class Letter:
    """A message's words, ready to be looked at or sent."""

    subject: str
    text: str
    html: str
    language: str
    unsubscribe_url: str


def company_name() -> str:
    """The root unit's name: in whose name we write."""
    company = root_unit()
    return company.name if company else "Loopwell"


def write_letter(
    *, version: Version, purpose: Purpose, language: str, name: str, token: str, company: str
) -> Letter:
    """The words for one customer; the same for a preview as for the real message."""
    shown = language_for(version, language)
    texts = filled(texts_for(version, shown), company=company, name=name)
    reminder = purpose == Purpose.REMINDER
    greeting = texts["reminder_greeting" if reminder else "greeting"]
    address = f"{settings.BASE_URL}/r/{token}/"
    context = {
        "texts": texts,
        "language": shown,
        "direction": "rtl" if shown in RIGHT_TO_LEFT else "ltr",
        "company": company,
        "paragraphs": [part.split("\n") for part in greeting.split("\n\n") if part.strip()],
        "scores": [(score, f"{address}?score={score}") for score in range(11)],
        "address": address,
        "unsubscribe_url": f"{address}unsubscribe/",
    }
    with translation.override(shown):
        return Letter(
            subject=" ".join(texts["reminder_subject" if reminder else "subject"].split()),
            text=render_to_string("delivery/letter.txt", {**context, "greeting": greeting}),
            html=render_to_string("delivery/letter.html", context),
            language=shown,
            unsubscribe_url=str(context["unsubscribe_url"]),
        )


def preview_letter(
    *, version: Version, purpose: Purpose, language: str, name: str, company: str
) -> Letter:
    """As `write_letter`, with links that lead nowhere."""
    return write_letter(
        version=version,
        purpose=purpose,
        language=language,
        name=name,
        token=PREVIEW_TOKEN,
        company=company,
    )


def mail_for(message: Message, company: str, *, preview: bool = False) -> EmailMultiAlternatives:
    """The message as it leaves (a preview without its signed links). Names and subjects are
    folded to one line before they become headers; what Django still finds unfit raises
    ValueError."""
    invitation = message.invitation
    name = " ".join(invitation.customer.name.split())
    letter = write_letter(
        version=invitation.version,
        purpose=Purpose(message.purpose),
        language=invitation.language,
        name=name,
        token=PREVIEW_TOKEN if preview else token_of(invitation.ref),
        company=company,
    )
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(company),
        to=[formataddr((name, message.to)) if name else message.to],
        headers={
            "Message-ID": message_id_of(message),
            MESSAGE_HEADER: message.ref,
            "List-Unsubscribe": f"<{letter.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "Content-Language": letter.language,
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def message_id_of(message: Message) -> str:
    """Carries the message's ref, by which bounce reports are matched."""
    return f"<{message.ref}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def sender(company: str) -> str:
    """The configured sender; where it has no name of its own, customers read the company's."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr(
        (name if name not in ("", "Loopwell") else " ".join(company.split()), address)
    )
