"""Since when does each unit work in the new way, and which are it compared with?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Place:
    """A unit and its path, the ids from the root down to it ("/1/4/9/")."""

    id: int
    path: str


@dataclass(frozen=True)
class Spread:
    """By unit id: `since` when it is treated, and those never treated that it is compared with."""

    since: Mapping[int, date]
    compared: frozenset[int]


def spread(
    places: Sequence[Place],
    starts: Mapping[int, date],
    *,
    meant_for: Sequence[str],
    compared_with: Sequence[str],
) -> Spread:
    """`starts` are roll-outs by unit id: one holds for all below, unless they have their own.

    `meant_for` and `compared_with` are paths, both with all below them; nothing in `meant_for` is
    the whole company, nothing in `compared_with` is every unit it is meant for. What is treated
    is never compared.
    """
    since: dict[int, date] = {}
    for place in places:
        above = [int(part) for part in place.path.strip("/").split("/") if part]
        nearest = next((starts[pk] for pk in reversed(above) if pk in starts), None)
        if nearest is not None:
            since[place.id] = nearest
    wanted = compared_with or meant_for
    compared = (
        place.id
        for place in places
        if place.id not in since and (not wanted or place.path.startswith(tuple(wanted)))
    )
    return Spread(since, frozenset(compared))
