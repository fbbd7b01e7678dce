"""Which groups are large enough to be shown, without what is hidden being found by subtraction?

Primary and complementary suppression of cells, as statistical offices do it (Hundepool et al.,
Statistical Disclosure Control, 2012, chapter 4), with a threshold on the number of answers.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

LEAST = 5
"""Answers a group needs. With fewer, colleagues can guess who said what; five is the least that
is usual for surveys of employees."""

Key = TypeVar("Key", bound=Hashable)


def shown_cells(
    counts: Mapping[Key, int], least: int = LEAST, *, unsafe: Collection[Key] = ()
) -> frozenset[Key]:
    """The cells that may stand beside their total.

    Those below `least` are hidden, and with them the next smallest, until the hidden ones together
    are at least as many: the total less what is shown is then a large enough group itself. Cells
    that are `unsafe` for another reason are hidden too, and never alone, as the total would tell.
    """
    hidden = {key for key, n in counts.items() if 0 < n < least or (n and key in unsafe)}
    others = sorted((n, str(key), key) for key, n in counts.items() if n >= least)
    for _n, _name, key in others:
        together = sum(counts[each] for each in hidden)
        alone = len(hidden) == 1 and hidden <= set(unsafe)
        if not (0 < together < least or alone):
            break
        hidden.add(key)
    return frozenset(counts.keys() - hidden)


def block_edges(counts: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """Of answers counted in stretches of time, the earliest first: the totals up to the moments
    that a period may begin or end at.

    Two periods that differ by less than `least` answers would tell them by subtraction. Between
    edges there are at least as many; the last edge is the whole.
    """
    edges, total = [0], 0
    for n in counts:
        total += n
        if total - edges[-1] >= least:
            edges.append(total)
    if len(edges) > 1:
        edges[-1] = total
    return frozenset({*edges, total})


def shown_places(
    counts: Mapping[str, int], least: int = LEAST, *, unsafe: Collection[str] = ()
) -> frozenset[str]:
    """Of answers counted by the path of their unit ("/1/4/"; "" without one), the places whose
    answers, with all below, may be shown; "" is the whole, "/1/*" what belongs to "/1/" itself and
    to nothing below it.

    From the top down: a place is shown only where the one above it is. Places that are `unsafe`
    for another reason are hidden.
    """
    below: Counter[str] = Counter()
    for path, n in counts.items():
        for place in _and_above(path):
            below[place] += n
    if below[""] < least or "" in unsafe:
        return frozenset()
    shown, waiting = {""}, [""]
    while waiting:
        above = waiting.pop()
        cells = {each: n for each, n in below.items() if each and _above(each) == above}
        own = counts.get(above, 0)
        found = shown_cells({**cells, f"{above}*": own}, least, unsafe=unsafe)
        shown |= found
        waiting += found & cells.keys()
    return frozenset(shown)


def _and_above(path: str) -> list[str]:
    found = [path]
    while path:
        path = _above(path)
        found.append(path)
    return found


def _above(path: str) -> str:
    parts = path.strip("/").split("/")[:-1]
    return f"/{'/'.join(parts)}/" if parts else ""
