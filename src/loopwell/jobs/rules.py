"""Which kinds of work exist, which recur, and how are failures retried?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

LEASE = timedelta(seconds=30)
"""How long a silent worker keeps its job; a living one prolongs it every HEARTBEAT."""
HEARTBEAT = timedelta(seconds=10)


class Running(Protocol):
    """What a job's function gets: its arguments and a way to tell how far it is."""

    @property
    def ref(self) -> str: ...
    @property
    def args(self) -> dict[str, Any]: ...
    @property
    def actor(self) -> str: ...
    def progress(self, done: int, total: int, note: str = "") -> None:
        """Stores how far the work is, for whoever waits for it."""


Work = Callable[[Running, datetime], dict[str, Any] | None]
Tick = Callable[[datetime], object]


class PermanentFailure(Exception):
    """Trying again would not help; the text is shown to whoever started the job."""


@dataclass(frozen=True)
class Recurring:
    name: str
    every: timedelta
    tick: Tick


WORK: dict[str, Work] = {}
APART: set[str] = set()
RECURRING: dict[str, Recurring] = {}


def job(kind: str, *, apart: bool = False) -> Callable[[Work], Work]:
    """Registers what a kind of job does; it must bear being run again after a crash.

    `apart` is for what keeps a processor busy for minutes: a server runs it in a process of its
    own, so that pages go on beside it and its memory is given back. It must not open the warehouse,
    whose file belongs to the server.
    """

    def register(work: Work) -> Work:
        WORK[kind] = work
        if apart:
            APART.add(kind)
        return work

    return register


def recurring(name: str, *, every: timedelta) -> Callable[[Tick], Tick]:
    """Registers what the clock does each time `every` has passed; short and idempotent."""

    def register(tick: Tick) -> Tick:
        RECURRING[name] = Recurring(name, every, tick)
        return tick

    return register


def back_off(attempts: int) -> timedelta:
    """5, 10, 20 … seconds, at most an hour."""
    return timedelta(seconds=min(5 * 2 ** max(attempts - 1, 0), 3600))
