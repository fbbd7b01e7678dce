"""Silence, small populations, forecasts, associations, clusters and regressions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.association import association
from loopwell.calc.clustered import clustered_nps
from loopwell.calc.drivers import relative_weights
from loopwell.calc.finite import with_population
from loopwell.calc.forecast import (
    forecast,
    probability_of,
    still_needed,
    still_needed_for_margin,
)
from loopwell.calc.logistic import NoFit, logistic
from loopwell.calc.nps import Counts, NoAnswers, adjusted_wald, interval
from loopwell.calc.shapley import shapley
from loopwell.calc.silence import silent_band

ANSWERED = st.builds(Counts, *[st.integers(0, 200)] * 3).filter(lambda c: c.n > 0)


@given(ANSWERED, st.integers(0, 1000))
def test_the_silent_bound_the_score(answered: Counts, silent: int) -> None:
    band = silent_band(answered, silent, late=answered)
    value = adjusted_wald(answered).value

    assert -100 <= band.low <= value + 1e-9
    assert value - 1e-9 <= band.high <= 100
    assert band.middle == pytest.approx(value)
    assert band.high - band.low == pytest.approx(200 * silent / band.asked)


def test_late_answers_stand_for_the_silent() -> None:
    band = silent_band(Counts(10, 20, 70), 100, late=Counts(10, 5, 5))

    assert band.middle == pytest.approx((60 - 25) / 2)
    assert silent_band(Counts(1, 1, 1), 5).middle is None
    with pytest.raises(NoAnswers):
        silent_band(Counts(0, 0, 0), 5)


@given(ANSWERED, st.integers(1, 5000))
def test_a_small_population_makes_surer_and_never_less(counts: Counts, population: int) -> None:
    plain = adjusted_wald(counts)
    found = with_population(plain, population)

    assert found.high - found.low <= plain.high - plain.low + 1e-9
    for end, was in ((found.low, plain.low), (found.high, plain.high)):
        assert min(was, plain.value) - 1e-9 <= end <= max(was, plain.value) + 1e-9
    assert (found.low == found.high) == (population <= counts.n)


@pytest.mark.slow
@pytest.mark.parametrize("detractors", [2, 20, 45])
@pytest.mark.parametrize(("share", "answered"), [(1, 25), (1, 45), (4, 100), (20, 100), (20, 900)])
def test_the_score_of_a_small_population_is_covered(
    detractors: int, share: int, answered: int
) -> None:
    """Populations of 50, 200 and 1,000, drawn without putting back."""
    promoters = {2: 90, 20: 50, 45: 45}[detractors]
    everybody = [detractors * share // 2, 0, promoters * share // 2]
    everybody[1] = 50 * share - sum(everybody)
    truth = 100 * (everybody[2] - everybody[0]) / (50 * share)
    runs = np.random.default_rng(3).multivariate_hypergeometric(everybody, answered, size=1500)

    held = 0
    for row in runs:
        found = with_population(adjusted_wald(Counts(*map(int, row))), 50 * share)
        held += found.low - 1e-9 <= truth <= found.high + 1e-9

    assert 0.92 <= held / len(runs) <= 0.985


def test_the_end_is_surer_the_nearer_it_is() -> None:
    told = Counts(20, 30, 50)

    early, late = forecast(told, 900), forecast(told, 10)

    assert late.high - late.low < early.high - early.low < 2 * 1.96 * 10
    assert forecast(told, 0).low == forecast(told, 0).high == 30
    assert probability_of(30, told, 100) == pytest.approx(0.5, abs=0.05)
    assert probability_of(40, told, 100) < 0.1 < 0.9 < probability_of(20, told, 100)
    assert probability_of(30, told, 0) == 1.0


@pytest.mark.slow
def test_forecasts_hold_what_they_promise() -> None:
    random, held, likely, runs = np.random.default_rng(4), 0, [], 3000
    for _run in range(runs):
        mix = random.dirichlet((4, 6, 10))
        now, later = random.multinomial(80, mix), random.multinomial(240, mix)
        told = Counts(*map(int, now))
        end = 100 * ((now + later)[2] - (now + later)[0]) / 320
        found = forecast(told, 240)
        held += found.low <= end <= found.high
        likely.append((probability_of(30, told, 240), end >= 30))

    assert 0.935 <= held / runs <= 0.975
    near = [came for chance, came in likely if 0.7 <= chance <= 0.8]
    assert 0.64 <= sum(near) / len(near) <= 0.86


def test_answers_still_needed() -> None:
    told = Counts(20, 30, 50)

    assert still_needed(told, 0) == 0
    assert still_needed(told, 30) is None
    needed = still_needed(told, 25)
    assert needed is not None
    assert needed + told.n == pytest.approx(7.85 * 0.61 / 0.05**2, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize(
    "mix", [(0.02, 0.08, 0.9), (0.1, 0.2, 0.7), (0.2, 0.3, 0.5), (0.45, 0.1, 0.45)]
)
def test_forecasts_of_one_mix_hold(n: int, mix: tuple[float, ...]) -> None:
    random, held, runs = np.random.default_rng(4), 0, 2000
    for _run in range(runs):
        now, later = random.multinomial(n, mix), random.multinomial(2 * n, mix)
        end = 100 * ((now + later)[2] - (now + later)[0]) / (3 * n)
        found = forecast(Counts(*map(int, now)), 2 * n)
        held += found.low - 1e-9 <= end <= found.high + 1e-9

    assert 0.91 <= held / runs <= 0.985


def test_answers_still_needed_for_a_margin() -> None:
    told = Counts(20, 30, 50)

    assert still_needed_for_margin(told, 20) == 0
    assert still_needed_for_margin(told, 10) + told.n == pytest.approx(234, abs=8)
    with pytest.raises(NoAnswers):
        still_needed_for_margin(Counts(0, 0, 0), 10)


def test_association_agrees_with_scipy() -> None:
    from scipy.stats import spearmanr

    random = np.random.default_rng(1)
    x = random.normal(size=40)
    y = x + random.normal(size=40)
    found = association(list(zip(x, y, strict=True)))

    assert found is not None
    assert found.rho == pytest.approx(spearmanr(x, y).statistic)
    assert found.low < found.rho < found.high
    assert found.is_real
    assert association([(1.0, 2.0)] * 20) is None
    assert association([(1.0, 2.0), (2.0, 3.0)]) is None


@pytest.mark.slow
def test_clusters_are_covered_where_single_answers_are_not() -> None:
    random, runs, clustered, plain = np.random.default_rng(9), 500, 0, 0
    truth = 100 * (0.5 - 0.25)
    for _run in range(runs):
        accounts = []
        for _account in range(30):
            p, d, rest = random.dirichlet((1.0, 0.5, 0.5))
            accounts.append(Counts(*map(int, random.multinomial(8, (d, rest, p)))))
        found = clustered_nps(accounts, draws=400)
        simple = adjusted_wald(sum(accounts, Counts(0, 0, 0)))
        clustered += found.low <= truth <= found.high
        plain += simple.low <= truth <= simple.high

    assert 0.91 <= clustered / runs <= 0.985
    assert plain / runs < 0.85


@pytest.mark.slow
@pytest.mark.parametrize("k", [3, 6, 9, 10, 15])
def test_few_clusters_are_covered_too(k: int) -> None:
    random, runs, held = np.random.default_rng(8), 1500, 0
    for _run in range(runs):
        sizes = 1 + random.poisson(5, k)
        mixes = random.dirichlet((0.5, 0.5, 1.0), k)
        accounts = [
            Counts(*map(int, random.multinomial(n, mix)))
            for n, mix in zip(sizes, mixes, strict=True)
        ]
        found = clustered_nps(accounts, draws=300)
        held += found.low <= 25 <= found.high

    assert 0.91 <= held / runs <= 0.985


def test_alike_clusters_and_a_single_one_keep_the_plain_interval() -> None:
    told = [Counts(1, 1, 2)] * 9

    assert clustered_nps(told) == interval(Counts(9, 9, 18))
    assert clustered_nps([Counts(3, 4, 9), Counts(0, 0, 0)]) == interval(Counts(3, 4, 9))
    assert clustered_nps([Counts(1, 1, 2)] * 20).n == 80
    with pytest.raises(NoAnswers):
        clustered_nps([])


def ratings(n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(12)
    common = random.normal(size=n)
    x = np.column_stack([common + random.normal(size=n) for _each in range(4)])
    y = 2 * x[:, 0] + x[:, 1] + random.normal(size=n) * 2
    return x, y


def test_shapley_shares_sum_and_resemble_relative_weights() -> None:
    x, y = ratings()
    names = ["a", "b", "c", "d"]

    found, r_squared = shapley(x, y, names)
    relative = {d.name: d.weight for d in relative_weights(x, y, names, bootstrap=0).drivers}

    assert sum(share.share for share in found) == pytest.approx(100)
    assert 0 < r_squared < 1
    assert [share.name for share in found][:2] == ["a", "b"]
    for share in found:
        assert share.share == pytest.approx(relative[share.name], abs=3)


def test_shapley_agrees_with_the_average_over_all_orders() -> None:
    """By statsmodels: R² of every order of entering, column after column."""
    from itertools import permutations

    import statsmodels.api as sm

    x, y = ratings(200)
    gains = np.zeros(4)
    for order in permutations(range(4)):
        before = 0.0
        for place in range(4):
            design = sm.add_constant(x[:, list(order[: place + 1])])
            after = sm.OLS(y, design).fit().rsquared
            gains[order[place]] += after - before
            before = after

    found, r_squared = shapley(x, y, ["a", "b", "c", "d"])

    expected = dict(zip("abcd", 100 * gains / gains.sum(), strict=True))
    assert {share.name: share.share for share in found} == pytest.approx(expected)
    assert r_squared == pytest.approx(gains.sum() / 24)


def test_resampled_shares_have_intervals() -> None:
    x, y = ratings()
    x[::9, 1] = np.nan

    found, _r_squared = shapley(x, y, ["a", "b", "c", "d"], bootstrap=200)

    for share in found:
        assert share.low is not None
        assert share.high is not None
        assert share.low < share.share < share.high
    assert shapley(x, y, ["a", "b", "c", "d"], bootstrap=200)[0] == found


def test_resamples_that_mostly_fail_give_no_interval() -> None:
    """An aspect that all but one rated alike: most resamples see it without any spread."""
    x, y = ratings(40)
    x[:, 1] = 3.0
    x[0, 1] = 4.0

    found, _r_squared = shapley(x, y, ["a", "b", "c", "d"], bootstrap=200)

    assert {(share.low, share.high) for share in found} == {(None, None)}


def test_shapley_takes_a_repeated_aspect() -> None:
    x, y = ratings()

    found, _r_squared = shapley(np.column_stack([x[:, 0], x[:, 0], x[:, 1]]), y, ["a", "too", "b"])

    shares = {share.name: share.share for share in found}
    assert shares["a"] == pytest.approx(shares["too"])


def test_shapley_of_uncorrelated_aspects_is_the_squared_correlation() -> None:
    x = np.array([[a, b] for a in (-1.0, 1.0) for b in (-1.0, 1.0)] * 25)
    y = 3 * x[:, 0] + x[:, 1]

    found, r_squared = shapley(x, y, ["a", "b"])

    assert r_squared == pytest.approx(1)
    assert {s.name: s.share for s in found} == pytest.approx({"a": 90, "b": 10})


def test_logistic_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm

    x, y = ratings()
    is_so = y > 1
    x[::7, 2] = np.nan

    found = logistic(x, is_so, ["a", "b", "c", "d"])

    complete = ~np.isnan(x).any(axis=1)
    oracle = sm.Logit(is_so[complete].astype(float), sm.add_constant(x[complete])).fit(disp=0)
    assert [odds.ratio for odds in found.odds] == pytest.approx(np.exp(oracle.params[1:]), rel=1e-5)
    assert [odds.p for odds in found.odds] == pytest.approx(oracle.pvalues[1:], abs=1e-6)
    assert found.odds[0].low == pytest.approx(np.exp(oracle.conf_int()[1][0]), rel=1e-5)
    sd = x[complete].std(axis=0)
    assert [o.standardised for o in found.odds] == pytest.approx(oracle.params[1:] * sd, rel=1e-5)
    assert (found.n, found.left_out) == (int(complete.sum()), int((~complete).sum()))


def test_logistic_says_why_it_cannot() -> None:
    x, y = ratings(200)

    with pytest.raises(NoFit, match="without a fault"):
        logistic(x, x[:, 0] > 0, ["a", "b", "c", "d"])
    with pytest.raises(NoFit, match="too few"):
        logistic(x, y > y.max() - 1e-9, ["a", "b", "c", "d"])
    with pytest.raises(NoFit, match="repeats"):
        logistic(np.column_stack([x, x[:, 0]]), y > 0, list("abcde"))
