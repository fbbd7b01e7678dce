"""Which groups are large enough to be shown, without what is hidden being found by subtraction?

Primary and complementary suppression of cells, as statistical offices do it (Hundepool et al.,
Statistical Disclosure Control, 2012, chapter 4), with a threshold on the number of answers.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5
"""Answers a group needs. With fewer, colleagues can guess who said what; five is the least that
is usual for surveys of employees."""

Key = TypeVar("Key", bound=Hashable)


def shown_cells(counts: Mapping[Key, int], least: int = LEAST) -> frozenset[Key]:
    """The cells that may stand beside their total.

    Those below `least` are hidden, and with them the next smallest, until the hidden ones together
    are at least as many: the total less what is shown is then a large enough group itself.
    """
    hidden = {key for key, n in counts.items() if 0 < n < least}
    others = sorted((n, str(key), key) for key, n in counts.items() if n >= least)
    for _n, _name, key in others:
        together = sum(counts[each] for each in hidden)
        if not 0 < together < least:
            break
        hidden.add(key)
    return frozenset(counts.keys() - hidden)


def shown_places(counts: Mapping[str, int], least: int = LEAST) -> frozenset[str]:
    """Of answers counted by the path of their unit ("/1/4/"; "" without one), the places whose
    answers, with all below, may be shown; "" is the whole, "/1/*" what belongs to "/1/" itself and
    to nothing below it.

    From the top down: a place is shown only where the one above it is.
    """
    below: Counter[str] = Counter()
    for path, n in counts.items():
        for place in _and_above(path):
            below[place] += n
    if below[""] < least:
        return frozenset()
    shown, waiting = {""}, [""]
    while waiting:
        above = waiting.pop()
        cells = {each: n for each, n in below.items() if each and _above(each) == above}
        own = counts.get(above, 0)
        found = shown_cells({**cells, f"{above}*": own}, least)
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
