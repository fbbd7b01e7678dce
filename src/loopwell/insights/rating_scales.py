"""Which aspects did an answer rate, and how good is each on its own scale?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Version
from loopwell.surveys.questions import Question, questions_of

Ratings = tuple[Question, ...]
"""The rated questions of a version."""


@dataclass(frozen=True)
class Rating:
    """One rating: `points` as given, 1 to the scale's end, and as a share of it, 0 to 1."""

    question: str
    type: str
    aspect: str
    points: float
    share: float


def load_scales() -> dict[int, Ratings]:
    """The rated questions by the id of the version."""
    return {
        version.pk: tuple(question for question in questions_of(version) if question.rated)
        for version in Version.objects.all()
    }


def rated(
    scales: Mapping[int, Ratings], version_id: int | None, answers: Mapping[str, Any]
) -> list[Rating]:
    """In the order of the survey; what was not rated, or is no point of the scale, is left out.

    Satisfaction and effort rate the contact as a whole: their aspect is their question's key.
    """
    found: list[Rating] = []
    for question in scales.get(version_id or 0, ()):
        for aspect, points in _told(question, answers.get(question.key)):
            if 1 <= points <= question.points:
                share = (points - 1) / (question.points - 1)
                found.append(
                    Rating(question.key, question.type.value, aspect, float(points), share)
                )
    return found


def _told(question: Question, answer: Any) -> Iterable[tuple[str, int]]:
    if question.type is QuestionType.GRID:
        if not isinstance(answer, Mapping):
            return []
        return [(a, answer[a]) for a in question.options if isinstance(answer.get(a), int)]
    return [(question.key, answer)] if isinstance(answer, int) else []
