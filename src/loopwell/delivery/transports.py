"""How does a written message leave: by SMTP, or into a file, and what did the server say?

SMTP is spoken step by step, because only then we know whether a message can have left when
the line goes dead: before its text was given it has not, after that nobody knows.
"""

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.generator import BytesGenerator
from email.utils import parseaddr
from enum import Enum
from io import BytesIO
from pathlib import Path
from smtplib import quoteaddr
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    BAD_ADDRESS = "bad_address"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Result:
    """What became of one message; `broken`: the connection can no longer be used. `message_id`
    is the provider's own name for it, where it gave one."""

    outcome: Outcome
    detail: str = ""
    broken: bool = False
    message_id: str = ""


@dataclass(frozen=True)
class Ready:
    """A mail as bytes with its envelope, ready to leave."""

    sender: str
    recipient: str
    raw: bytes


class Unreachable(Exception):
    """The mail server cannot be spoken to at all; the text says what it is."""


class Transport(Protocol):
    """A way out of one channel; what it sends was written for it (see delivery.channels).

    `limited`: messages leave no faster than the settings allow.
    """

    limited: bool

    def open(self) -> None: ...
    def send(self, mail: Any, ref: str) -> Result: ...
    def close(self) -> None: ...


BY_PROVIDER: list[Callable[[], Transport]] = []
"""How mail leaves through a provider's web interface; integrations put theirs in."""


def configured() -> Transport:
    """Files, the mail server or the provider, as the settings say."""
    if settings.EMAIL_TO_FILES:
        return FileTransport(settings.OUTBOX_DIR)
    return BY_PROVIDER[-1]() if settings.EMAIL_ESP else SmtpTransport()


class Files:
    """Keeps messages as files that the outbox page shows."""

    limited = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def keep(self, raw: bytes, ref: str) -> Result:
        """Whole or not at all."""
        target = self.folder / f"{ref}.eml"
        unfinished = target.with_suffix(".part")
        unfinished.write_bytes(raw)
        unfinished.replace(target)
        return Result(Outcome.SENT)

    def close(self) -> None:
        """Nothing is held open."""


class FileTransport(Files):
    """E-mail as files."""

    def send(self, mail: EmailMessage | Ready, ref: str) -> Result:
        return self.keep(mail.raw if isinstance(mail, Ready) else as_sent(mail), ref)


class SmtpTransport:
    """One connection for many messages."""

    limited = True

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None

    def open(self) -> None:
        self._backend = EmailBackend()
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException) as error:
            self._backend = None
            raise Unreachable(_said(error)) from error

    def send(self, mail: EmailMessage | Ready, ref: str) -> Result:
        smtp = self._backend.connection if self._backend else None
        if smtp is None:
            return Result(Outcome.LATER, "not connected", broken=True)
        prepared = mail if isinstance(mail, Ready) else ready(mail)
        text = _dotted(prepared.raw)
        try:
            refused = _envelope(smtp, prepared.sender, prepared.recipient)
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.LATER, _said(error), broken=True)
        if refused is not None:
            return refused
        try:
            smtp.send(text + b".\r\n")
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.UNSURE, _said(error), broken=True)
        if code == 250:
            return Result(Outcome.SENT)
        return _judged(code, reply, about_address=False)

    def close(self) -> None:
        """A server that has gone away cannot be said goodbye to: Django only logs it off."""
        if self._backend is not None:
            try:
                self._backend.close()
            except (OSError, smtplib.SMTPException):
                self._backend.connection = None
            self._backend = None


def ready(mail: EmailMessage) -> Ready:
    """Raises ValueError where an address or a header cannot be written in a mail."""
    encoding = mail.encoding or settings.DEFAULT_CHARSET
    return Ready(
        sender=parseaddr(sanitize_address(mail.from_email, encoding))[1],
        recipient=parseaddr(sanitize_address(mail.to[0], encoding))[1],
        raw=as_sent(mail),
    )


def _envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> Result | None:
    """Says from whom and to whom; None when the server now waits for the text."""
    smtp.ehlo_or_helo_if_needed()
    if smtp.has_extn("pipelining"):
        return _envelope_at_once(smtp, sender, recipient)
    code, reply = smtp.mail(sender)
    if code != 250:  # our sender is not liked: no message's own fault, so it waits
        refused = _judged(code, reply, about_address=False)
        return Result(Outcome.LATER, refused.detail, broken=True)
    code, reply = smtp.rcpt(recipient)
    if code not in (250, 251):
        smtp.rset()
        return _judged(code, reply, about_address=True)
    code, reply = smtp.docmd("DATA")
    if code != 354:
        smtp.rset()
        return _judged(code, reply, about_address=False)
    return None


def _envelope_at_once(smtp: smtplib.SMTP, sender: str, recipient: str) -> Result | None:
    """As `_envelope` for a server that takes commands without waiting (RFC 2920)."""
    commands = f"MAIL FROM:{quoteaddr(sender)}\r\nRCPT TO:{quoteaddr(recipient)}\r\nDATA\r\n"
    smtp.send(commands)
    mail, rcpt, data = smtp.getreply(), smtp.getreply(), smtp.getreply()
    if mail[0] != 250:  # our sender is not liked: no message's own fault, so it waits
        refused = _judged(*mail, about_address=False)
        return Result(Outcome.LATER, refused.detail, broken=True)
    if rcpt[0] in (250, 251) and data[0] == 354:
        return None
    if data[0] == 354:  # the text goes to nobody: an empty one ends it
        smtp.send(".\r\n")
        smtp.getreply()
    smtp.rset()
    if rcpt[0] not in (250, 251):
        return _judged(*rcpt, about_address=True)
    return _judged(*data, about_address=False)


def _judged(code: int, reply: bytes, *, about_address: bool) -> Result:
    """4xx: later. 5xx: never; the address itself is wrong if the enhanced code (RFC 3463) says
    so (5.1.x, 5.2.1), or without one if the server refused the recipient with 550, 551 or 553."""
    detail = f"{code} {reply.decode('utf-8', 'replace')}".strip()
    if code < 500 or code == -1:
        return Result(Outcome.LATER, detail, broken=code in (-1, 421))
    enhanced = re.search(rb"\b5\.(\d{1,3})\.(\d{1,3})\b", reply)
    if enhanced:
        bad = enhanced[1] == b"1" or (enhanced[1], enhanced[2]) == (b"2", b"1")
    else:
        bad = about_address and code in (550, 551, 553)
    return Result(Outcome.BAD_ADDRESS if bad else Outcome.REFUSED, detail)


def as_sent(mail: EmailMessage) -> bytes:
    """Long headers stay on one line: some mail programs overlook a folded List-Unsubscribe."""
    text = BytesIO()
    BytesGenerator(text, mangle_from_=False, maxheaderlen=0).flatten(mail.message(), linesep="\r\n")
    return text.getvalue()


def _dotted(text: bytes) -> bytes:
    """Lines that begin with a dot get a second one (RFC 5321, 4.5.2); ends with a line break."""
    text = re.sub(rb"(?m)^\.", b"..", text)
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
