"""Which brands is an answer to a survey of ours about, and how is each rated?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from loopwell.benchmarks.queries.names import key_of, tidy_name
from loopwell.responses.models import Response
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Version
from loopwell.surveys.queries import past_questions, published
from loopwell.surveys.questions import Question

TOP = 10.0


@dataclass(frozen=True)
class About:
    """A brand with its score; `ratings` maps an aspect in words to its points on 0 to 10."""

    brand: str
    score: int
    ratings: Mapping[str, float]


class Reader:
    """Reads answers to one survey, each in the words of the version that was answered."""

    def __init__(self, newest: Version, brand_question: str) -> None:
        self._newest, self._asked = newest, brand_question
        questions = past_questions(newest.survey)
        self._by_line = questions[brand_question].type == QuestionType.GRID
        self._choices = [key for key, each in questions.items() if each.type == QuestionType.SINGLE]
        self._grids = [
            each
            for key, each in questions.items()
            if each.type == QuestionType.GRID and key != brand_question
        ]

    def read(self, row: Response, known: Collection[str]) -> list[About]:
        """Nothing where no brand is named. What somebody wrote in their own words counts only
        where it is the name of a brand `known` here (in lower case): the public names no new ones.
        """
        words = _words(row.version or self._newest)
        ratings = self._ratings(row, words)
        if self._by_line:
            return self._lines(row, words, known, ratings)
        brand = self._named(row, self._asked, words, known)
        return [About(brand, row.score, ratings)] if brand else []

    def _lines(
        self,
        row: Response,
        words: Mapping[str, Any],
        known: Collection[str],
        ratings: Mapping[str, float],
    ) -> list[About]:
        """Aspects are rated of one brand only: that which a question of one choice names."""
        chosen = {key_of(self._named(row, key, words, known)) for key in self._choices}
        rated = row.answers.get(self._asked) or {}
        found = [
            (tidy_name(words.get(f"{self._asked}.{line}") or line), points)
            for line, points in rated.items()
        ]
        return [
            About(brand, points, ratings if key_of(brand) in chosen else {})
            for brand, points in found
        ]

    def _named(
        self, row: Response, question: str, words: Mapping[str, Any], known: Collection[str]
    ) -> str:
        said = row.answers.get(question)
        if isinstance(said, str):
            return tidy_name(words.get(f"{question}.{said}") or said)
        own = tidy_name(said.get("other") or "") if isinstance(said, Mapping) else ""
        return own if own.casefold() in known else ""

    def _ratings(self, row: Response, words: Mapping[str, Any]) -> dict[str, float]:
        return {
            tidy_name(words.get(f"{grid.key}.{aspect}") or aspect): _on_ten(points, grid)
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
