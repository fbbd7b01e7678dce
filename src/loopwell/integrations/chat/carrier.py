"""How does an alarm reach a chat or a phone, and what became of it?

A chat cannot be asked whether it got something: what it surely did not take is tried again, what
it may have taken (it was connected and then silent) never is.
"""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.delivery.transports import Outcome, Result
from loopwell.integrations.chat.addresses import plugin_for, without_secrets
from loopwell.integrations.chat.guarding import Passage, guarded
from loopwell.kit.errors import Invalid
from loopwell.kit.sealing import Unreadable, unseal
from loopwell.notify.channels import Parcel
from loopwell.notify.operations.targets import PURPOSE

STATUS = re.compile(r"error=(\d{3})")
LATER = (408, 425, 429, 500, 502, 503, 504)
MOST_WORDS = 3000


class ChatCarrier:
    """One call for each message; nothing is held open."""

    def open(self) -> None:
        """Every target is another far side."""

    def send(self, parcel: Parcel) -> Result:
        if parcel.target is None:
            return Result(Outcome.REFUSED, _("There is no chat to send to."))
        try:
            address = unseal(parcel.target.sealed, purpose=PURPOSE)
            plugin = plugin_for(address)
        except Unreadable:
            text = _("The address cannot be read any more (another secret key): add it again.")
            return Result(Outcome.REFUSED, text)
        except Invalid as error:
            return Result(Outcome.REFUSED, str(error))
        return _hand_over(plugin, address, parcel)

    def close(self) -> None:
        """Nothing is held open."""


def _hand_over(plugin: Any, address: str, parcel: Parcel) -> Result:
    passage = Passage(private=settings.ALLOW_PRIVATE_NETWORKS)
    text = (parcel.words.short or parcel.words.text)[:MOST_WORDS]
    with guarded(passage), _heard() as said:
        try:
            left = plugin.notify(body=text, title=parcel.words.subject)
        except Exception as error:  # noqa: BLE001 whatever a service's plugin raises is its failure
            said.append(type(error).__name__)
            left = False
    if left:
        return Result(Outcome.SENT)
    return _judged(passage, without_secrets(" ".join(said), address)[:300])


def _judged(passage: Passage, said: str) -> Result:
    if passage.refused:
        return Result(Outcome.LATER, passage.refused)
    status = STATUS.search(said)
    if status is not None:
        later = int(status[1]) in LATER
        return Result(Outcome.LATER if later else Outcome.REFUSED, said)
    if passage.connected:
        return Result(Outcome.UNSURE, said or _("No answer in time."))
    return Result(Outcome.LATER, said or _("The chat cannot be reached."))


class _Ear(logging.Handler):
    """Keeps what Apprise says about the call of this thread, and of no other."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.said.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Apprise answers only yes or no; why stands in its log."""
    ear, log = _Ear(), logging.getLogger("apprise")
    log.addHandler(ear)
    try:
        yield ear.said
    finally:
        log.removeHandler(ear)
