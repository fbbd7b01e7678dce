"""By which channels can a message leave? Further ones register here (docs/developer/channels.md).

A channel writes a waiting message in its own way and names the transport that carries it.
Invitations by a channel without an entry (the phone) get no message: people work them off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.delivery import transports
from loopwell.delivery.letters import mail_for
from loopwell.delivery.models import Message
from loopwell.delivery.moulds import write_mail
from loopwell.delivery.transports import Transport
from loopwell.sampling.enums import Channel as Ours
from loopwell.sampling.rules import ADDRESSES


@dataclass(frozen=True)
class Channel:
    """One way to a customer.

    `address` is the field of Customer it needs. `write(message, company)` makes what its
    transport's `send` takes; ValueError says that this message can never be written. `words`
    are the same to be looked at, with links that lead nowhere. `transport` opens the way out for
    a batch; `set_up` says whether messages really leave (they are written to the outbox folder
    otherwise), `provider` by whom.
    """

    name: str
    label: str | Promise
    address: str
    write: Callable[[Message, str], Any]
    words: Callable[[Message, str], str]
    transport: Callable[[], Transport]
    set_up: Callable[[], bool]
    provider: Callable[[], str]


CHANNELS: dict[str, Channel] = {}
"""By name, in the order they registered."""


def register(channel: Channel) -> Channel:
    """Programmes can use it from now on; the same name again replaces it."""
    CHANNELS[channel.name] = channel
    ADDRESSES[channel.name] = channel.address
    return channel


def _mail_server() -> str:
    return "" if settings.EMAIL_TO_FILES else str(settings.EMAIL_PROVIDER)


def _mail_words(message: Message, company: str) -> str:
    return str(mail_for(message, company, preview=True).body)


def _write_mail(message: Message, company: str) -> Any:
    """Providers take mails apart themselves; a mail server and files take the bytes."""
    return (mail_for if settings.EMAIL_ESP else write_mail)(message, company)


def _email_transport() -> Transport:
    return transports.configured()


register(
    Channel(
        name=Ours.EMAIL.value,
        label=_("E-mail"),
        address="email",
        write=_write_mail,
        words=_mail_words,
        transport=_email_transport,
        set_up=lambda: not settings.EMAIL_TO_FILES,
        provider=_mail_server,
    )
)
