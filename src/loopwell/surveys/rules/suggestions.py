"""With which words does a new question begin, in each language?

They are words of the product's catalogue, so that every language of the product has them.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, text_keys

_WORDS: dict[QuestionType, dict[str, Promise]] = {
    QuestionType.CSAT: {
        "label": _("How satisfied are you?"),
        "low": _("Very dissatisfied"),
        "high": _("Very satisfied"),
    },
    QuestionType.CES: {
        "label": _("{company} made it easy for me to get what I wanted."),
        "low": _("Strongly disagree"),
        "high": _("Strongly agree"),
    },
    QuestionType.GRID: {
        "label": _("How do you rate us on each of these?"),
        "low": _("Very poor"),
        "high": _("Excellent"),
    },
    QuestionType.SINGLE: {"label": _("Which of these fits best?"), "other": _("Something else")},
    QuestionType.MULTIPLE: {
        "label": _("Which of these apply?"),
        "other": _("Something else"),
    },
    QuestionType.TEXT: {"label": _("What could we do better?")},
}
_POINTS = {QuestionType.CSAT: 5, QuestionType.CES: 7, QuestionType.GRID: 5}


def usual_points(kind: QuestionType) -> int:
    """CSAT asks on five points, effort on seven (as in the Customer Effort Score 2.0)."""
    return _POINTS.get(kind, 5)


def suggestion(kind: QuestionType, part: str, language: str) -> str:
    """Our words for a part ("label", "low", "high", "other") of such a question; "" where the
    catalogue has none in this language."""
    found = _WORDS.get(kind, {}).get(part)
    if found is None:
        return ""
    with translation.override("en"):
        english = str(found)
    with translation.override(language):
        ours = str(found)
    return ours if language == "en" or ours != english else ""


def suggested_in(
    question: Question, said: Mapping[str, str], language: str, other: str
) -> dict[str, str]:
    """Our words in another language for those texts that are ours in this one."""
    found = {}
    for name in text_keys(question):
        part = name.rpartition(".")[2]
        ours = suggestion(question.type, part, language) if "." in name else ""
        theirs = suggestion(question.type, part, other)
        if ours and theirs and said.get(name) == ours:
            found[name] = theirs
    return found


def further_words(
    questions: Iterable[Question], said: Mapping[str, str], language: str
) -> Callable[[str], dict[str, str]]:
    """The same for all questions, by language."""

    def words_in(other: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for question in questions:
            found |= suggested_in(question, said, language, other)
        return found

    return words_in
