"""What is a ready-made survey: its questions, and its words in every language we speak?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.questions import Question, text_keys

SECONDS_A_SCALE, SECONDS_A_TEXT = 6, 25


@dataclass(frozen=True)
class Template:
    """A survey that can be sent as it is. `texts` has every text by language; `name` and
    `what_for` speak to the person who chooses, not to customers."""

    key: str
    name: str | Promise
    what_for: str | Promise
    icon: str
    kind: SurveyKind
    questions: tuple[Question, ...]
    texts: Mapping[str, Mapping[str, str]]
    touchpoint: str = ""

    @property
    def asked(self) -> Sequence[Question]:
        """The questions a person answers: hidden fields are filled by the link."""
        return [each for each in self.questions if each.type != "hidden"]

    @property
    def minutes(self) -> int:
        """How long it takes at most, in whole minutes: long texts count more than scales."""
        seconds = sum(_seconds(each) for each in self.asked)
        return max(1, round(seconds / 60))

    def keys(self) -> Sequence[str]:
        """Under which keys the words of all questions are kept."""
        return [key for each in self.questions for key in text_keys(each)]


def _seconds(question: Question) -> int:
    if question.type in ("comment", "text"):
        return SECONDS_A_TEXT
    return SECONDS_A_SCALE * max(1, len(question.options) if question.type == "grid" else 1)
