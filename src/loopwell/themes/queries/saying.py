"""In which words do answers speak of a theme?"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention

Spans = list[tuple[int, int]]


def spans_of(responses: Collection[int], slugs: Collection[str]) -> dict[int, Spans]:
    """The places of each comment that show one of these themes, in order, none overlapping."""
    found: dict[int, set[tuple[int, int]]] = {}
    rows = Mention.objects.filter(response__in=list(responses), theme__slug__in=list(slugs))
    for response, words in rows.values_list("response", "words"):
        found.setdefault(response, set()).update((start, end) for start, end in words)
    return {response: _apart(sorted(spans)) for response, spans in found.items()}


def in_comments(rows: QuerySet[Any], slugs: Collection[str]) -> QuerySet[Any]:
    """Those of these answers whose comment, as somebody or something read it, names a theme."""
    said = Mention.objects.filter(theme__slug__in=list(slugs)).exclude(
        source=MentionSource.INTERVIEWER
    )
    return rows.exclude(comment="").filter(pk__in=said.values("response"))


def _apart(spans: Spans) -> Spans:
    kept: Spans = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept
