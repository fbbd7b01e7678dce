"""What does the taxonomy look like, and what hangs on each theme?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min

from loopwell.themes.enums import MentionSource
from loopwell.themes.models import CoderVersion, Mention, TaxonomyChange, TextRule, Theme
from loopwell.themes.rules.taxonomy import Place, below, in_order, places


@dataclass(frozen=True)
class Line:
    """A theme where it stands, and in how many answers it was found by each source."""

    theme: Theme
    level: int
    found: dict[str, int]
    rules: int

    @property
    def in_calls(self) -> int:
        return self.found.get(MentionSource.INTERVIEWER, 0)

    @property
    def in_comments(self) -> int:
        """By any of the sources that read comments; the largest, since they overlap."""
        rest = [n for source, n in self.found.items() if source != MentionSource.INTERVIEWER]
        return max(rest, default=0)


@dataclass(frozen=True)
class Hanging:
    """What of the past an act on a theme would touch."""

    answers: int
    mentions: dict[str, int]
    first: datetime | None
    last: datetime | None
    rules: int
    below: list[Theme]


def lines(*, retired: bool = False) -> list[Line]:
    """Depth first, as the page shows it; what waits for a decision is left out."""
    themes = {each.slug: each for each in Theme.objects.select_related("parent")}
    shown = {
        slug: each for slug, each in themes.items()
        if not each.is_waiting and (each.retired_at is not None) == retired
    }  # fmt: skip
    found = _found()
    rules = dict(TextRule.objects.filter(is_on=True).values_list("theme").annotate(n=Count("pk")))
    order = in_order(
        (slug, each.parent.slug if each.parent else None, each.position)
        for slug, each in shown.items()
    )
    return [
        Line(shown[slug], level, found.get(shown[slug].pk, {}), rules.get(shown[slug].pk, 0))
        for slug, level in order
    ]


def _found() -> dict[int, dict[str, int]]:
    told: dict[int, dict[str, int]] = {}
    rows = Mention.objects.filter(response__is_test=False).values_list("theme", "source")
    for theme, source, count in rows.annotate(n=Count("pk")):
        told.setdefault(theme, {})[source] = count
    return told


def where() -> dict[str, Place]:
    """The place of every theme by slug."""
    return places(dict(Theme.objects.values_list("slug", "parent__slug")))


def offered() -> Sequence[Theme]:
    """What can be chosen when coding: everything in use, in the order of the tree."""
    return [line.theme for line in lines()]


def has_levels() -> bool:
    """Whether any theme in use stands under another."""
    return Theme.objects.filter(retired_at=None).exclude(parent=None).exists()


def with_below(slug: str) -> set[str]:
    return below(slug, dict(Theme.objects.values_list("slug", "parent__slug")))


def hanging(theme: Theme) -> Hanging:
    rows = Mention.objects.filter(theme=theme)
    told = rows.aggregate(first=Min("at"), last=Max("at"), n=Count("response", distinct=True))
    sources = Counter(dict(rows.values_list("source").annotate(n=Count("pk"))))
    return Hanging(
        answers=told["n"], mentions=dict(sources), first=told["first"], last=told["last"],
        rules=theme.rules.count(), below=list(theme.children.filter(retired_at=None)),
    )  # fmt: skip


def both_in(theme: Theme, other: Theme) -> int:
    """Answers in which one source found both."""
    rows = Mention.objects.filter(theme=theme).values_list("response", "source")
    others = Mention.objects.filter(theme=other).values_list("response", "source")
    return len(set(rows) & set(others))


def changes(limit: int = 100) -> Sequence[TaxonomyChange]:
    """The newest first."""
    return list(TaxonomyChange.objects.select_related("theme", "by")[:limit])


def change(pk: int) -> TaxonomyChange | None:
    return TaxonomyChange.objects.select_related("theme", "by").filter(pk=pk).first()


def as_file() -> dict[str, Any]:
    """Themes inside themes, as `reading_files` takes them in."""
    told: dict[str | None, list[dict[str, Any]]] = {}
    shown = {line.theme.slug: line.theme for line in lines()}
    made = {
        slug: {
            "slug": slug, "names": each.names, "kind": each.kind,
            "definition": each.definition, "owner_function": each.owner_function,
            "examples": each.examples, "counter_examples": each.counter_examples,
        }
        for slug, each in shown.items()
    }  # fmt: skip
    for slug, each in shown.items():
        above = each.parent.slug if each.parent and each.parent.slug in shown else None
        told.setdefault(above, []).append(made[slug])
    for parent, themes in told.items():
        if parent is not None:
            made[parent]["themes"] = themes
    return {"themes": told.get(None, [])}


def coding_is_automatic() -> bool:
    """Whether rules or a model read every comment that comes."""
    used = CoderVersion.objects.filter(is_used=True)
    return used.exists() or TextRule.objects.filter(is_on=True).exists()
