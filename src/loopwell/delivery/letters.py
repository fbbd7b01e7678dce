"""What does one customer's message look like: headers, text, HTML?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.mime.image import MIMEImage
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from loopwell.access.queries import root_unit
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation
from loopwell.surveys.brand import Look, hides_us, look_for
from loopwell.surveys.models import Version
from loopwell.surveys.rules import fields_of, filled, language_for, texts_for

PREVIEW_TOKEN = "preview"  # noqa: S105 leads nowhere on purpose
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
MESSAGE_HEADER = "X-Loopwell-Message"
LOGO = "logo@loopwell"
_OF_THE_CONTACT = re.compile(r"\{(employee|unit|product|touchpoint|date|property\.)")


@dataclass(frozen=True)
class Letter:
    """A message's words, ready to be looked at or sent."""

    subject: str
    text: str
    html: str
    language: str
    unsubscribe_url: str


class Mail(EmailMultiAlternatives):
    """A mail whose attachments (the logo) belong to its HTML part instead of standing beside it:
    no paper clip, and mail programs show them without loading anything."""

    mixed_subtype = "related"


def company_name() -> str:
    """The root unit's name: in whose name we write."""
    company = root_unit()
    return company.name if company else "Loopwell"


def write_letter(
    *,
    version: Version,
    purpose: Purpose,
    language: str,
    name: str,
    token: str,
    company: str,
    fields: Mapping[str, str] | None = None,
    look: Look | None = None,
    logo_src: str = f"cid:{LOGO}",
    number: int = 1,
    unopened: bool = False,
) -> Letter:
    """The words for one customer; the same for a preview as for the real message, whose logo is
    a part of the mail. Of reminders `number` counts, and to whom is known not to have opened the
    invitation (`unopened`) its subject comes again: it is new to them."""
    kind = version.survey.kind
    look = look or look_for(kind)
    company = "" if hides_us(kind) else company
    shown = language_for(version, language)
    texts = filled(texts_for(version, shown), company=company, name=name, fields=fields)
    context = {
        **_said(texts, purpose, number, unopened),
        **_links(token),
        "language": shown,
        **_sides(shown),
        "company": company,
        "look": look,
        "logo_src": logo_src if look.logo else "",
    }
    with translation.override(shown):
        return Letter(
            subject=context["subject"],
            text=render_to_string("delivery/letter.txt", context),
            html=render_to_string("delivery/letter.html", context),
            language=shown,
            unsubscribe_url=context["unsubscribe_url"],
        )


def _said(
    texts: Mapping[str, str], purpose: Purpose, number: int, unopened: bool
) -> dict[str, Any]:
    subject, greeting = texts["subject"], texts["greeting"]
    if purpose == Purpose.REMINDER:
        own = "reminder2_" if number > 1 else "reminder_"
        again = texts.get(f"{own}subject") or texts["reminder_subject"]
        subject = subject if unopened else again
        greeting = texts.get(f"{own}greeting") or texts["reminder_greeting"]
    return {
        "texts": texts,
        "subject": " ".join(subject.split()),
        "greeting": greeting,
        "paragraphs": [part.split("\n") for part in greeting.split("\n\n") if part.strip()],
    }


def _links(token: str) -> dict[str, Any]:
    """`trap_url` is shown to nobody: whoever opens it follows every link there is."""
    address = f"{settings.BASE_URL}/r/{token}/"
    return {
        "address": address,
        "scores": [(score, f"{address}?score={score}") for score in range(11)],
        "trap_url": f"{address}all/",
        "unsubscribe_url": f"{address}unsubscribe/",
    }


def _sides(language: str) -> dict[str, str]:
    to_left = language in RIGHT_TO_LEFT
    start, end = ("right", "left") if to_left else ("left", "right")
    return {"direction": "rtl" if to_left else "ltr", "start": start, "end": end}


def preview_letter(
    *, version: Version, purpose: Purpose, language: str, name: str, company: str
) -> Letter:
    """As `write_letter`, with links that lead nowhere and the logo inside the HTML."""
    look = look_for(version.survey.kind)
    return write_letter(
        version=version,
        purpose=purpose,
        language=language,
        name=name,
        token=PREVIEW_TOKEN,
        company=company,
        look=look,
        logo_src=look.logo_data_uri,
    )


def mail_for(message: Message, company: str, *, preview: bool = False) -> EmailMultiAlternatives:
    """The message as it leaves (a preview without its signed links). Names and subjects are
    folded to one line before they become headers; what Django still finds unfit raises
    ValueError."""
    invitation = message.invitation
    version = invitation.version
    name = " ".join(invitation.customer.name.split())
    look = look_for(version.survey.kind)
    letter = write_letter(
        version=version,
        purpose=Purpose(message.purpose),
        language=invitation.language,
        name=name,
        token=PREVIEW_TOKEN if preview else token_of(invitation.ref),
        company=company,
        fields=_fields(invitation),
        look=look,
        number=message.number,
        unopened=_is_unopened(invitation),
    )
    from_us = _("Survey") if hides_us(version.survey.kind) else look.sender_name or company
    mail = Mail(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(from_us, chosen=bool(look.sender_name) or from_us != company),
        to=[formataddr((name, message.to)) if name else message.to],
        reply_to=[look.reply_to] if look.reply_to else None,
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
    if look.logo:
        mail.attach(_logo(look.logo))
    return mail


def _logo(png: bytes) -> MIMEImage:
    image = MIMEImage(png, "png")
    image.add_header("Content-ID", f"<{LOGO}>")
    image.add_header("Content-Disposition", "inline", filename="logo.png")
    return image


def _fields(invitation: Invitation) -> dict[str, str]:
    """What the texts may say about the customer's contact; nothing is read that none asks for."""
    version = invitation.version
    shown = language_for(version, invitation.language)
    if not any(map(_OF_THE_CONTACT.search, version.texts.get(shown, {}).values())):
        return {}
    happened = invitation.interaction.at if invitation.interaction else None
    with translation.override(shown):
        return fields_of(
            employee=invitation.employee.name if invitation.employee else "",
            unit=invitation.unit.name if invitation.unit else "",
            product=invitation.product,
            touchpoint=invitation.touchpoint or version.survey.touchpoint,
            on=happened.date() if happened else None,
            properties=invitation.properties,
        )


def letter_variant(message: Message) -> tuple[str, bool, bool]:
    """Which of the letters of a survey it is: what `mail_for` looks at besides the customer."""
    return message.purpose, message.number > 1, _is_unopened(message.invitation)


def _is_unopened(invitation: Invitation) -> bool:
    """Known only where the mail system tells what becomes of messages: it said that this one
    was delivered and not that it was opened."""
    seen = invitation.opened_at or invitation.started_at
    return invitation.delivered_at is not None and seen is None


def message_id_of(message: Message) -> str:
    """Carries the message's ref, by which bounce reports are matched."""
    return f"<{message.ref}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def sender(company: str, *, chosen: bool = False) -> str:
    """The configured sender; where it has no name of its own, or one was chosen for our look,
    customers read that."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    own = name not in ("", "Loopwell") and not chosen
    return formataddr((name if own else " ".join(company.split()), address))
