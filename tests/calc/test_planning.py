"""Do planned numbers of answers give the precision that was asked for?"""

import numpy as np
import pytest

from loopwell.calc.nps import Counts, adjusted_wald, difference, variance
from loopwell.calc.planning import (
    Span,
    allocate,
    answers_for_margin,
    answers_to_tell_apart,
    difference_to_see,
    from_population,
    invitations_for,
)

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


def test_the_finite_population_correction_as_published():
    """Cochran, Sampling Techniques (1977), §4.4: n₀ / (1 + (n₀ − 1)/N); the well-known 385 answers
    for ±5 % of a share need 278 of 1,000 people and 370 of 10,000 (Krejcie and Morgan 1970)."""
    assert from_population(385, 1_000) == 279
    assert from_population(384, 1_000) == 278
    assert from_population(384, 10_000) == 370
    assert from_population(384, 10**9) == 384
    assert from_population(384, 100) == 80
    assert from_population(1, 1) == 1


def test_invitations_with_their_spread():
    assert invitations_for(200, 0.2, 0.1, 0.25) == Span(1000, 800, 2000)
    with pytest.raises(ValueError, match="rise"):
        invitations_for(200, 0.2, 0.3, 0.4)


def test_the_difference_seen_is_the_inverse_of_the_answers_needed():
    answers = answers_to_tell_apart(10, variance(MIX))

    assert difference_to_see(answers, variance(MIX)) == pytest.approx(10, abs=0.01)
    with pytest.raises(ValueError, match="at least one"):
        difference_to_see(0, 0.6)


def test_allocation_by_the_largest_remainder():
    """Hamilton's method with 10 seats for 47, 16, 15, 22: 5, 2, 1, 2 (remainders .7 .6 .5 .2)."""
    sizes = {"a": 47, "b": 16, "c": 15, "d": 22}

    assert allocate(10, sizes, sizes).take == {"a": 5, "b": 2, "c": 1, "d": 2}


def test_what_a_stratum_lacks_others_give():
    found = allocate(10, {"a": 50, "b": 50}, {"a": 2, "b": 50})

    assert (found.take, found.short) == ({"a": 2, "b": 8}, {"a": 3, "b": 0})
    assert allocate(10, {"a": 50, "b": 50}, {"a": 2, "b": 1}).take == {"a": 2, "b": 1}
    assert allocate(10, {}, {}).take == {}
    assert allocate(0, {"a": 5}, {"a": 5}).take == {"a": 0}


@pytest.mark.parametrize("seed", range(30))
def test_allocations_add_up_and_never_exceed_what_is_free(seed):
    rng = np.random.default_rng(seed)
    sizes = {str(n): int(size) for n, size in enumerate(rng.integers(0, 90, 12))}
    free = {name: int(rng.integers(0, size + 1)) for name, size in sizes.items()}
    total = int(rng.integers(0, 700))

    found = allocate(total, sizes, free)

    assert sum(found.take.values()) == min(total, sum(free.values()))
    assert all(0 <= found.take[name] <= free[name] for name in sizes)
