"""How are letters addressed, filled in and tried again, without the database?"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import Enum

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from loopwell.kit.ids import ALPHABET, LENGTH

SALT = "loopwell.cases.letters"
SIGNATURE = 16
"""Characters of 31 that sign a case in an address: 79 bits."""
TRIES = 5
UNSURE_AFTER = timedelta(minutes=5)
FIELDS = ("customer", "agent", "company", "unit", "case")
_FIELD = re.compile(r"(?P<before>,?[ \t]*)\{(?P<name>customer|agent|company|unit|case)\}")
_TAG = re.compile(rf"\+([{ALPHABET}]{{{LENGTH}}})\.([{ALPHABET}]{{{SIGNATURE}}})@", re.IGNORECASE)


class LetterState(Enum):
    """What became of a letter; derived from its moments, never stored."""

    WAITING = "waiting"
    LEAVING = "leaving"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CAME = "came"


LETTER_STATES = {
    LetterState.WAITING: _("waiting"),
    LetterState.LEAVING: _("being sent"),
    LetterState.SENT: _("sent"),
    LetterState.UNSURE: _("perhaps sent: nobody knows"),
    LetterState.FAILED: _("did not leave"),
    LetterState.CAME: _("came"),
}


def state_of(
    *,
    came: bool,
    claimed_at: datetime | None,
    sent_at: datetime | None,
    failed_at: datetime | None,
    now: datetime,
) -> LetterState:
    """Claimed and silent for minutes: its worker died, and it is never sent again by itself."""
    if came:
        return LetterState.CAME
    if sent_at is not None:
        return LetterState.SENT
    if failed_at is not None:
        return LetterState.UNSURE if claimed_at is not None else LetterState.FAILED
    if claimed_at is None:
        return LetterState.WAITING
    return LetterState.UNSURE if now - claimed_at > UNSURE_AFTER else LetterState.LEAVING


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes."""
    return timedelta(minutes=2 ** max(attempts - 1, 0))


def reply_address(case_ref: str) -> str:
    """Where an answer to this case's letters goes; "" when the installation named no mailbox."""
    mailbox = parseaddr(settings.REPLY_ADDRESS)[1]
    local, at, domain = mailbox.rpartition("@")
    return f"{local}+{case_ref}.{_signature(case_ref)}@{domain}" if at else ""


def case_ref_in(address: str) -> str | None:
    """The case an address was made for by us, or None. Capitals are no matter: some servers
    write every address in their own way."""
    found = _TAG.search(address)
    if found is None:
        return None
    ref, signature = found[1].lower(), found[2].lower()
    return ref if constant_time_compare(signature, _signature(ref)) else None


def message_id_of(letter_ref: str) -> str:
    """Our own name for a letter, in the sender's domain."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<letter.{letter_ref}@{domain}>"


def filled_in(text: str, fields: Mapping[str, str]) -> str:
    """The text with the names put in; one that is unknown goes with the comma before it."""

    def put(found: re.Match[str]) -> str:
        value = " ".join(fields.get(found["name"], "").split())
        return found["before"] + value if value else ""

    return _FIELD.sub(put, text)


def unknown_fields(text: str) -> list[str]:
    """What stands in braces and will never be filled in."""
    return sorted(set(re.findall(r"\{(\w*)\}", text)) - set(FIELDS))


def _signature(ref: str) -> str:
    number = int.from_bytes(salted_hmac(SALT, ref, algorithm="sha256").digest())
    letters = []
    for _number in range(SIGNATURE):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)
