"""From which comments does the model learn, and which theme does each name stand for today?"""

from collections.abc import Iterable, Mapping

from loopwell.themes.enums import MentionSource
from loopwell.themes.learning import Example
from loopwell.themes.models import Coding, Mention, Theme

CALLS_FROM = 200
"""Coded comments from which on what was found in calls is not learnt from: customers tell much
in a call that their comment does not say."""


def coded_examples() -> list[Example]:
    """Comments as people coded them; while these are few, also comments whose customer was
    called, with the causes found then."""
    today = themes_today()
    rows = (
        Coding.objects.filter(is_second=False, response__is_test=False)
        .exclude(response__comment="")
        .order_by("at", "pk")
        .values_list("response", "response__comment", "themes", "is_random")
    )
    found: dict[int, Example] = {}
    for response, comment, said, is_random in rows.iterator():
        slugs = (today.get(each["theme"]) for each in said)
        themes = frozenset(slug for slug in slugs if slug is not None)
        found[response] = Example(comment, themes, is_random)
    if len(found) < CALLS_FROM:
        found = _called(today) | found
    return [found[response] for response in sorted(found)]


def _called(today: Mapping[str, str | None]) -> dict[int, Example]:
    rows = (
        Mention.objects.filter(source=MentionSource.INTERVIEWER, response__is_test=False)
        .exclude(response__comment="")
        .values_list("response", "response__comment", "theme__slug")
    )
    comments: dict[int, str] = {}
    themes: dict[int, set[str]] = {}
    for response, comment, slug in rows.iterator():
        comments[response] = comment
        theme = today.get(slug)
        if theme is not None:
            themes.setdefault(response, set()).add(theme)
    return {
        response: Example(comments[response], frozenset(named))
        for response, named in themes.items()
    }


def themes_today() -> dict[str, str | None]:
    """Into which theme in use each slug leads: merged ones into theirs, retired ones nowhere."""
    rows = Theme.objects.values_list("slug", "retired_at", "merged_into__slug")
    known = {slug: (retired, into) for slug, retired, into in rows}
    return {slug: _today(slug, known) for slug in known}


def _today(slug: str | None, known: Mapping[str, tuple[object, str | None]]) -> str | None:
    seen: set[str] = set()
    while slug is not None and slug not in seen:
        seen.add(slug)
        retired, into = known[slug]
        if retired is None:
            return slug
        slug = into
    return None


def names(slugs: Iterable[str]) -> dict[str, str]:
    return {theme.slug: str(theme) for theme in Theme.objects.filter(slug__in=list(slugs))}
