"""How is Apprise kept from being led into our network?

Its services call with requests, which connects through urllib3's one function. Inside `guarded`
that function looks the host up once, refuses private addresses (unless the settings allow them)
and connects to exactly what it looked at, so that neither a name that changes its mind nor a
redirect leads anywhere else. Outside of it nothing changes.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import urllib3.util.connection as urllib3_connection

from loopwell.kit.outbound import Blocked, NotReached, allowed, looked_up


@dataclass
class Passage:
    """What one call may do and did: `connected` means that something may have left."""

    private: bool
    look_up: Callable[[str, int], list[str]] = looked_up
    connected: bool = False
    refused: str = ""


_passage: ContextVar[Passage | None] = ContextVar("loopwell_chat_passage", default=None)
_connect: Callable[..., socket.socket] = urllib3_connection.create_connection


def _create_connection(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
    passage = _passage.get()
    if passage is None:
        return _connect(address, *args, **kwargs)
    host, port = address[0].strip("[]"), address[1]
    try:
        found = passage.look_up(host, port)
        usable = found if passage.private else allowed(found, host)
    except (Blocked, NotReached) as error:
        passage.refused = str(error)
        raise OSError(str(error)) from error
    problem: OSError | None = None
    for each in usable:
        try:
            made = _connect((each, port), *args, **kwargs)
        except OSError as error:
            problem = error
            continue
        passage.connected = True
        return made
    raise problem or OSError("no address")


def install() -> None:
    """Once, when Loopwell starts."""
    urllib3_connection.create_connection = _create_connection


@contextmanager
def guarded(passage: Passage) -> Iterator[Passage]:
    before = _passage.set(passage)
    try:
        yield passage
    finally:
        _passage.reset(before)
