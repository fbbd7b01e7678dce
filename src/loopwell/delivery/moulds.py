"""How are thousands of letters written without rendering each? One is cast, the others filled in.

A mould is the mail of a stand-in whose name, links and fields are marks. Filling it must give the
very bytes that rendering gives; a mould that fails this on a trial customer is never used, nor is
one for a value it cannot hold (a very long one). Then the mail is rendered as ever.
"""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from email.policy import compat32
from email.utils import formataddr, formatdate, parseaddr
from html import escape

from django.conf import settings
from django.core.mail.message import forbid_multi_line_headers, sanitize_address

from loopwell.access.models import Unit, User
from loopwell.delivery.letters import (
    letter_variant,
    mail_for,
    message_id_of,
)
from loopwell.delivery.models import Message
from loopwell.delivery.transports import Ready, as_sent, ready
from loopwell.people.models import Customer
from loopwell.sampling.links import token_of
from loopwell.surveys.brand import look_for
from loopwell.surveys.models import Version
from loopwell.surveys.rules import language_for

MOST_MOULDS = 200
LONGEST_LINE = 998
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
_BOUNDARY = re.compile(rb'boundary="([^"]+)"')
_FIELD = re.compile(r"\{([^{}|]+)")
_UNFOLDED = compat32.clone(max_line_length=0, linesep="\r\n")
HTML = b"Content-Type: text/html"


@dataclass(frozen=True)
class Mould:
    """`head` are header lines, of which some are written anew for each mail; `body`
    alternates between bytes and marks; `html_from` is the piece where HTML begins."""

    sender: str
    subject: str
    head: tuple[tuple[str, bytes], ...]
    body: tuple[bytes, ...]
    html_from: int
    room: int
    marks: dict[str, str]


def write_mail(message: Message, company: str) -> Ready:
    """As `ready(mail_for(…))`, quicker. Raises ValueError as that does."""
    values = _values(message)
    if _PLAIN_ADDRESS.fullmatch(message.to) and message.invitation.version.published_at:
        moulds = moulds_of(message.invitation.version)
        key = _key(message, company, values)
        if key not in moulds:
            if len(moulds) >= MOST_MOULDS:
                moulds.clear()
            moulds[key] = _cast_and_tried(message, company, values)
        mould = moulds[key]
        if mould is not None and sum(map(len, map(str.encode, values.values()))) <= mould.room:
            return _filled(mould, message, values)
    return ready(mail_for(message, company))


def moulds_of(version: Version) -> dict[object, Mould | None]:
    """Kept with the object, so for as long as one sender runs: its words cannot change there."""
    kept: dict[object, Mould | None] = vars(version).setdefault("moulds", {})
    return kept


def _values(message: Message) -> dict[str, str]:
    """What differs from customer to customer in this letter; empty values too."""
    asked = message.invitation
    name = " ".join(asked.customer.name.split())
    first, _space, rest = name.partition(" ")
    found = {"first": first, "rest": rest}
    texts = asked.version.texts.get(language_for(asked.version, asked.language), {})
    used = {field for text in texts.values() for field in _FIELD.findall(text)}
    if "employee" in used:
        found["employee"] = asked.employee.name if asked.employee else ""
    if "unit" in used:
        found["unit"] = asked.unit.name if asked.unit else ""
    if "product" in used:
        found["product"] = asked.product
    if "touchpoint" in used:
        found["touchpoint"] = asked.touchpoint
    for field in used:
        if field.startswith("property."):
            value = asked.properties.get(field.removeprefix("property."))
            found[field] = "" if value is None else str(value)
    return {key: " ".join(value.split()) for key, value in found.items()}


def _key(message: Message, company: str, values: Mapping[str, str]) -> object:
    """All that a letter depends on besides its values: of these whether they are there, and
    whether they are ASCII, which decides how a part of the mail is encoded."""
    asked = message.invitation
    version = asked.version
    uses_date = any("{date" in text for text in version.texts.get(asked.language, {}).values())
    return (
        version.survey.kind,
        version.survey.touchpoint,
        asked.language,
        letter_variant(message),
        asked.interaction.at.date() if uses_date and asked.interaction else None,
        company,
        look_for(version.survey.kind),
        settings.BASE_URL,
        settings.DEFAULT_FROM_EMAIL,
        tuple((key, value.isascii(), bool(value)) for key, value in sorted(values.items())),
    )


def _cast_and_tried(message: Message, company: str, values: Mapping[str, str]) -> Mould | None:
    try:
        mould = _cast(message, company, values)
        if mould is None:
            return None
        trial = {key: _trial(value) for key, value in values.items()}
        stand_in = _stand_in(message, trial)
        rendered = mail_for(stand_in, company)
        filled = _filled(mould, stand_in, trial)
    except ValueError:
        return None
    expected = ready(rendered)
    same = comparable(expected.raw) == comparable(filled.raw)
    return mould if same and expected.recipient == filled.recipient else None


