"""What was found in one answer, by whom, and by which of its words?"""

from dataclasses import dataclass

from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme


@dataclass(frozen=True)
class Found:
    """One theme by one source; `sure` in percent where the model says it."""

    theme: Theme
    source: MentionSource
    words: tuple[str, ...]
    sure: int | None

    @property
    def by(self) -> str:
        return str(self.source.label)


def found_in(response: Response) -> list[Found]:
    """In the order in which sources count: calls, people, rules, the model."""
    order = list(MentionSource)
    rows = Mention.objects.filter(response=response).select_related("theme")
    return [
        Found(
            mention.theme,
            MentionSource(mention.source),
            tuple(response.comment[start:end] for start, end in mention.words),
            None if mention.confidence is None else round(100 * mention.confidence),
        )
        for mention in sorted(
            rows, key=lambda each: (order.index(MentionSource(each.source)), -each.weight, each.pk)
        )
    ]
