"""How does one read what a customer said to the further questions?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.delivery.letters import company_name
from loopwell.responses.queries import chosen, further_questions, other_words
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, questions_of
from loopwell.surveys.rules import filled, texts_for


@dataclass(frozen=True)
class Line:
    """A question and what was said to it; `parts` are a grid's aspects or several choices."""

    label: str
    parts: tuple[str, ...]
    own_words: bool = False


@dataclass(frozen=True)
class Column:
    """One question of one survey in a table of answers."""

    survey_id: int
    question: Question
    header: str
    texts: Mapping[str, str]

    def cell(self, row: Any) -> str:
        if row.survey_id != self.survey_id:
            return ""
        return "; ".join(said(self.question, row.answers.get(self.question.key), self.texts))


def further_answers(answer: Any) -> list[Line]:
    """In the words of the version that was shown, in the reader's language if it has it."""
    if not answer.answers:
        return []
    if answer.version is not None:
        asked = [(question, answer.version) for question in questions_of(answer.version)]
    else:
        asked = further_questions(answer.survey)
    read = reader()
    found = []
    for question, version in asked:
        texts = read(version)
        if parts := said(question, answer.answers.get(question.key), texts):
            own = question.type == QuestionType.TEXT
            found.append(Line(label_of(question, texts), tuple(parts), own))
    return found


def reader() -> Callable[[Any], Mapping[str, str]]:
    """Gives a version's words in the reader's language, without a customer's name in them."""
    company, language = company_name(), (get_language() or "en")[:2]
    known: dict[int, Mapping[str, str]] = {}

    def read(version: Any) -> Mapping[str, str]:
        if version.pk not in known:
            known[version.pk] = filled(texts_for(version, language), company=company)
        return known[version.pk]

    return read


def label_of(question: Question, texts: Mapping[str, str]) -> str:
    return texts.get(f"{question.key}.label") or question.source or question.key


def said(question: Question, answer: Any, texts: Mapping[str, str]) -> list[str]:
    """An answer in words; nothing for none and for one in a shape its question does not have."""

    def name(option: str) -> str:
        return texts.get(f"{question.key}.{option}") or option

    match question.type, answer:
        case QuestionType.CSAT | QuestionType.CES, int():
            return [_points(answer, question)]
        case QuestionType.GRID, dict():
            words = _("%(aspect)s: %(points)s")
            order = [*question.options, *(set(answer) - set(question.options))]
            return [
                words % {"aspect": name(aspect), "points": _points(answer[aspect], question)}
                for aspect in order
                if aspect in answer
            ]
        case QuestionType.SINGLE | QuestionType.MULTIPLE, str() | dict() if answer:
            picked, own = chosen(answer) - {"other"}, other_words(answer)
            order = [*question.options, *sorted(picked - set(question.options))]
            names = [name(option) for option in order if option in picked]
            words = _("%(choice)s: %(words)s")
            return names + ([words % {"choice": name("other"), "words": own}] if own else [])
        case ((QuestionType.TEXT | QuestionType.HIDDEN), str()) if answer:
            return [answer]
    return []


def _points(given: Any, question: Question) -> str:
    return _("%(given)s of %(points)d") % {"given": given, "points": question.points}
