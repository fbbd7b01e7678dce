"""How do words of an answer read where they leave Loopwell: as written, or without personal data?

One reader for a whole list: the company's choice is looked up once.
"""

from collections.abc import Callable

from loopwell.kit.masking import mask
from loopwell.responses.models import Masking, Response

Said = Callable[[Response, str], str]
"""Words of an answer for whoever they go to, in the language that is active."""


def masking() -> Masking:
    """The company's one row; an unsaved one with our defaults while nobody has chosen."""
    return Masking.objects.order_by("pk").first() or Masking()


def as_written(answer: Response, words: str) -> str:
    return words


def masked(answer: Response, words: str) -> str:
    """Reads the customer's name: select it along where there are many."""
    names = [answer.customer.name] if answer.customer else []
    return mask(words, names) if words else ""


def said_in_feeds() -> Said:
    """For alarms, digests, webhooks and stories."""
    return masked if masking().in_feeds else as_written


def said_in_exports() -> Said:
    """For files that somebody takes away."""
    return masked if masking().in_exports else as_written
