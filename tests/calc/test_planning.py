"""Do planned numbers of answers give the precision that was asked for?"""

import numpy as np
import pytest

from loopwell.calc.nps import Counts, adjusted_wald, difference, variance
from loopwell.calc.planning import answers_for_margin, answers_to_tell_apart

MIX = Counts(20, 30, 50)


@pytest.mark.parametrize(("margin", "needed"), [(5, 935), (10, 232)])
def test_published_margins(margin, needed):
    assert answers_for_margin(margin, variance(MIX)) == needed


def test_published_comparison():
    assert answers_to_tell_apart(10, variance(MIX)) == 955


def test_planned_answers_give_the_margin():
    answers = 940
    found = adjusted_wald(Counts(answers // 5, 3 * answers // 10, answers // 2))

    assert (found.high - found.low) / 2 == pytest.approx(5.0, abs=0.02)


def test_certain_customers_need_one_answer():
    assert answers_for_margin(5, 0.0) == 1


@pytest.mark.parametrize("margin", [0, -1])
def test_impossible_wishes(margin):
    with pytest.raises(ValueError, match="above 0"):
        answers_for_margin(margin, 0.5)
    with pytest.raises(ValueError, match="above 0"):
        answers_to_tell_apart(margin, 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        answers_for_margin(5, 61)
    with pytest.raises(ValueError, match="Power"):
        answers_to_tell_apart(5, 0.5, power=1)


@pytest.mark.slow
def test_planned_groups_are_told_apart_four_times_in_five():
    rng = np.random.default_rng(3)
    better = rng.multinomial(955, (0.175, 0.30, 0.525), size=3_000)
    worse = rng.multinomial(955, (0.225, 0.30, 0.475), size=3_000)

    found = [
        difference(Counts(*map(int, a)), Counts(*map(int, b))).p < 0.05
        for a, b in zip(better, worse, strict=True)
    ]

    assert np.mean(found) == pytest.approx(0.8, abs=0.03)
