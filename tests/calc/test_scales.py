"""Does every score on every scale get its category, one by one and in bulk?"""

import numpy as np
import pytest

from loopwell.calc.nps import Counts
from loopwell.calc.scales import (
    Category,
    Scale,
    category,
    counts_of,
    counts_of_points,
    points_of,
)

LETTERS = {"d": Category.DETRACTOR, "p": Category.PASSIVE, "+": Category.PROMOTER}
EXPECTED = {
    Scale("0-10"): (0, "dddddddpp++"),
    Scale("1-10"): (1, "ddddddpp++"),
    Scale("1-5"): (1, "dddp+"),
    Scale("5-1"): (1, "+pddd"),
}


@pytest.mark.parametrize("scale", Scale)
def test_every_mark(scale):
    first, letters = EXPECTED[scale]
    marks = range(first, first + len(letters))

    assert list(scale.marks) == list(marks)
    assert [scale.category(mark) for mark in marks] == [LETTERS[letter] for letter in letters]


@pytest.mark.parametrize("scale", Scale)
def test_bulk_equals_one_by_one(scale):
    scores = np.random.default_rng(0).choice(list(scale.marks), 1_000)
    kinds = [scale.category(int(score)) for score in scores]

    found = counts_of(scores, scale)

    assert found == Counts(
        kinds.count(Category.DETRACTOR),
        kinds.count(Category.PASSIVE),
        kinds.count(Category.PROMOTER),
    )
    assert found == counts_of(scores.astype(np.float32), scale)
    assert found == counts_of_points(points_of(scores, scale))


def test_standard_question():
    assert [category(score) for score in (6, 7, 8, 9)] == [
        Category.DETRACTOR,
        Category.PASSIVE,
        Category.PASSIVE,
        Category.PROMOTER,
    ]


@pytest.mark.parametrize(
    ("scale", "score"),
    [("0-10", -1), ("0-10", 11), ("1-10", 0), ("1-5", 0), ("1-5", 6), ("5-1", 0), ("5-1", 6)],
)
def test_off_the_scale(scale, score):
    assert not Scale(scale).valid(score)
    with pytest.raises(ValueError, match=f"Score {score} is not on the scale {scale}"):
        Scale(scale).category(score)
    with pytest.raises(ValueError, match=f"Score {score} is not on the scale {scale}"):
        counts_of(np.array([score, 5]), Scale(scale))


def test_no_answer_is_left_out_but_half_a_point_is_an_error():
    scale = Scale("0-10")

    assert counts_of(np.array([10.0, np.nan, 3.0]), scale) == Counts(1, 0, 1)
    assert counts_of(np.array([]), scale) == Counts(0, 0, 0)
    with pytest.raises(ValueError, match=r"8\.5"):
        counts_of(np.array([10.0, 8.5]), scale)
    with pytest.raises(ValueError, match="nan"):
        points_of(np.array([10.0, np.nan]), scale)
