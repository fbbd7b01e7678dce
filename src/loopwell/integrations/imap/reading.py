"""How are new mails fetched from a mail server, and marked only once they are stored?"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailboxLoginError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)

from loopwell.cases.rules.mail import LARGEST
from loopwell.integrations.imap.models import Security
from loopwell.kit.errors import ExpectedError

PATIENCE = 20
AT_ONCE = 100
ENCODED = 4 / 3  # files travel in base64


class MailboxProblem(ExpectedError):
    """The mailbox cannot be read; the text says what the server said and what to do."""

    status = 422


@dataclass(frozen=True)
class Place:
    """Where and as whom to read."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str


@dataclass(frozen=True)
class Fetched:
    """One mail; `cut`: only its headers, because all of it is too large."""

    uid: int
    raw: bytes
    cut: bool


@contextmanager
def opened(place: Place) -> Iterator[BaseMailBox]:
    """A session in the folder. Raises MailboxProblem whatever goes wrong in it."""
    try:
        with _connect(place) as box:
            box.login(place.user, place.password, initial_folder=None)
            box.folder.set(place.folder)
            yield box
    except MailboxLoginError as error:
        said = _said(error)
        raise MailboxProblem(
            _("The server refuses user or password: %(said)s") % {"said": said}
        ) from error
    except ssl.SSLError as error:
        raise MailboxProblem(
            _("No safe connection to %(host)s: %(said)s") % {"host": place.host, "said": error}
        ) from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError, ValueError) as error:
        facts = {"host": place.host, "port": place.port, "said": _said(error)}
        raise MailboxProblem(_("%(host)s, port %(port)d: %(said)s") % facts) from error


def _connect(place: Place) -> BaseMailBox:
    safe = ssl.create_default_context()
    if place.security == Security.TLS:
        return MailBox(place.host, place.port, timeout=PATIENCE, ssl_context=safe)
    if place.security == Security.STARTTLS:
        return MailBoxStartTls(place.host, place.port, timeout=PATIENCE, ssl_context=safe)
    return MailBoxUnencrypted(place.host, place.port, timeout=PATIENCE)


def validity_of(box: BaseMailBox, folder: str) -> str:
    """Changes when the server has numbered the folder's mails anew."""
    return str(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])


def count_of(box: BaseMailBox, folder: str) -> int:
    return int(box.folder.status(folder, ["MESSAGES"])["MESSAGES"])


def new_mails(box: BaseMailBox, *, after: int, since: datetime) -> Iterator[Fetched]:
    """The oldest of those after a number, or of those since a day while none was read."""
    wanted = f"UID {after + 1}:*" if after else AND(date_gte=since.date())
    uids = sorted(int(uid) for uid in box.uids(wanted))
    for uid in [each for each in uids if each > after][:AT_ONCE]:
        size = _size(box, uid)
        whole = size <= LARGEST * ENCODED
        raw = _bytes(box, uid, "BODY.PEEK[]" if whole else "BODY.PEEK[HEADER]")
        if raw is not None:  # else somebody deleted it just now
            yield Fetched(uid=uid, raw=raw, cut=not whole)


def mark_done(box: BaseMailBox, uid: int, done_folder: str) -> None:
    """Seen, and moved where a folder for it is named."""
    box.flag(str(uid), MailMessageFlags.SEEN, value=True)
    if done_folder:
        box.move(str(uid), done_folder)


def _size(box: BaseMailBox, uid: int) -> int:
    _type, found = box.client.uid("fetch", str(uid), "(RFC822.SIZE)")
    head = found[0] if found and isinstance(found[0], bytes) else b""
    number = head.partition(b"RFC822.SIZE ")[2].partition(b")")[0].split(b" ")[0]
    return int(number) if number.isdigit() else 0


def _bytes(box: BaseMailBox, uid: int, part: str) -> bytes | None:
    _type, found = box.client.uid("fetch", str(uid), f"({part})")
    for each in found or ():
        if isinstance(each, tuple) and isinstance(each[1], bytes):
            return each[1]
    return None


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
