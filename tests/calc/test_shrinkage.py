"""Small groups are drawn to the mean, large ones stay where they are."""

import pytest

from loopwell.calc.nps import Counts, nps
from loopwell.calc.shrinkage import shrunk


def test_the_fewer_answers_the_nearer_to_the_mean() -> None:
    large, small, other = Counts(100, 200, 700), Counts(1, 2, 7), Counts(500, 200, 300)

    guesses = shrunk([large, small, other])

    assert guesses[0] == pytest.approx(nps(large), abs=3)
    assert nps(other) < guesses[1] < nps(small) == 60  # type: ignore[operator]
    assert abs(guesses[1] - 60) > abs(guesses[0] - 60)


def test_differences_that_are_chance_vanish() -> None:
    guesses = shrunk([Counts(2, 3, 5), Counts(3, 3, 4), Counts(2, 4, 4)])

    assert max(guesses) - min(guesses) < 0.001


def test_a_group_nobody_answered_in_gets_the_mean() -> None:
    guesses = shrunk([Counts(20, 20, 60), Counts(0, 0, 0)])

    assert guesses == pytest.approx([40.0, 40.0])
    assert shrunk([Counts(0, 0, 0)]) == [0.0]
