"""How often do people who read a comment say what rules say?

People speak through codings: who coded a comment without naming a theme said that it is not
there. A rule for a theme is right too where people named one under it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Coding, Mention, Theme
from loopwell.themes.rules.taxonomy import below


@dataclass(frozen=True)
class Judged:
    """Of comments that people coded: how many were found, in how many of these people found the
    theme too, and in how many comments they found it."""

    found: int
    agreed: int
    given: int

    @property
    def missed(self) -> int:
        return self.given - self.agreed


def judged(found: Collection[int], given: Collection[int], coded: Collection[int]) -> Judged:
    """From answers in which a rule, and people, found the theme, and those that were coded."""
    mine = set(found) & set(coded)
    return Judged(len(mine), len(mine & set(given)), len(set(given)))


def coded_among(responses: Iterable[int]) -> set[int]:
    rows = Coding.objects.filter(response__in=list(responses), is_second=False)
    return set(rows.values_list("response", flat=True))


def told_by_people(responses: Iterable[int]) -> dict[int, set[str]]:
    """The themes (slugs) that people named in each of these answers' comments."""
    rows = Mention.objects.filter(response__in=list(responses), source=MentionSource.CODER)
    told: dict[int, set[str]] = {}
    for response, slug in rows.values_list("response", "theme__slug"):
        told.setdefault(response, set()).add(slug)
    return told


def judged_rules(slugs: Collection[str]) -> dict[str, Judged]:
    """Of each of these themes, by what its rules that are on found so far, in all comments that
    people coded."""
    if not slugs:
        return {}
    coded = Coding.objects.filter(is_second=False, response__is_test=False)
    rows = Mention.objects.filter(response__in=coded.values("response"))
    found = _by_theme(rows.filter(source=MentionSource.RULE, theme__slug__in=slugs))
    parents = dict(Theme.objects.values_list("slug", "parent__slug"))
    under = {slug: below(slug, parents) for slug in slugs}
    every = {each for slugs in under.values() for each in slugs}
    given = _by_theme(rows.filter(source=MentionSource.CODER, theme__slug__in=every))
    return {
        slug: judged(
            found.get(slug, set()),
            {pk for each in under[slug] for pk in given.get(each, ())},
            found.get(slug, set()),
        )
        for slug in slugs
    }


def _by_theme(rows: QuerySet[Mention]) -> dict[str, set[int]]:
    told: dict[str, set[int]] = {}
    for slug, response in rows.values_list("theme__slug", "response"):
        told.setdefault(slug, set()).add(response)
    return told
