"""By which ways, besides the inbox, can an alarm leave? Integrations register theirs here.

`carrier` opens the way out for a batch and hands over parcels: it says of each whether it left,
may be tried again, or perhaps left (then it is never repeated). `check` takes an address that
somebody typed in and returns what pages may show of it, or raises Invalid; a channel without it
uses what is known of the person (their e-mail) and has no targets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from loopwell.access.models import User
from loopwell.delivery.transports import Result
from loopwell.notify.models import Target
from loopwell.notify.wording import Words


@dataclass(frozen=True)
class Parcel:
    """A worded message with its receiver; `ref` names it in logs and files."""

    ref: str
    words: Words
    user: User
    target: Target | None


class Carrier(Protocol):
    """`open` raises delivery.transports.Unreachable; a broken Result asks for opening again."""

    def open(self) -> None: ...
    def send(self, parcel: Parcel) -> Result: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Channel:
    """`at_once`: how many alarms are taken per stroke of the clock, fewer where a far side may
    keep us waiting."""

    name: str
    label: str | Promise
    carrier: Callable[[], Carrier]
    check: Callable[[str], str] | None = None
    at_once: int = 200


CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> Channel:
    CHANNELS[channel.name] = channel
    return channel
