"""Which digests does somebody get, and when?"""

from dataclasses import dataclass
from datetime import time

from loopwell.access.rules import Actor
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest, Wish
from loopwell.digests.rules import usual

AT = time(7, 30)


@dataclass(frozen=True)
class Wished:
    """Editions and hour; `own` tells whether the person has chosen them."""

    editions: frozenset[Edition]
    at: time
    own: bool


def wished(actor: Actor) -> Wished:
    if actor.user_id is None:
        return Wished(frozenset(), AT, own=False)
    row = Wish.objects.filter(user_id=actor.user_id).first()
    if row is None:
        return Wished(usual(actor.roles), AT, own=False)
    return Wished(editions_of(row), row.at, own=True)


def editions_of(row: Wish) -> frozenset[Edition]:
    return frozenset(each for each in Edition if getattr(row, each.value))


def last_digests(actor: Actor, limit: int = 5) -> list[Digest]:
    if actor.user_id is None:
        return []
    return list(Digest.objects.filter(user_id=actor.user_id)[:limit])
