"""Do scores and intervals behave as they must for any counts, and cover as often as they say?"""

from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loopwell.calc.nps import (
    Counts,
    Difference,
    NoAnswers,
    adjusted_wald,
    critical,
    difference,
    iterative_score,
    nps,
    p_against,
    standard_error,
    variance,
    wald,
    wald_difference,
)

number = st.integers(0, 5_000)
answered = st.builds(Counts, number, number, number).filter(lambda counts: counts.n > 0)
interval = st.sampled_from([wald, adjusted_wald, iterative_score])
EMPTY = Counts(0, 0, 0)


def swapped(counts):
    return Counts(counts.promoters, counts.passives, counts.detractors)


def test_botanic_as_published():
    found = adjusted_wald(Counts(1194, 3953, 8465))

    assert [round(v, 2) for v in (found.value, found.low, found.high)] == [53.42, 52.31, 54.50]
    assert found.n == 13_612


@pytest.mark.parametrize("method", [wald, adjusted_wald, iterative_score, variance])
def test_no_answers_is_said_aloud(method):
    with pytest.raises(NoAnswers, match="No answers"):
        method(EMPTY)


def test_no_answers_has_no_score_and_no_difference():
    assert nps(EMPTY) is None
    with pytest.raises(NoAnswers):
        difference(EMPTY, Counts(1, 1, 1))
    with pytest.raises(NoAnswers):
        difference(Counts(1, 1, 1), EMPTY)
    with pytest.raises(NoAnswers):
        p_against(EMPTY)


def test_counts_add_up_and_part():
    assert Counts(1, 2, 3) + Counts(10, 20, 30) == Counts(11, 22, 33)
    assert Counts(11, 22, 33).without(Counts(1, 2, 3)) == Counts(10, 20, 30)
    with pytest.raises(ValueError, match="negative"):
        Counts(1, 2, 3).without(Counts(2, 0, 0))


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0, -0.5])
def test_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        critical(confidence)


def test_difference_of_opposite_samples_reaches_200():
    for method in (difference, wald_difference):
        found = method(Counts(0, 0, 50), Counts(50, 0, 0))

        assert found.value == 200.0
        assert 170.0 < found.low < 180.0
        assert found.high == 200.0
        assert method(Counts(50, 0, 0), Counts(0, 0, 50)).low == -200.0


def test_plain_difference_without_spread_is_certain():
    plain = wald_difference(Counts(0, 0, 9), Counts(0, 0, 5), adjusted=False)
    assert plain == Difference(0, 0, 0, 1.0)
    assert wald_difference(Counts(0, 0, 9), Counts(5, 0, 0), adjusted=False).p == 0.0


@given(answered, interval)
def test_swapping_promoters_and_detractors_mirrors_the_estimate(counts, method):
    found, mirror = method(counts), method(swapped(counts))

    assert mirror.value == pytest.approx(-found.value, abs=1e-9)
    assert mirror.low == pytest.approx(-found.high, abs=1e-6)
    assert mirror.high == pytest.approx(-found.low, abs=1e-6)


@given(answered, st.sampled_from([adjusted_wald, iterative_score]))
def test_interval_holds_the_value_within_bounds(counts, method):
    found = method(counts)

    assert -100 <= found.low <= found.value <= found.high <= 100
    assert found.low < found.high


@given(answered)
def test_more_confidence_is_wider(counts):
    narrow, wide = adjusted_wald(counts, 0.8), adjusted_wald(counts, 0.99)

    assert wide.low <= narrow.low < narrow.high <= wide.high


@given(answered)
def test_a_better_answer_never_lowers_the_estimate(counts):
    assume(counts.detractors > 0)
    better = counts + Counts(0, 1, 0)
    better = Counts(better.detractors - 1, better.passives, better.promoters)

    before, after = iterative_score(counts), iterative_score(better)

    assert after.value > before.value
    assert after.low >= before.low - 1e-6
    assert after.high >= before.high - 1e-6


@given(answered)
def test_four_times_the_answers_are_more_precise(counts):
    many = Counts(4 * counts.detractors, 4 * counts.passives, 4 * counts.promoters)

    assert standard_error(many) < standard_error(counts)


