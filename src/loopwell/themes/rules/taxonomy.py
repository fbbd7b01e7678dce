"""What is a sound taxonomy: up to three levels, no circles, every part under one other?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

LEVELS = 3


@dataclass(frozen=True)
class Place:
    """Where a theme stands: its own slug and those above it, the top first."""

    slug: str
    above: tuple[str, ...]

    @property
    def level(self) -> int:
        return len(self.above) + 1

    @property
    def top(self) -> str:
        return (*self.above, self.slug)[0]

    @property
    def second(self) -> str:
        """The second level; empty for a theme at the top."""
        return (*self.above, self.slug, "")[1]


def places(parents: Mapping[str, str | None]) -> dict[str, Place]:
    """Of every theme by slug; raises Invalid where something is wrong with the levels."""
    return {slug: _place(slug, parents) for slug in parents}


def _place(slug: str, parents: Mapping[str, str | None]) -> Place:
    above: list[str] = []
    at = parents[slug]
    while at:
        if at not in parents:
            raise Invalid(_("“%(theme)s” stands under “%(above)s”, which is not in the taxonomy.")
                          % {"theme": slug, "above": at})  # fmt: skip
        if at == slug or at in above:
            circle = " → ".join([slug, *above, at])
            raise Invalid(_("Themes stand under one another in a circle: %(circle)s.")
                          % {"circle": circle})  # fmt: skip
        above.append(at)
        at = parents[at]
    if len(above) >= LEVELS:
        message = _("“%(theme)s” would stand on level %(level)d; there are three at most.")
        raise Invalid(message % {"theme": slug, "level": len(above) + 1})
    return Place(slug, tuple(reversed(above)))


def below(slug: str, parents: Mapping[str, str | None]) -> set[str]:
    """The theme itself and all those under it."""
    found = {slug}
    while more := {each for each, above in parents.items() if above in found} - found:
        found |= more
    return found


def in_order(
    themes: Iterable[tuple[str, str | None, int]],
) -> list[tuple[str, int]]:
    """Depth first: each slug with its level, from (slug, parent, position)."""
    children: dict[str | None, list[tuple[int, str]]] = {}
    known = list(themes)
    slugs = {slug for slug, _parent, _position in known}
    for slug, parent, position in known:
        children.setdefault(parent if parent in slugs else None, []).append((position, slug))
    found: list[tuple[str, int]] = []

    def walk(parent: str | None, level: int) -> None:
        for _position, slug in sorted(children.get(parent, ())):
            found.append((slug, level))
            walk(slug, level + 1)

    walk(None, 1)
    return found
