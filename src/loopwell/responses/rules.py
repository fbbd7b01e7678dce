"""What may an answer contain, and what can become of one that is given?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

COMMENT_LIMIT = 5000


class Standing(Enum):
    """What a link leads to."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    DECLINED = "declined"
    UNKNOWN = "unknown"


class Effect(Enum):
    """What recording an answer did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True)
class Answer:
    """What a customer says; None leaves what they said before as it is.

    `answers` are those to further questions, by key (surveys.questions says in which shape); keys
    left out stay as they were.
    """

    score: int
    comment: str | None = None
    contact_consent: bool | None = None
    answers: Mapping[str, Any] | None = None


def check(answer: Answer) -> Answer:
    """The answer, trimmed; raises Invalid with a sentence for the customer."""
    if not 0 <= answer.score <= 10:
        raise Invalid(_("Please choose a number from 0 to 10."), fields={"score": []})
    if answer.comment is None:
        return answer
    comment = answer.comment.replace("\x00", "").strip()
    return replace(answer, comment=comment[:COMMENT_LIMIT])