def _trial(value: str) -> str:
    """A value of the same sort that would show what a mould overlooks."""
    return value and ("-a<b> & \"c'd" if value.isascii() else "-ż<b> & \"c'd")


def _stand_in(message: Message, values: Mapping[str, str]) -> Message:
    """The message as if its customer had these values."""
    twin, asked = copy(message), copy(message.invitation)
    name = f"{values['first']} {values['rest']}".strip()
    asked.customer = Customer(name=name)
    if "employee" in values:
        asked.employee = User(name=values["employee"])
    if "unit" in values:
        asked.unit = Unit(name=values["unit"])
    asked.product = values.get("product", asked.product)
    asked.touchpoint = values.get("touchpoint", asked.touchpoint)
    own = {k.removeprefix("property."): v for k, v in values.items() if k.startswith("property.")}
    asked.properties = {**asked.properties, **own}
    twin.invitation = asked
    return twin


def _cast(message: Message, company: str, values: Mapping[str, str]) -> Mould | None:
    marks = {
        key: f"qz{number:02d}x{'q' if value.isascii() else 'ъ'}zq"
        for number, (key, value) in enumerate(sorted(values.items()))
        if value
    }
    stand_in = _stand_in(message, {key: marks.get(key, "") for key in values})
    mail = mail_for(stand_in, company)
    head, _blank, body = as_sent(mail).partition(b"\r\n\r\n")
    known = {**marks, "token": token_of(message.invitation.ref), "ref": message.ref}
    pattern = b"(" + b"|".join(re.escape(mark.encode()) for mark in known.values()) + b")"
    pieces = tuple(re.split(pattern, body))
    html_from = next((n for n, piece in enumerate(pieces) if HTML in piece), None)
    if html_from is None:
        return None
    longest = max(map(len, body.split(b"\r\n")))
    encoding = mail.encoding or settings.DEFAULT_CHARSET
    return Mould(
        sender=parseaddr(sanitize_address(mail.from_email, encoding))[1],
        subject=str(mail.subject),
        head=_header_lines(head),
        body=pieces,
        html_from=html_from,
        room=max(LONGEST_LINE - longest, 0) // 6,
        marks=known,
    )


def _header_lines(head: bytes) -> tuple[tuple[str, bytes], ...]:
    """Each header with the lines it goes on over."""
    found: list[tuple[str, bytes]] = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = (found[-1][0], found[-1][1] + line + b"\r\n")
        else:
            found.append((line.partition(b":")[0].decode().lower(), line + b"\r\n"))
    return tuple(found)


def _filled(mould: Mould, message: Message, values: Mapping[str, str]) -> Ready:
    token = token_of(message.invitation.ref)
    said = {**values, "token": token, "ref": message.ref}
    plain = {mark.encode(): said[key].encode() for key, mark in mould.marks.items()}
    in_html = {mark.encode(): escape(said[key]).encode() for key, mark in mould.marks.items()}
    before = [plain.get(piece, piece) for piece in mould.body[: mould.html_from]]
    after = [in_html.get(piece, piece) for piece in mould.body[mould.html_from :]]
    head = b"".join(_header(mould, name, lines, message, said) for name, lines in mould.head)
    return Ready(
        sender=mould.sender,
        recipient=message.to,
        raw=b"".join([head, b"\r\n", *before, *after]),
    )


def _header(
    mould: Mould, name: str, lines: bytes, message: Message, said: Mapping[str, str]
) -> bytes:
    if name == "subject":
        subject = mould.subject
        for key, mark in mould.marks.items():
            subject = subject.replace(mark, said[key])
        return _written("Subject", subject)
    if name == "to":
        whole = f"{said['first']} {said['rest']}".strip()
        return _written("To", formataddr((whole, message.to)) if whole else message.to)
    if name == "date":
        return _written("Date", formatdate(localtime=settings.EMAIL_USE_LOCALTIME))
    if name == "message-id":
        return _written("Message-ID", message_id_of(message))
    for key in ("token", "ref"):
        lines = lines.replace(mould.marks[key].encode(), said[key].encode())
    return lines


def _written(name: str, value: str) -> bytes:
    return _UNFOLDED.fold_binary(*forbid_multi_line_headers(name, value, "utf-8"))


def comparable(raw: bytes) -> bytes:
    """Without what is different each time: boundaries and the date."""
    for number, boundary in enumerate(_BOUNDARY.findall(raw)):
        raw = raw.replace(boundary, b"boundary-%d" % number)
    return re.sub(rb"(?m)^Date: .*$", b"Date:", raw, count=1)
