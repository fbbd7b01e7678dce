"""How does mail leave through a provider's web interface, and what did the provider say?

anymail speaks to each of them. What surely did not arrive there is tried again; what may have
arrived never is.
"""

from typing import Any

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

from loopwell.delivery.transports import Outcome, Result, Unreachable

REF = "loopwell_ref"
"""Under this name the message's ref comes back with the provider's reports."""
LATER = (429, 503)
OUR_FAULT = (401, 402, 403, 404, 405)
"""Key, credit or sender are not accepted: no message's own fault, so all of them wait."""
TAKEN = frozenset({"sent", "queued"})


class ProviderTransport:
    """One session with the provider, for many messages."""

    limited = True

    def __init__(self) -> None:
        self._backend: Any = None

    def open(self) -> None:
        try:
            self._backend = get_connection()
            self._backend.open()
        except (ImproperlyConfigured, OSError) as error:
            self._backend = None
            raise Unreachable(str(error)) from error

    def send(self, mail: EmailMessage, ref: str) -> Result:
        if self._backend is None:
            return Result(Outcome.LATER, "not connected", broken=True)
        marked: Any = mail
        marked.metadata = {REF: ref}
        try:
            self._backend.send_messages([marked])
        except AnymailRecipientsRefused as error:
            return _refused(marked, str(error))
        except AnymailAPIError as error:
            return judged(error)
        except (AnymailInvalidAddress, AnymailUnsupportedFeature, AnymailSerializationError) as bad:
            return Result(Outcome.REFUSED, str(bad))
        if set(marked.anymail_status.status or ()) <= TAKEN and marked.anymail_status.status:
            return Result(Outcome.SENT, message_id=_id_of(marked))
        return Result(Outcome.UNSURE, f"{marked.anymail_status!r}"[:500])

    def close(self) -> None:
        if self._backend is not None:
            self._backend.close()
            self._backend = None


def judged(error: AnymailAPIError) -> Result:
    """What an error of the provider means for the message."""
    status, detail = error.status_code, str(error)[:2000]
    if status is None:
        never_left = isinstance(error, requests.ConnectTimeout) or (
            isinstance(error, requests.ConnectionError) and not _may_have_left(error)
        )
        return Result(Outcome.LATER if never_left else Outcome.UNSURE, detail, broken=True)
    if status in LATER:
        return Result(Outcome.LATER, detail)
    if status in OUR_FAULT:
        return Result(Outcome.LATER, detail, broken=True)
    if status >= 500 or status < 300:  # taken, and then something broke or nobody can read it
        return Result(Outcome.UNSURE, detail)
    return Result(Outcome.REFUSED, detail)


def _may_have_left(error: BaseException) -> bool:
    """requests calls it a lost connection whether it began or broke off: look beneath."""
    cause = error.__cause__
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    return (
        "NewConnectionError" not in type(reason).__name__
        and "NameResolution" not in type(reason).__name__
    )


def _refused(mail: Any, detail: str) -> Result:
    """`invalid`: the address cannot exist. `rejected`: the provider has it on its own list."""
    said = mail.anymail_status.status or set()
    bad = bool({"invalid", "rejected"} & set(said))
    return Result(Outcome.BAD_ADDRESS if bad else Outcome.REFUSED, detail)


def _id_of(mail: Any) -> str:
    found = mail.anymail_status.message_id
    return found[:200] if isinstance(found, str) else ""
