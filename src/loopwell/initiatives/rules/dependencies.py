"""Would one initiative, by way of others, have to wait for itself?"""

from collections.abc import Collection, Mapping, Sequence


def circle(start: int, needs: Mapping[int, Collection[int]]) -> Sequence[int]:
    """The way from `start` back to itself, both ends named; nothing where there is none."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        for each in needs.get(way[-1], ()):
            if each == start:
                return (*way, start)
            if each not in seen:
                seen.add(each)
                ways.append((*way, each))
    return ()


def with_needed(wanted: Collection[int], needs: Mapping[int, Collection[int]]) -> set[int]:
    """All that must be done with them: what they wait for, and what that waits for."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(needs.get(each, ()))
    return found
