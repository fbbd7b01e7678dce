"""What do the demo's customers answer to the further questions of a survey?

Ratings follow the score with noise; the aspect a problem belongs to is rated lower, so that the
drivers can be found again.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, shown

TEMPLATES = {
    "relationship": "relationship",
    "accounts": "b2b",
    "shop-visit": "visit",
    "call": "call",
    "delivery": "delivery",
    "installation": "onboarding",
    "self-service": "purchase",
}
"""Which ready-made survey each programme of the demo sends."""

GO_ON = 0.62  # share of those who gave a score that also answers the rest
SKIP = 0.08
HURT = {
    "waiting": {"long-waiting"},
    "welcome": {"rude-staff"},
    "competence": {"wrong-information", "not-solved-first-time"},
    "order": {"stock", "returns"},
    "on_time": {"late-delivery"},
    "notices": {"wrong-information"},
    "condition": {"product-fault"},
    "courier": {"rude-staff"},
    "quality": {"network-coverage", "product-fault"},
    "value": {"price", "billing-error"},
    "service": {"long-waiting", "rude-staff", "not-solved-first-time"},
    "ease": {"app-problem"},
    "trust": {"billing-error", "wrong-information"},
    "reliability": {"network-coverage", "late-delivery"},
    "contact": {"rude-staff", "wrong-information"},
    "support": {"not-solved-first-time", "long-waiting"},
    "agent": {"rude-staff"},
    "easy": {"app-problem"},
    "start": {"not-solved-first-time", "wrong-information"},
}
"""By aspect or question: the causes that pull its rating down."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "problem": {
        "late-delivery": "late",
        "product-fault": "damaged",
        "stock": "incomplete",
        "returns": "wrong",
        "": "reaching",
    },
    "obstacle": {
        "price": "price",
        "wrong-information": "information",
        "billing-error": "payment",
        "rude-staff": "staff",
        "": "choice",
    },
    "missing": {
        "wrong-information": "instructions",
        "not-solved-first-time": "person",
        "price": "costs",
        "product-fault": "setup",
        "": "features",
    },
}
"""By question: the option that a cause leads to."""


def further(
    questions: Sequence[Question], *, score: int, causes: Sequence[str], luck: Random
) -> dict[str, Any]:
    """Answers in the shapes of surveys.questions; {} for those who stopped after the score."""
    if luck.random() > GO_ON:
        return {}
    answers: dict[str, Any] = {}
    for question in questions:
        write = _BY_TYPE.get(question.type)
        if write is None or question not in shown(questions, score, answers):
            continue
        if luck.random() > SKIP:
            answers[question.key] = write(question, score, set(causes), luck)
    return answers


def _rating(key: str, points: int, score: int, causes: set[str], luck: Random) -> int:
    level = 1 + (points - 1) * (0.25 + 0.07 * score) + luck.gauss(0, 0.16 * points)
    if causes & HURT.get(key, set()):
        level -= 0.4 * points
    return max(1, min(points, round(level)))


def _one_rating(question: Question, score: int, causes: set[str], luck: Random) -> int:
    return _rating(question.key, question.points, score, causes, luck)


def _grid(question: Question, score: int, causes: set[str], luck: Random) -> dict[str, int]:
    return {
        aspect: _rating(aspect, question.points, score, causes, luck)
        for aspect in question.options
        if luck.random() > SKIP
    }


def _single(question: Question, score: int, causes: set[str], luck: Random) -> str:
    if question.key in CHOICES:
        return _led_to(question, causes, luck)
    if question.key in ("solved", "done"):
        worse = "not-solved-first-time" in causes or "stock" in causes
        at = 0.2 if worse else 0.35 + 0.06 * score
        return "yes" if luck.random() < at else "partly" if luck.random() < 0.55 else "no"
    best_first = score / 10 + luck.gauss(0, 0.25)
    number = int((1 - best_first) * len(question.options))
    return question.options[max(0, min(number, len(question.options) - 1))]


def _multiple(question: Question, score: int, causes: set[str], luck: Random) -> dict[str, Any]:
    chosen = {_led_to(question, causes, luck)}
    if luck.random() < 0.3:
        chosen.add(luck.choice(question.options))
    return {"chosen": sorted(chosen), "other": ""}


def _led_to(question: Question, causes: set[str], luck: Random) -> str:
    options = CHOICES[question.key]
    found = [options[cause] for cause in sorted(causes) if cause in options]
    if found and luck.random() < 0.85:
        return found[0]
    return options[""] if luck.random() < 0.5 else luck.choice(question.options)


_BY_TYPE: Mapping[QuestionType, Callable[[Question, int, set[str], Random], Any]] = {
    QuestionType.CSAT: _one_rating,
    QuestionType.CES: _one_rating,
    QuestionType.GRID: _grid,
    QuestionType.SINGLE: _single,
    QuestionType.MULTIPLE: _multiple,
}
