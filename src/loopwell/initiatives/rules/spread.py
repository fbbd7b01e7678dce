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
    """By unit id: `since` when it is treated, and those never treated that it is compared with.

    `lowest` are those compared that have no unit below: how many there are to a person.
    """

    since: Mapping[int, date]
    compared: frozenset[int]
    lowest: frozenset[int]


def spread(
    places: Sequence[Place],
    starts: Mapping[int, date],
    *,
    meant_for: Sequence[str],
    compared_with: Sequence[str],
) -> Spread:
    """`starts` are roll-outs by unit id: one holds for all below, unless they have their own.

    `meant_for` and `compared_with` are paths, both with all below them; nothing in `meant_for` is
    the whole company, nothing in `compared_with` is every unit it is meant for. What is treated,
    or holds something treated, is never compared.
    """
    since: dict[int, date] = {}
    for place in places:
        nearest = next((starts[pk] for pk in reversed(_above(place)) if pk in starts), None)
        if nearest is not None:
            since[place.id] = nearest
    wanted = tuple(compared_with or meant_for or ["/"])
    mixed = {pk for place in places if place.id in since for pk in _above(place)}
    compared = [
        place for place in places if place.id not in mixed and place.path.startswith(wanted)
    ]
    holding = {pk for place in places for pk in _above(place) if pk != place.id}
    return Spread(
        since,
        frozenset(place.id for place in compared),
        frozenset(place.id for place in compared if place.id not in holding),
    )


def _above(place: Place) -> list[int]:
    """From the root down to the unit itself."""
    return [int(part) for part in place.path.strip("/").split("/") if part]
