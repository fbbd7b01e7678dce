"""Which mentions of a theme would go to which part, were it split by words?"""

from collections.abc import Sequence
from dataclasses import dataclass

from loopwell.themes.models import Theme
from loopwell.themes.rules.patterns import patterns_of, tokens_of


@dataclass(frozen=True)
class Parted:
    """Mentions (their ids) of each part in order; `both` show several parts, `none` none."""

    mentions: tuple[tuple[int, ...], ...]
    both: int
    none: int


def parted(theme: Theme, patterns: Sequence[str]) -> Parted:
    """Raises Invalid where a part has no words."""
    looked = [patterns_of(lines) for lines in patterns]
    mentions: list[list[int]] = [[] for _part in looked]
    both = none = 0
    for pk, comment in theme.mentions.values_list("pk", "response__comment").iterator():
        tokens = tokens_of(comment)
        shown = [place for place, each in enumerate(looked) if each.spans(comment, tokens)]
        if len(shown) == 1:
            mentions[shown[0]].append(pk)
        elif shown:
            both += 1
        else:
            none += 1
    return Parted(tuple(map(tuple, mentions)), both, none)
