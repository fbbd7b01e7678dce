"""Are limits of shares and means those of chance, by enumeration rather than by approximation?"""

import math

import numpy as np
import pytest
from scipy.stats import binom, norm

from loopwell.calc.funnel import INNER, OUTER, funnel, funnel_of_means, funnel_of_shares
from loopwell.calc.nps import Counts, Estimate, critical
from loopwell.calc.proportion import wilson
from loopwell.calc.ranking import places, places_by_intervals
from loopwell.calc.spreading import Binomial, Moments, Normal

SHARES, SIZES = (0.02, 0.1, 0.5, 0.9), (30, 80, 300)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("n", SIZES)
def test_z_is_the_normal_quantile_of_the_binomials_mid_p(share: float, n: int) -> None:
    k = np.arange(n + 1)
    middle = binom.cdf(k, n, share) - binom.pmf(k, n, share) / 2
    inside = (middle > 1e-9) & (middle < 1 - 1e-9)

    found = np.array([Binomial(share).z(n, 100 * each / n) for each in k[inside]])

    assert found == pytest.approx(norm.ppf(middle[inside]), abs=1e-6)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("n", [30.0, 77.5, 1000.0])
def test_an_edge_lies_at_its_z(share: float, n: float) -> None:
    spread = Binomial(share)
    for z in (-3.09, -1.96, 1.96, 3.09):
        edge = spread.edge(n, z)
        if 0 < edge < 100:
            assert spread.z(n, edge) == pytest.approx(z, abs=1e-3)
        else:
            assert (edge == 0) == (z < 0)


def test_chance_alone_rarely_passes_the_limits_near_the_end_of_the_scale() -> None:
    """2 % of 30 to 300: the exact chance to be outside, where the normal limits are far off."""
    exact, plain = [], []
    for n in range(30, 301, 10):
        k = np.arange(n + 1)
        chances = binom.pmf(k, n, 0.02)
        z = np.array([Binomial(0.02).z(n, 100 * each / n) for each in k])
        normal = np.abs(k / n - 0.02) / math.sqrt(0.02 * 0.98 / n)
        exact.append(float(chances[np.abs(z) > critical(OUTER)].sum()))
        plain.append(float(chances[normal > critical(OUTER)].sum()))

    assert max(exact) < 0.004
    assert max(plain) > 0.012


def test_shares_of_none_and_all_have_limits() -> None:
    none = funnel_of_shares({"a": (0, 40), "b": (0, 400)})
    every = funnel_of_shares({"a": (40, 40), "b": (399, 400), "c": (0, 0)})

    assert none is not None
    assert every is not None
    assert none.limits(40, INNER)[0] == 0
    assert 0 < none.limits(40, INNER)[1] < 10
    assert [point.outside for point in (*none.points, *every.points)] == [0, 0, 0, 0]
    assert funnel_of_shares({"a": (1, 2), "b": (0, 0)}) is None


def test_one_share_stands_out() -> None:
    alike = {str(n): (n // 4, n) for n in range(40, 400, 20)}
    found = funnel_of_shares({**alike, "bad": (70, 160)})

    assert found is not None
    assert {point.name for point in found.points if point.outside} == {"bad"}


def test_means_have_their_own_spread() -> None:
    def of(*values: int) -> Moments:
        return Moments(len(values), sum(values), sum(v * v for v in values))

    alike = {str(n): of(*[8, 9] * n) for n in range(20, 60, 2)}
    found = funnel_of_means({**alike, "bad": of(*[7, 8] * 20)}, (0.0, 10.0))
    assert found is not None
    total = sum(each.n for each in alike.values())
    assert found.centre == pytest.approx((8.5 * total + 7.5 * 40) / (total + 40))
    assert Normal(9.5, 2.0, (0.0, 10.0)).edge(4, 1.96) == 10.0
    assert {point.name for point in found.points if point.outside} == {"bad"}


def test_clusters_widen_the_funnel_and_pull_groups_inside() -> None:
    groups = {"a": Counts(20, 30, 50), "b": Counts(22, 30, 48), "c": Counts(24, 30, 46)}
    plain, clustered = funnel(groups), funnel(groups, design=4.0)

    assert plain is not None
    assert clustered is not None
    assert clustered.design == 4.0
    wide, narrow = clustered.limits(100, INNER), plain.limits(100, INNER)
    assert wide[1] - wide[0] == pytest.approx(2 * (narrow[1] - narrow[0]))
    assert [point.z for point in clustered.points] == [point.z / 2 for point in plain.points]


def test_places_by_intervals_agree_with_those_by_counts() -> None:
    """Scores whose intervals are symmetric: both ways must tell the same apart."""
    counts = {str(p): Counts(100 * (9 - p), 100, 100 * p) for p in (3, 4, 4.02, 6)}
    whole = {name: Counts(int(c.detractors), 100, int(c.promoters)) for name, c in counts.items()}
    by_counts = {(p.name, p.first, p.last) for p in places(whole)}
    estimates = {p.name: p.estimate for p in places(whole)}

    assert {(p.name, p.first, p.last) for p in places_by_intervals(estimates)} == by_counts


def test_less_is_better_turns_the_order_round() -> None:
    shares = {"many": wilson(60, 100), "few": wilson(20, 100), "tiny": wilson(0, 4)}

    up = places_by_intervals(shares)
    down = places_by_intervals(shares, higher_is_better=False)

    assert [(p.name, p.first, p.last) for p in up] == [
        ("many", 1, 1), ("few", 2, 2), ("tiny", None, None),
    ]  # fmt: skip
    assert [(p.name, p.first, p.last) for p in down] == [
        ("few", 1, 1), ("many", 2, 2), ("tiny", None, None),
    ]  # fmt: skip


def test_numbers_without_any_width_are_ranked_as_they_are() -> None:
    exact = {name: Estimate(value, value, value, 50) for name, value in (("a", 2), ("b", 1))}

    assert [(p.name, p.first) for p in places_by_intervals(exact)] == [("a", 1), ("b", 2)]


@pytest.mark.slow
def test_sets_of_places_of_rare_shares_hold_the_true_one() -> None:
    random, held, runs = np.random.default_rng(8), 0, 1000
    shares, sizes = (0.03, 0.03, 0.05, 0.08, 0.15), (400, 60, 300, 100, 80)
    for _run in range(runs):
        told = {
            str(i): wilson(int(random.binomial(n, p)), n)
            for i, (n, p) in enumerate(zip(sizes, shares, strict=True))
        }
        held += all(
            place.first <= 1 + sum(x > shares[int(place.name)] for x in shares)
            and place.last >= len(shares) - sum(x < shares[int(place.name)] for x in shares)
            for place in places_by_intervals(told)
            if place.first is not None and place.last is not None
        )

    assert held / runs >= 0.95
