"""What does a mail say: who wrote it, to which address, in answer to what, and did a person?

Only the standard library reads it; nothing in it is run, and nothing outside it is loaded.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import cast

from loopwell.cases.rules.reply_text import html_to_text, split_reply

LARGEST = 25 * 1024 * 1024
LONGEST = 100_000
MOST_ATTACHMENTS = 20
TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_SUBJECTS = re.compile(
    r"^\W*(auto(matic)?[- ]?(reply|response)|out of (the )?office|автоответ|автоматический ответ|"
    r"автовідповідь|автоматична відповідь|нет на месте|autoodpowied|automatyczna odpowied|"
    r"poza biurem|undeliver|delivery (status|failure)|mail delivery|returned mail)",
    re.IGNORECASE,
)
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
_IDS = re.compile(r"<[^<>\s]{3,298}>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """A mail as far as a case needs it. `references`: ids of mails it answers or reports on;
    `bounced`: it reports that a mail did not arrive, and `said` why; `is_automatic`: no person
    wrote it."""

    message_id: str
    sender: str
    sender_name: str
    recipients: Sequence[str]
    references: Sequence[str]
    subject: str
    text: str
    quoted: str
    at: datetime | None
    is_automatic: bool = False
    bounced: bool = False
    said: str = ""
    attachments: Sequence[Attachment] = field(default=(), repr=False)


def read_mail(raw: bytes, *, also_to: Iterable[str] = ()) -> Incoming:
    """Reads anything that claims to be a mail; `also_to`: where the server says it went."""
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    subject = _line(_header(mail, "subject"))[:300]
    name, sender = parseaddr(_line(_header(mail, "from")))
    bounced, said = _report(mail)
    own, quoted = split_reply(_body(mail))
    return Incoming(
        message_id=_id(mail, raw),
        sender=sender.strip().lower()[:254],
        sender_name=name[:200],
        recipients=[*_addresses(mail), *(each.lower() for each in also_to if each)],
        references=_references(mail, bounced=bounced),
        subject=subject,
        text=own[:LONGEST],
        quoted=quoted[:LONGEST],
        at=_date(mail),
        is_automatic=bounced or _by_robot(mail, sender, subject),
        bounced=bounced,
        said=said,
        attachments=list(_attachments(mail)),
    )


def unreadable(raw: bytes) -> Incoming:
    """Stands for a mail that breaks every reader: its bytes are kept all the same."""
    return Incoming(
        message_id=f"<{hashlib.sha256(raw).hexdigest()}@without.id>",
        sender="",
        sender_name="",
        recipients=(),
        references=(),
        subject="",
        text="",
        quoted="",
        at=None,
        is_automatic=True,
    )


def _header(mail: Message, name: str) -> str:
    """A header nobody can read (bad encodings) is an empty one."""
    try:
        return str(mail.get(name) or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def _id(mail: Message, raw: bytes) -> str:
    """Its own, or one made of its bytes: the same mail has the same again."""
    found = _IDS.search(_header(mail, "message-id"))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}@without.id>"


def _addresses(mail: Message) -> list[str]:
    said = [
        _line(str(value)) for name in TO for value in mail.get_all(name, []) if value is not None
    ]
    return [address.lower() for _name, address in getaddresses(said) if "@" in address]


def _references(mail: Message, *, bounced: bool) -> list[str]:
    """Nearest first."""
    found = _IDS.findall(_header(mail, "in-reply-to"))
    found += reversed(_IDS.findall(_header(mail, "references")))
    if bounced:
        for part in mail.walk():
            if part is mail:
                continue
            if part.get_content_type() == "text/rfc822-headers":
                found += re.findall(r"(?im)^message-id:\s*(<[^<>\s]+>)", _text_of(part))
            else:
                found += _IDS.findall(_header(part, "message-id"))
    return list(dict.fromkeys(found))[:50]


def _date(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(mail, "date"))
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _report(mail: Message) -> tuple[bool, str]:
    """Whether it is a report of a mail that did not arrive, and the server's words."""
    if mail.get_content_type() != "multipart/report":
        return False, ""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            said = "\n".join(str(each) for each in cast("list[Message]", part.get_payload()))
            if re.search(r"(?im)^action:\s*failed", said):
                why = re.search(r"(?im)^diagnostic-code:\s*(.+)$", said)
                return True, why[1].strip()[:500] if why else ""
    return False, ""


def _by_robot(mail: Message, sender: str, subject: str) -> bool:
    """RFC 3834 first, then what programs did before it."""
    submitted = _header(mail, "auto-submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    named = ("x-autoreply", "x-autorespond", "x-autoresponse-suppress-reply", "list-id")
    if any(mail.get(name) is not None for name in named):
        return True
    if _header(mail, "precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    if _header(mail, "return-path").strip() == "<>":
        return True
    report = mail.get_content_type() == "multipart/report"
    return report or bool(_ROBOTS.match(sender)) or bool(_SUBJECTS.match(subject))


def _body(mail: EmailMessage) -> str:
    """Its plain words; of a mail in HTML alone those of the HTML."""
    part = _first(mail, "text/plain")
    if part is not None and (plain := _clean(_text_of(part))).strip():
        return plain
    part = _first(mail, "text/html")
    return html_to_text(_clean(_text_of(part))) if part is not None else ""


def _first(mail: Message, kind: str) -> Message | None:
    for part in mail.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return part
    return None


def _text_of(part: Message) -> str:
    """In its character set, or readable at least."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return str(part.get_payload())
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _attachments(mail: Message) -> Iterable[Attachment]:
    """What has a name or is called an attachment; whoever reads the case decides to open it."""
    count = 0
    for part in mail.walk():
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        name = part.get_filename() or ""
        if not name and part.get_content_disposition() != "attachment":
            continue
        inner = part.get_payload(decode=True)
        content = inner if isinstance(inner, bytes) else part.as_bytes()
        if content and count < MOST_ATTACHMENTS:
            count += 1
            yield Attachment(name=_line(name) or part.get_content_type(), content=content)
