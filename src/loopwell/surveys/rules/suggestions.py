"""With which words does a new question begin, in each language?

Our words for scales are those of the ready-made surveys, for whole questions those of the
product's catalogue.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, text_keys
from loopwell.surveys.templates import TEMPLATES
from loopwell.surveys.wording import LANGUAGES, ready_made

_LABELS: dict[QuestionType, Promise] = {
    QuestionType.CSAT: _("How satisfied are you?"),
    QuestionType.CES: _("{company} made it easy for me to get what I wanted."),
    QuestionType.GRID: _("How do you rate us on each of these?"),
    QuestionType.SINGLE: _("Which of these fits best?"),
    QuestionType.MULTIPLE: _("Which of these apply?"),
    QuestionType.TEXT: _("What could we do better?"),
}
_POINTS = {QuestionType.CSAT: 5, QuestionType.CES: 7, QuestionType.GRID: 5}


def usual_points(kind: QuestionType) -> int:
    """CSAT asks on five points, effort on seven (as in the Customer Effort Score 2.0)."""
    return _POINTS.get(kind, 5)


def suggestion(kind: QuestionType, part: str, language: str) -> str:
    """Our words for a part ("label", "low", "high", "other") of such a question; "" where we
    have none in this language."""
    said = LANGUAGES.get(language)
    if part == "label":
        return _label(kind, language)
    if said is None:
        return ""
    if part == "other":
        return said.OTHER
    low, high = said.SCALES.get(kind.value, ("", ""))
    return {"low": low, "high": high}.get(part, "")


def _label(kind: QuestionType, language: str) -> str:
    """From the product's catalogue."""
    if kind not in _LABELS:
        return ""
    with translation.override("en"):
        english = str(_LABELS[kind])
    with translation.override(language):
        ours = str(_LABELS[kind])
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
    kind: str, questions: Iterable[Question], said: Mapping[str, str], language: str
) -> Callable[[str], dict[str, str]]:
    """What a new language begins with: the words of the ready-made survey where those of this
    one are still its, and ours for further questions that began with ours."""
    asked = tuple(questions)
    plain = ready_made(kind, language)
    special = {key: text for key, text in said.items() if plain.get(key) != text}

    def words_in(other: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for question in asked:
            found |= suggested_in(question, said, language, other)
        for template in TEMPLATES.values():
            own, theirs = template.texts.get(language, {}), template.texts.get(other, {})
            same = [key for key, text in special.items() if own.get(key) == text and key in theirs]
            found |= {key: theirs[key] for key in same}
        return found

    return words_in