@given(answered, answered)
def test_difference_is_antisymmetric(a, b):
    there, back = difference(a, b), difference(b, a)

    assert back.value == pytest.approx(-there.value, abs=1e-9)
    assert back.low == pytest.approx(-there.high, abs=1e-9)
    assert back.p == pytest.approx(there.p, abs=1e-9)
    assert 0 <= there.p <= 1
    assert -200 <= there.low <= there.value <= there.high <= 200


@given(answered, answered)
def test_p_below_five_percent_when_the_interval_excludes_zero(a, b):
    found = difference(a, b)
    assume(abs(found.p - 0.05) > 1e-9)

    assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


@given(answered)
def test_score_interval_ends_where_its_test_says_five_percent(counts):
    """The likeliest mix at each end, found by brute force, gives z = ±1.96."""
    found = iterative_score(counts)

    for end in (found.low, found.high):
        if abs(end) > 99.999:
            continue
        assert abs(_score_z(counts, end / 100)) == pytest.approx(critical(0.95), rel=1e-2)


def _score_z(counts, score):
    """z of the tested score, its nuisance parameter by a search over a fine grid."""
    detractors = np.linspace(max(0.0, -score), (1 - score) / 2, 20_001)[1:-1]
    promoters, passives = detractors + score, 1 - score - 2 * detractors
    with np.errstate(divide="ignore"):
        likelihood = (
            counts.detractors * np.log(detractors)
            + counts.passives * np.log(passives)
            + counts.promoters * np.log(promoters)
        )
    d = detractors[likelihood.argmax()]
    se = np.sqrt((2 * d + score - score**2) / counts.n)
    return (nps(counts) / 100 - score) / se


# Exact coverage: all outcomes of n answers weighed by their probability. The shares and the
# figures are those measured by simulation, to ±.01 (n = 10: 66 outcomes, n = 30: 496).
@pytest.mark.parametrize(
    ("mix", "n", "method", "covered"),
    [
        ((0.20, 0.30, 0.50), 10, wald, 0.895),
        ((0.20, 0.30, 0.50), 10, adjusted_wald, 0.962),
        ((0.02, 0.08, 0.90), 10, wald, 0.648),
        ((0.02, 0.08, 0.90), 10, adjusted_wald, 0.931),
        ((0.02, 0.08, 0.90), 30, wald, 0.841),
        ((0.02, 0.08, 0.90), 30, adjusted_wald, 0.958),
    ],
)
def test_coverage_as_measured(mix, n, method, covered):
    assert coverage(mix, n, method) == pytest.approx(covered, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("n", [30, 100])
@pytest.mark.parametrize("method", [adjusted_wald, iterative_score])
def test_coverage_is_never_far_from_what_is_promised(n, method):
    mixes = [(d, 1 - d - p, p) for d in (0.02, 0.2, 0.5) for p in (0.05, 0.2, 0.45)]

    worst = min(coverage(mix, n, method) for mix in mixes)

    assert worst > 0.93


@pytest.mark.slow
@pytest.mark.parametrize("mix", [(0.2, 0.3, 0.5), (0.02, 0.08, 0.9)])
def test_two_equal_groups_differ_in_at_most_one_test_of_twenty(mix):
    rng = np.random.default_rng(1)
    pairs = rng.multinomial([30, 300], mix, size=(4_000, 2))

    alarms = sum(difference(Counts(*map(int, a)), Counts(*map(int, b))).p < 0.05 for a, b in pairs)

    assert 0.03 < alarms / len(pairs) < 0.08


def coverage(mix, n, method):
    """Probability that the interval from n answers of this mix holds the true score."""
    truth = 100 * (mix[2] - mix[0])
    total = 0.0
    for d in range(n + 1):
        for p in range(n + 1 - d):
            chance = comb(n, d) * comb(n - d, p) * mix[0] ** d * mix[2] ** p
            chance *= mix[1] ** (n - d - p)
            if chance < 1e-12:
                continue
            found = method(Counts(d, n - d - p, p))
            total += chance * (found.low - 1e-9 <= truth <= found.high + 1e-9)
    return total
