"""What did each answer rate, beside its score? For regressions, which need the rows themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.insights.asking import Filters, Question
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.questions import property_columns, reach_of
from loopwell.insights.warehouse import warehouse
from loopwell.insights.warehouse.compiling import compile_rated
from loopwell.insights.warehouse.tables import RATINGS

MOST = 200_000
"""Ratings looked at; of more, those of every k-th answer by its id."""


@dataclass(frozen=True)
class Rated:
    """Scores of n answers, and their k ratings, 0 to 1 of the scale, NaN where not rated.

    `every` is k where one answer in k was drawn, 1 where all were taken.
    """

    scores: NDArray[np.float64]
    ratings: NDArray[np.float64]
    aspects: tuple[tuple[str, str], ...]
    every: int


def rated(filters: Filters, actor: Actor) -> Rated | None:
    """By (question, aspect); None for anonymous surveys, whose single answers stay unseen."""
    require(actor, Right.READ_ANSWERS)
    question = Question("rating", filters=filters)
    if is_of_people(question):
        return None
    engine = warehouse()
    known = property_columns(engine, RATINGS, question)
    counted = compile_rated(filters, reach_of(actor), known, 0, engine.dialect)
    total = int(engine.read(counted)[0][0])
    every = max(1, -(-total // MOST))
    lines = engine.read(compile_rated(filters, reach_of(actor), known, every, engine.dialect))
    return _table(lines, every)


def _table(lines: list[tuple[int, str, str, float, float]], every: int) -> Rated:
    aspects = tuple(sorted({(question, aspect) for _id, question, aspect, _s, _p in lines}))
    place: Mapping[tuple[str, str], int] = {each: i for i, each in enumerate(aspects)}
    rows = {answer: i for i, answer in enumerate(sorted({line[0] for line in lines}))}
    scores = np.full(len(rows), np.nan)
    ratings = np.full((len(rows), len(aspects)), np.nan)
    for answer, question, aspect, score, share in lines:
        scores[rows[answer]] = score
        ratings[rows[answer], place[question, aspect]] = share
    return Rated(scores, ratings, aspects, every)
