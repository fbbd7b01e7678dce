"""What of a language model's answer can be believed?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.themes.asking.calling import CoderFailed
from loopwell.themes.asking.veiling import Span, Veiled


@dataclass(frozen=True)
class Coded:
    """A theme of a comment; `words` are places in the whole text, in order, none over another."""

    slug: str
    sentiment: int
    words: tuple[Span, ...]


@dataclass(frozen=True)
class Dropped:
    """What was said and not believed: no theme of ours; words that stand nowhere in the comment;
    neither theme nor sentiment to be read."""

    unknown: int = 0
    unproven: int = 0
    unreadable: int = 0

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(
            self.unknown + other.unknown,
            self.unproven + other.unproven,
            self.unreadable + other.unreadable,
        )


def read_answer(
    said: str, batch: Sequence[Veiled], slugs: frozenset[str]
) -> tuple[list[list[Coded] | None], Dropped]:
    """For each comment what holds, None for one that was not answered."""
    found: list[list[Coded] | None] = [None] * len(batch)
    dropped = Dropped()
    for row in _rows(said):
        place = row.get("id") if isinstance(row, dict) else None
        if type(place) is not int or not 0 <= place < len(batch) or found[place] is not None:
            dropped += Dropped(unreadable=1)
            continue
        known: dict[str, Coded] = {}
        for each in _list(row.get("themes")):
            read = _coded(each, batch[place], slugs)
            if isinstance(read, Dropped):
                dropped += read
            else:
                known[read.slug] = _together(known.get(read.slug), read)
        found[place] = list(known.values())
    return found, dropped


def _rows(said: str) -> list[Any]:
    """Models like to put a fence or a greeting around what they were asked for."""
    start, end = said.find("{"), said.rfind("}")
    try:
        found = json.loads(said[start : end + 1])["comments"]
    except (ValueError, KeyError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise CoderFailed(
            _("The language model answered with something else than the JSON it was asked for: %s")
            % said[:200]
        )
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _coded(said: Any, comment: Veiled, slugs: frozenset[str]) -> Coded | Dropped:
    slug = said.get("theme") if isinstance(said, dict) else None
    if not isinstance(slug, str):
        return Dropped(unreadable=1)
    if slug not in slugs:
        return Dropped(unknown=1)
    sentiment = said.get("sentiment")
    if type(sentiment) is not int or sentiment not in (-1, 0, 1):
        return Dropped(unreadable=1)
    words = [each for each in _list(said.get("words")) if isinstance(each, str)]
    places = [place for each in words if (place := comment.place_of(each)) is not None]
    return Coded(slug, sentiment, _merged(places)) if places else Dropped(unproven=1)


def _together(known: Coded | None, more: Coded) -> Coded:
    """A theme said twice of one comment; the first sentiment counts."""
    if known is None:
        return more
    return Coded(known.slug, known.sentiment, _merged([*known.words, *more.words]))


def _merged(places: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for start, end in sorted(places):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
