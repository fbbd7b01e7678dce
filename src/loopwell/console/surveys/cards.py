"""How is a question told to the person who builds a survey: type, words, to whom it is shown?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import SCORE, Question, text_keys
from loopwell.surveys.rules import MOST_QUESTIONS, values_of

ICONS = {
    QuestionType.NPS: "heart",
    QuestionType.COMMENT: "message-2",
    QuestionType.CSAT: "mood-happy",
    QuestionType.CES: "adjustments",
    QuestionType.GRID: "layout-list",
    QuestionType.SINGLE: "circle-check",
    QuestionType.MULTIPLE: "checks",
    QuestionType.TEXT: "quote",
    QuestionType.CONSENT: "phone",
    QuestionType.HIDDEN: "eye-off",
}
EXPLAINED = {
    QuestionType.COMMENT: gettext_lazy("The open “why” after the score. The most useful question."),
    QuestionType.CSAT: gettext_lazy("One to five, from very dissatisfied to very satisfied."),
    QuestionType.CES: gettext_lazy("Was it easy? One to seven, how much a customer agrees."),
    QuestionType.GRID: gettext_lazy("Several aspects, such as price and delivery, on one scale."),
    QuestionType.SINGLE: gettext_lazy("A list of which a customer picks one."),
    QuestionType.MULTIPLE: gettext_lazy("A list of which a customer picks as many as fit."),
    QuestionType.TEXT: gettext_lazy("A box for own words."),
    QuestionType.CONSENT: gettext_lazy("Yes or no; asked before you call back."),
    QuestionType.HIDDEN: gettext_lazy("Kept with the answer, not shown: from a link or property."),
}
ONCE = (QuestionType.COMMENT, QuestionType.CONSENT)


@dataclass(frozen=True)
class Card:
    """One question in the list of the builder."""

    question: Question
    icon: str
    kind: str
    label: str
    ends: str
    options: tuple[str, ...]
    shown_to: str
    first: bool
    last: bool

    @property
    def fixed(self) -> bool:
        return self.question.key == SCORE


def cards(questions: Sequence[Question], texts: Mapping[str, str]) -> list[Card]:
    """In order; the score cannot move, so the one after it is the first that can."""
    found = []
    for place, each in enumerate(questions):
        found.append(
            Card(
                question=each,
                icon=ICONS[each.type],
                kind=str(each.type.label),
                label=label_of(each, texts),
                ends=_ends(each, texts),
                options=tuple(option_words(each, texts).values()),
                shown_to=shown_to(each, questions, texts),
                first=place == 1,
                last=place == len(questions) - 1,
            )
        )
    return found


def label_of(question: Question, texts: Mapping[str, str]) -> str:
    """Its words; a hidden field's is where it is filled from."""
    if question.type == QuestionType.HIDDEN:
        return question.source
    return texts.get(text_keys(question)[0], "")


def option_words(question: Question, texts: Mapping[str, str]) -> dict[str, str]:
    """Choices or aspects by key, the choice of own words last."""
    names = [*question.options, *(["other"] if question.other else [])]
    return {name: texts.get(f"{question.key}.{name}", "") or "…" for name in names}


def _ends(question: Question, texts: Mapping[str, str]) -> str:
    if question.type == QuestionType.NPS:
        low, first, high, last = texts.get("low", ""), 0, texts.get("high", ""), 10
    elif question.rated:
        low, first = texts.get(f"{question.key}.low", ""), 1
        high, last = texts.get(f"{question.key}.high", ""), question.points
    else:
        return ""
    return _("%(first)d: %(low)s … %(last)d: %(high)s") % {
        "first": first, "low": low, "last": last, "high": high,
    }  # fmt: skip


def value_words(question: Question, texts: Mapping[str, str]) -> dict[str, str]:
    """What a later question can depend on: the value and how to say it."""
    if question.type == QuestionType.NPS:
        return {
            "promoter": _("Promoters"),
            "passive": _("Passives"),
            "detractor": _("Detractors"),
        }
    options = option_words(question, texts)
    return {value: options.get(value, value) for value in values_of(question)}


def shown_to(question: Question, questions: Sequence[Question], texts: Mapping[str, str]) -> str:
    """ "Only to detractors", or "" for everybody."""
    condition = question.shown_if
    asked = next((q for q in questions if condition and q.key == condition.question), None)
    if condition is None or asked is None:
        return ""
    if asked.type == QuestionType.NPS:
        names = {
            "promoter": pgettext("shown only to", "promoters"),
            "passive": pgettext("shown only to", "passives"),
            "detractor": pgettext("shown only to", "detractors"),
        }
        to = ", ".join(names[value] for value in condition.values if value in names)
        return _("Shown only to %(categories)s") % {"categories": to}
    words = value_words(asked, texts)
    values = ", ".join(words.get(value, value) for value in condition.values)
    return _("Shown only if “%(question)s” was answered: %(values)s") % {
        "question": label_of(asked, texts),
        "values": values,
    }


def addable(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The kinds of question that can be added now; none when the survey is full."""
    if len(questions) >= MOST_QUESTIONS:
        return []
    there = {question.type for question in questions}
    return [
        {"type": kind.value, "name": kind.label, "icon": ICONS[kind], "words": words}
        for kind, words in EXPLAINED.items()
        if kind not in ONCE or kind not in there
    ]
