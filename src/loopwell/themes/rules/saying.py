"""Is what a person says about a comment something that can be kept?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.themes.enums import Sentiment

MOST = 12
"""Themes of one comment."""


@dataclass(frozen=True)
class Said:
    """One theme found in a comment; `words` are the places that show it, [start, end)."""

    theme: str
    sentiment: int | None = None
    words: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "theme": self.theme,
            "sentiment": self.sentiment,
            "words": [list(place) for place in self.words],
        }


def read_said(given: Sequence[Mapping[str, Any]]) -> list[Said]:
    """From what a form or a kept coding holds. Raises Invalid."""
    try:
        return [
            Said(
                str(each["theme"]),
                None if each.get("sentiment") is None else int(each["sentiment"]),
                tuple((int(start), int(end)) for start, end in each.get("words") or ()),
            )
            for each in given
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(_("The codes cannot be read. Load the page again.")) from error


def checked(said: Sequence[Said], comment: str) -> None:
    """Raises Invalid for a theme said twice, too many, or places outside the comment."""
    slugs = [each.theme for each in said]
    if len(set(slugs)) < len(slugs):
        raise Invalid(_("One theme is chosen twice. Choose each only once."))
    if len(slugs) > MOST:
        raise Invalid(_("At most %(most)d themes in one comment.") % {"most": MOST})
    for each in said:
        if each.sentiment is not None and each.sentiment not in Sentiment.values:
            raise Invalid(_("A sentiment is negative, neutral or positive."))
        for start, end in each.words:
            if not 0 <= start < end <= len(comment):
                raise Invalid(_("Words are marked outside the comment. Mark them again."))
