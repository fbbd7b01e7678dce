"""Whom does delivery keep from being asked, and what does a bounce report say?"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from loopwell.delivery.models import Suppression
from loopwell.kit.ids import ALPHABET, LENGTH
from loopwell.sampling.rules import ADDRESSES, Asking, exclusion

_REF = re.compile(rf"<([{ALPHABET}]{{{LENGTH}}})@")


@exclusion("suppressed", _("on the list of addresses never to use"), position=10)
def _suppressed(asking: Asking) -> Q | Exists:
    return Exists(Suppression.objects.filter(address=OuterRef(ADDRESSES[asking.channel])))


@dataclass(frozen=True)
class Bounce:
    """What a delivery report (RFC 3464) says about one message of ours."""

    message_ref: str
    permanent: bool
    detail: str


class NotABounce(ValueError):
    """The mail is no delivery report, or not about a message of ours."""


def read_bounce(raw: bytes) -> Bounce:
    """Reads a delivery report; only one that quotes a message of ours is believed, because our
    message ids cannot be guessed and anybody can send mail to the bounce address."""
    mail = message_from_bytes(raw, policy=policy.default)
    action = status = diagnostic = ""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = [each for each in part.get_payload() if isinstance(each, Message)]
        for block in blocks:
            action = action or str(block.get("Action", "")).strip().lower()
            status = status or str(block.get("Status", "")).strip()
            diagnostic = diagnostic or str(block.get("Diagnostic-Code", "")).strip()
    if not action:
        raise NotABounce("it has no delivery status: it is no bounce report (RFC 3464)")
    if action not in ("failed", "delayed"):
        raise NotABounce(f"it reports “{action}”, which is no problem")
    permanent = action == "failed" and not status.startswith("4.")
    return Bounce(_quoted_ref(mail), permanent, " ".join(f"{status} {diagnostic}".split()))


def _quoted_ref(mail: EmailMessage) -> str:
    """The ref of our message whose headers the report carries, or which it replies to."""
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            found = _ref_in_text(part.as_string())
            if found:
                return found
    for name in ("References", "In-Reply-To"):
        match = _REF.search(str(mail.get(name, "")))
        if match:
            return match[1]
    raise NotABounce("it does not quote a message sent by this installation")


def _ref_in_text(text: str) -> str:
    header = re.search(rf"(?im)^X-Loopwell-Message:\s*([{ALPHABET}]{{{LENGTH}}})\s*$", text)
    if header:
        return header[1]
    identity = re.search(r"(?im)^Message-ID:\s*(\S+)", text)
    match = _REF.match(identity[1]) if identity else None
    return match[1] if match else ""
