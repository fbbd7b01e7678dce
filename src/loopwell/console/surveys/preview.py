"""How does a survey look to a customer, while it is being written?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from loopwell.delivery.letters import company_name
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import CATEGORIES, SCORE, Question
from loopwell.surveys.rules import filled

NAMES = {"en": "Anna Brown", "ru": "Анна Смирнова", "uk": "Олена Коваленко", "pl": "Anna Nowak"}
SIZES = ("phone", "desktop")
_PLACEHOLDER = re.compile(r"\{([a-z_.0-9]+)[|}]")
_SCORES = {"promoter": 10, "passive": 8, "detractor": 3}


@dataclass(frozen=True)
class Look:
    """Through whose eyes one looks: in which category, on which screen."""

    category: str = "promoter"
    size: str = "phone"


@dataclass(frozen=True)
class Seen:
    """One question as a customer sees it; `options` are choices or aspects."""

    key: str
    type: str
    label: str
    low: str
    high: str
    options: tuple[str, ...]
    points: range
    required: bool
    depends: bool


def look_of(values: Mapping[str, str]) -> Look:
    """What the address or form says; what it does not know is left out."""
    category, size = values.get("as", ""), values.get("size", "")
    return Look(
        category if category in CATEGORIES else "promoter", size if size in SIZES else "phone"
    )


def able_to_see(question: Question, look: Look) -> Look:
    """The same look, through the eyes of somebody who gets this question."""
    condition = question.shown_if
    if _is_seen(question, look.category) or condition is None or not condition.values:
        return look
    return replace(look, category=condition.values[0])


def shown(
    texts: Mapping[str, str], language: str, questions: Iterable[Question], look: Look
) -> dict[str, object]:
    """The context of console/surveys/_preview.html: an invented customer reads the texts."""
    name = NAMES.get(language, NAMES["en"])
    company = company_name()
    said = filled(texts, company=company, name=name, fields=_examples(texts))
    for part in ("thanks", "why"):
        said[part] = said.get(f"{part}_{look.category}") or said.get(part, "")
    return {
        "said": said,
        "language": language,
        "look": look,
        "looks": _looks(),
        "sizes": {"phone": _("Phone"), "desktop": _("Desktop")},
        "chosen_score": _SCORES[look.category],
        "questions_seen": [
            _seen(question, said) for question in questions if _is_seen(question, look.category)
        ],
        "scores": range(11),
        "company": company,
        "phone_label": _("What the customer sees"),
    }


def _examples(texts: Mapping[str, str]) -> dict[str, str]:
    """What is known of each customer's contact stands there by its name: "[product]"."""
    used = {name for text in texts.values() for name in _PLACEHOLDER.findall(text)}
    return {
        name: f"[{name.removeprefix('property.')}]"
        for name in used - {"company", "name", "first_name"}
    }


def _looks() -> dict[str, str]:
    return {
        "promoter": _("as a promoter"),
        "passive": _("as a passive"),
        "detractor": _("as a detractor"),
    }


def _is_seen(question: Question, category: str) -> bool:
    if question.type in (QuestionType.NPS, QuestionType.HIDDEN):
        return False
    condition = question.shown_if
    return condition is None or condition.question != SCORE or category in condition.values


def _seen(question: Question, said: Mapping[str, str]) -> Seen:
    names = [*question.options, *(["other"] if question.other else [])]
    key = question.key
    fixed = {QuestionType.COMMENT: "why", QuestionType.CONSENT: "consent"}
    condition = question.shown_if
    return Seen(
        key=key,
        type=question.type.value,
        label=said.get(fixed.get(question.type, f"{key}.label"), ""),
        low=said.get(f"{key}.low", ""),
        high=said.get(f"{key}.high", ""),
        options=tuple(said.get(f"{key}.{name}", "") for name in names),
        points=range(1, question.points + 1),
        required=question.required,
        depends=condition is not None and condition.question != SCORE,
    )
