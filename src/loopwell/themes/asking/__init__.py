"""What does a language model elsewhere read in comments, where a company lets it?

Pure but for the call: texts and themes in, themes and places out, no database. Personal data is
masked before anything leaves; places are those in the whole text. Nothing the model says is
believed unless it names a theme we asked about and words that stand in the comment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import sleep

from loopwell.themes.asking.answering import Coded, Dropped, read_answer
from loopwell.themes.asking.calling import CoderFailed, Endpoint
from loopwell.themes.asking.prompting import ThemeAsked, question
from loopwell.themes.asking.veiling import Veiled, veiled

__all__ = ["BATCH", "Answered", "Coded", "CoderFailed", "Dropped", "ThemeAsked", "readings"]

BATCH = 20


@dataclass(frozen=True)
class Answered:
    """`coded` has a list for each text. `unanswered` are the places of texts that the model said
    nothing about, which differs from finding no theme in them."""

    coded: list[list[Coded]]
    unanswered: tuple[int, ...]
    dropped: Dropped


def readings(
    texts: Sequence[str],
    themes: Sequence[ThemeAsked],
    *,
    url: str,
    key: str,
    model: str,
    names: Sequence[Sequence[str]] = (),
    private: bool = False,
    pause: Callable[[float], None] = sleep,
) -> Answered:
    """In batches; raises CoderFailed with the first that is not answered at all.

    `names` are the customer's for each text, or none. `private` as for kit.outbound. Takes up to
    some minutes a batch while the other side is busy.
    """
    hidden = [veiled(text, names[at] if names else ()) for at, text in enumerate(texts)]
    coded: list[list[Coded]] = []
    unanswered: list[int] = []
    dropped = Dropped()
    slugs = frozenset(theme.slug for theme in themes)
    endpoint = Endpoint(url=url, key=key, model=model, private=private, pause=pause)
    try:
        for at in range(0, len(hidden), BATCH):
            batch = hidden[at : at + BATCH]
            said = _asked(endpoint, batch, themes)
            found, lost = read_answer(said, batch, slugs)
            coded += [each or [] for each in found]
            unanswered += [at + place for place, each in enumerate(found) if each is None]
            dropped += lost
    finally:
        endpoint.close()
    return Answered(coded, tuple(unanswered), dropped)


def _asked(endpoint: Endpoint, batch: Sequence[Veiled], themes: Sequence[ThemeAsked]) -> str:
    return endpoint.ask(question([each.text for each in batch], themes))
