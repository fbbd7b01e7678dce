"""Which consumers read the journal, and when is a failing entry put aside?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

BATCH = 500
"""Records handled at once where a consumer does not say otherwise."""
ATTEMPTS_BEFORE_PARKING = 5
LEASE = timedelta(seconds=60)


class Unavailable(Exception):
    """The system a consumer writes to is down: tried again until it is back, never parked."""


class Place(NamedTuple):
    """Where an entry stands in the order in which entries are read; `xid` is 0 on SQLite."""

    xid: int
    entry_id: int


@dataclass(frozen=True)
class Event:
    """Something that happened, before it is written; `payload` holds ids, not documents."""

    type: str
    subject: str
    subject_id: int
    payload: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_many(cls, type_: str, subject: str, ids: Sequence[int], **payload: Any) -> "Event":
        """One for thousands of subjects that came at once; `ids` are in order."""
        return cls(type_, subject, ids[0], {**payload, "stretches": stretches(ids)})


class Record(NamedTuple):
    """A journal entry as consumers read it."""

    id: int
    xid: int
    type: str
    at: datetime
    actor: str
    subject: str
    subject_id: int
    payload: dict[str, Any]

    @property
    def ids(self) -> Sequence[int]:
        """Of the subjects it tells of: nearly always one."""
        told = self.payload.get("stretches")
        if told is None:
            return (self.subject_id,)
        return [number for first, last in told for number in range(first, last + 1)]


def stretches(ids: Sequence[int]) -> list[list[int]]:
    """First and last of each run of neighbours among ids in order."""
    found: list[list[int]] = []
    for number in ids:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def place_of(record: Record) -> Place:
    return Place(record.xid, record.id)


class _Every(frozenset[str]):
    """Holds every type, also those nobody has thought of yet."""

    def __contains__(self, item: object) -> bool:
        return True


EVERY_TYPE: frozenset[str] = _Every()

Handle = Callable[[Sequence[Record], datetime], None]


@dataclass(frozen=True)
class Consumer:
    """One reader of the journal.

    `handle` gets the records of `types` (in order, at least once) and must be idempotent. It
    runs in one transaction with the cursor, unless `outside`: then it writes to another
    system first and the cursor follows. `batch` is how many subjects it takes at once: a record
    that tells of thousands comes alone.
    """

    name: str
    types: frozenset[str]
    handle: Handle
    outside: bool = False
    batch: int = BATCH


CONSUMERS: dict[str, Consumer] = {}


def consumer(
    name: str, types: Iterable[str], *, outside: bool = False, batch: int = BATCH
) -> Callable[[Handle], Handle]:
    """Registers a function as a consumer; apps import their handlers in `ready()`."""

    def register(handle: Handle) -> Handle:
        wanted = types if isinstance(types, _Every) else frozenset(types)
        CONSUMERS[name] = Consumer(name, wanted, handle, outside, batch)
        return handle

    return register


def back_off(failures: int) -> timedelta:
    """2, 4, 8 … seconds, at most two minutes."""
    return timedelta(seconds=min(2**failures, 120))
