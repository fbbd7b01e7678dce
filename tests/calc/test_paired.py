"""The same people twice: direction, coverage, and people who did not change."""

import numpy as np
import pytest

from loopwell.calc.nps import NoAnswers
from loopwell.calc.paired import paired_difference


def test_the_change_is_the_second_score_less_the_first() -> None:
    found = paired_difference([[10, 5, 15], [0, 20, 10], [2, 3, 35]])

    # first: 30 detractors, 30 passives, 40 promoters; second: 12, 28, 60
    assert found.value == pytest.approx(48 - 10)
    assert found.low < 38 < found.high
    assert found.p < 0.001


def test_nobody_changed_is_no_proof_of_no_change() -> None:
    found = paired_difference([[5, 0, 0], [0, 5, 0], [0, 0, 10]])

    assert found.value == 0
    assert found.low < -5 < 5 < found.high
    assert found.p == pytest.approx(1)


def test_no_pairs() -> None:
    with pytest.raises(NoAnswers):
        paired_difference([[0, 0, 0]] * 3)


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize("seed", [1, 2])
def test_it_covers(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    chances = random.dirichlet(np.ones(9))
    truth = 100 * sum(
        (column - row) * chances[3 * row + column] for row in range(3) for column in range(3)
    )
    hits, runs = 0, 2000
    for cells in random.multinomial(n, chances, size=runs):
        found = paired_difference(cells.reshape(3, 3).tolist())
        hits += found.low <= truth <= found.high

    assert 0.93 <= hits / runs <= 0.985
