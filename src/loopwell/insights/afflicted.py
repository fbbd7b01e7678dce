"""Whom does one problem hit hardest?"""

from dataclasses import dataclass

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Difference, Estimate, difference
from loopwell.calc.proportion import wilson
from loopwell.insights.asking import Filters, Key
from loopwell.insights.differing import adjusted
from loopwell.insights.pains import base_by, named_by

FEW = 10
"""Answers that could name it, below which a group is not judged."""
LEVEL = 0.05


@dataclass(frozen=True)
class Hit:
    """A group: how many of its answers name the problem, against all others. `p` allows for how
    many groups are looked at."""

    key: Key
    named: int
    share: Estimate
    against: Difference | None
    p: float | None

    @property
    def is_harder(self) -> bool:
        real = self.p is not None and self.p < LEVEL
        return real and self.against is not None and self.against.value > 0


def hits(filters: Filters, voice: str, actor: Actor, slug: str, by: str) -> list[Hit]:
    """Groups by how often they name it, the most first; small ones are not judged."""
    bases = base_by(filters, voice, actor, by)
    named = named_by(filters, voice, actor, slug, by)
    whole, all_named = sum(b.n for b in bases.values()), sum(c.n for c in named.values())
    found = [
        _hit(key, min(named[key].n if key in named else 0, base.n), base.n, all_named, whole)
        for key, base in bases.items() if base.n
    ]  # fmt: skip
    p_values = adjusted([each.against.p if each.against else None for each in found])
    judged = [
        Hit(each.key, each.named, each.share, each.against, p)
        for each, p in zip(found, p_values, strict=True)
    ]
    return sorted(judged, key=lambda each: (not each.is_harder, -each.share.value))


def _hit(key: Key, named: int, base: int, all_named: int, whole: int) -> Hit:
    rest, rest_named = whole - base, max(all_named - named, 0)
    against = None
    if base >= FEW and rest >= FEW:
        here = Counts(0, base - named, named)
        against = difference(here, Counts(0, max(rest - rest_named, 0), rest_named))
    return Hit(key, named, wilson(named, base), against, None)
