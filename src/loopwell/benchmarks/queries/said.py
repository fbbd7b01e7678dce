"""Which brand is an answer to a survey of ours about, and how are its aspects rated?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from loopwell.responses.models import Response
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Version
from loopwell.surveys.queries import past_questions, published
from loopwell.surveys.questions import Question

TOP = 10.0


@dataclass(frozen=True)
class About:
    """`ratings` maps an aspect in words to its points, put on the scale of 0 to 10."""

    brand: str
    ratings: Mapping[str, float]


class Reader:
    """Reads answers to one survey, each in the words of the version that was answered."""

    def __init__(self, newest: Version, brand_question: str) -> None:
        self._newest, self._asked = newest, brand_question
        self._grids = [
            question
            for question in past_questions(newest.survey).values()
            if question.type == QuestionType.GRID
        ]

    def read(self, row: Response, known: Collection[str]) -> About | None:
        """None where no brand is named. What somebody wrote in their own words counts only where
        it is the name of a brand `known` here (in lower case): the public names no new ones."""
        words = _words(row.version or self._newest)
        said = row.answers.get(self._asked)
        if isinstance(said, str):
            brand = _tidy(words.get(f"{self._asked}.{said}") or said)
        else:
            own = _tidy(said.get("other") or "") if isinstance(said, Mapping) else ""
            brand = own if own.casefold() in known else ""
        return About(brand, self._ratings(row, words)) if brand else None

    def _ratings(self, row: Response, words: Mapping[str, Any]) -> dict[str, float]:
        return {
            _tidy(words.get(f"{grid.key}.{aspect}") or aspect): _on_ten(points, grid)
            for grid in self._grids
            for aspect, points in (row.answers.get(grid.key) or {}).items()
        }


def reader_of(survey: Any, brand_question: str) -> Reader | None:
    """None for a survey that is not published."""
    newest = published(survey)
    return Reader(newest, brand_question) if newest else None


def quarter_of(day: date) -> date:
    """Its first day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _words(version: Version) -> Mapping[str, Any]:
    found: Mapping[str, Any] = version.texts.get(version.default_language, {})
    return found


def _on_ten(points: int, grid: Question) -> float:
    return TOP * (points - 1) / (grid.points - 1)


def _tidy(text: str) -> str:
    return " ".join(str(text).split())[:120]
