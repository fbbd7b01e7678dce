"""Are drivers weighed as Johnson does, with gaps, bad columns and uncertainty dealt with openly?"""

import csv
from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from loopwell.calc.correlations import correlations, make_possible, pair_sums
from loopwell.calc.drivers import Method, NoDrivers, Reason, relative_weights
from tests.shared_data import shared_data

NAMES = ["staff", "food", "price"]


def ratings(rows=400, columns=3, seed=0, gaps=0.0):
    """Correlated ratings 1–5 and a score 0–10 that depends most on the first column."""
    rng = np.random.default_rng(seed)
    halo = rng.normal(size=(rows, 1))
    x = np.clip(np.round(3 + halo + rng.normal(size=(rows, columns))), 1, 5)
    effects = 1 / np.arange(1, columns + 1)
    y = np.clip(np.round(x @ effects + rng.normal(size=rows)), 0, 10)
    x[rng.random(x.shape) < gaps] = np.nan
    return x, y


def weights_of(result):
    return {driver.name: driver.weight for driver in result.drivers}


def test_orthogonal_drivers_weigh_their_squared_correlations():
    a = np.repeat([1.0, -1.0], 4)
    b = np.tile(np.repeat([1.0, -1.0], 2), 2)
    noise = np.tile([1.0, -1.0], 4)
    y = 2 * a + b + noise  # variance 6: r² are 4/6 and 1/6

    found = relative_weights(np.column_stack([a, b]), y, ["a", "b"], bootstrap=0)

    assert found.r_squared == pytest.approx(5 / 6)
    assert weights_of(found) == pytest.approx({"a": 80.0, "b": 20.0})
    assert [d.r for d in found.drivers] == pytest.approx([np.sqrt(4 / 6), np.sqrt(1 / 6)])
    assert [(d.low, d.high) for d in found.drivers] == [(None, None)] * 2


def test_two_correlated_drivers_by_hand():
    """With two drivers the closest uncorrelated ones have a closed form.

    For a correlation ρ between them, Λ = [[c, s], [s, c]] with c, s = (√(1+ρ) ± √(1−ρ)) / 2.
    """
    x, y = ratings(columns=2)
    r = np.corrcoef(np.column_stack([x, y]).T)
    rho = r[0, 1]
    c = (np.sqrt(1 + rho) + np.sqrt(1 - rho)) / 2
    s = (np.sqrt(1 + rho) - np.sqrt(1 - rho)) / 2
    b1 = (c * r[0, 2] - s * r[1, 2]) / (c * c - s * s)
    b2 = (c * r[1, 2] - s * r[0, 2]) / (c * c - s * s)
    first, second = (c * b1) ** 2 + (s * b2) ** 2, (s * b1) ** 2 + (c * b2) ** 2

    found = relative_weights(x, y, ["a", "b"], bootstrap=0)

    assert found.r_squared == pytest.approx(first + second)
    assert weights_of(found)["a"] == pytest.approx(100 * first / (first + second))


def test_one_driver_explains_r_squared():
    x, y = ratings(columns=1)
    r = np.corrcoef(x[:, 0], y)[0, 1]

    (driver,) = (found := relative_weights(x, y, ["staff"])).drivers

    assert found.r_squared == pytest.approx(r**2)
    assert (driver.weight, driver.low, driver.high) == pytest.approx((100, 100, 100))
    assert (driver.r, driver.n) == (pytest.approx(r), 400)


@given(st.integers(1, 8), st.integers(0, 1_000), st.sampled_from([0.0, 0.4]))
@settings(max_examples=30)
def test_weights_sum_to_100_and_do_not_depend_on_order(columns, seed, gaps):
    x, y = ratings(columns=columns, seed=seed, gaps=gaps)
    names = [f"q{i}" for i in range(columns)]
    rng = np.random.default_rng(seed)
    rows, across = rng.permutation(len(y)), rng.permutation(columns)

    found = relative_weights(x, y, names, bootstrap=20)
    shuffled = relative_weights(
        x[rows][:, across], y[rows], [names[i] for i in across], bootstrap=0
    )

    assert sum(d.weight for d in found.drivers) == pytest.approx(100)
    assert 0 < found.r_squared <= 1
    assert weights_of(shuffled) == pytest.approx(weights_of(found))
    assert [d.weight for d in found.drivers] == sorted(weights_of(found).values(), reverse=True)


@pytest.mark.parametrize("columns", [2, 7])
def test_r_squared_is_that_of_the_regression(columns):
    x, y = ratings(columns=columns)

    found = relative_weights(x, y, [f"q{i}" for i in range(columns)], bootstrap=0)

    assert found.r_squared == pytest.approx(sm.OLS(y, sm.add_constant(x)).fit().rsquared)
    assert found.method == Method.COMPLETE


def test_units_and_direction_do_not_matter():
    x, y = ratings()

    found = relative_weights(x, y, NAMES, bootstrap=0)
    other = relative_weights(-1000 * x + 1e6, 10 * y, NAMES, bootstrap=0)

    assert weights_of(other) == pytest.approx(weights_of(found))
    assert [d.r for d in other.drivers] == pytest.approx([-d.r for d in found.drivers])


def test_near_the_average_over_all_orders_of_entry():
    """Johnson's weights are known to come close to Shapley's (LMG), which take all orders."""
    x, y = ratings(rows=2_000, columns=4)

    found = weights_of(relative_weights(x, y, list("abcd"), bootstrap=0))

    assert found == pytest.approx(shapley(x, y), abs=1.5)


def shapley(x, y):
    def r_squared(chosen):
        if not chosen:
            return 0.0
        return sm.OLS(y, sm.add_constant(x[:, sorted(chosen)])).fit().rsquared

    columns = range(x.shape[1])
    shares = dict.fromkeys(columns, 0.0)
    for order in permutations(columns):
        for place, column in enumerate(order):
            shares[column] += r_squared(order[: place + 1]) - r_squared(order[:place])
    whole = sum(shares.values())
    return {"abcd"[column]: 100 * share / whole for column, share in shares.items()}


@pytest.mark.parametrize("seed", range(5))
def test_a_driver_given_twice_shares_its_weight(seed):
    x, y = ratings(columns=2, seed=seed)
    twice = np.column_stack([x, x[:, 0]])

    found = relative_weights(twice, y, ["a", "b", "a again"], bootstrap=50)

    assert weights_of(found)["a"] == pytest.approx(weights_of(found)["a again"])
    assert sum(weights_of(found).values()) == pytest.approx(100)
    assert found.r_squared == pytest.approx(sm.OLS(y, sm.add_constant(x)).fit().rsquared)
    assert all(driver.low is not None for driver in found.drivers)


def test_gaps_are_used_pairwise_and_reported():
    x, y = ratings(rows=3_000, gaps=0.5, seed=4)
    y[:100] = np.nan
    x[100:150] = np.nan

    found = relative_weights(x, y, NAMES, bootstrap=50)

    known = ~np.isnan(y)
    assert found.method == Method.PAIRWISE
    assert (found.rows_total, found.rows_used) == (
        3_000,
        int((known & ~np.isnan(x).all(axis=1)).sum()),
    )
    assert found.missing == pytest.approx(
        {name: np.isnan(x[known, i]).mean() for i, name in enumerate(NAMES)}
    )
    staff = next(d for d in found.drivers if d.name == "staff")
    both = known & ~np.isnan(x[:, 0])
    assert staff.n == both.sum()
    assert staff.r == pytest.approx(np.corrcoef(x[both, 0], y[both])[0, 1])


def test_gaps_at_random_change_little():
    whole, y = ratings(rows=20_000)
    holes, _ = ratings(rows=20_000, gaps=0.5)

    complete = relative_weights(whole, y, NAMES, bootstrap=0)
    gappy = relative_weights(holes, y, NAMES, bootstrap=0)

    assert weights_of(gappy) == pytest.approx(weights_of(complete), abs=2)
    assert gappy.r_squared == pytest.approx(complete.r_squared, abs=0.02)


def test_contradicting_pairs_are_shrunk_and_it_is_said():
    """Three groups of rows, each knowing two of three columns: a~b, b~c, but a against c."""
    rng = np.random.default_rng(0)
    x = np.full((300, 3), np.nan)
    base = rng.normal(size=(3, 100))
    x[:100, 0] = x[:100, 1] = base[0]
    x[100:200, 1] = x[100:200, 2] = base[1]
    x[200:, 0], x[200:, 2] = base[2], -base[2]
    y = np.nansum(x, axis=1) + rng.normal(size=300)

    found = relative_weights(x, y, NAMES, bootstrap=50)

    assert found.method == Method.PAIRWISE_SHRUNK
    assert 0 < found.r_squared < 1
    assert sum(d.weight for d in found.drivers) == pytest.approx(100)


def test_useless_columns_are_left_out_with_the_reason():
    x, y = ratings()
    never, same, apart = np.full(400, np.nan), np.full(400, 3.0), np.full(400, np.nan)
    apart[:4] = [1, 2, 3, 5]
    names = [*NAMES, "never", "same", "apart"]

    found = relative_weights(np.column_stack([x, never, same, apart]), y, names, bootstrap=0)

    assert found.left_out == {
        "never": Reason.EMPTY,
        "same": Reason.CONSTANT,
        "apart": Reason.TOO_FEW_TOGETHER,
    }
    assert weights_of(found) == pytest.approx(
        weights_of(relative_weights(x, y, NAMES, bootstrap=0))
    )


def test_columns_never_rated_together_lose_the_rarer_one():
    x, y = ratings()
    x[:150, 0] = np.nan
    x[150:, 1] = np.nan

    found = relative_weights(x, y, NAMES, bootstrap=0)

    assert found.left_out == {"food": Reason.TOO_FEW_TOGETHER}


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.ones((9, 3)), np.arange(9.0), "staff: constant, food: constant, price: constant"),
        (np.full((9, 3), np.nan), np.arange(9.0), "staff: empty"),
        (ratings(rows=9)[0], np.full(9, 7.0), "same score"),
        (ratings(rows=9)[0], np.full(9, np.nan), "No row has a score"),
        (np.empty((0, 3)), np.empty(0), "No row has a score"),
        (ratings(rows=4)[0], np.arange(4.0), "4 rows are too few for 3 drivers: 5 needed"),
    ],
)
def test_nothing_to_find_is_said_aloud(x, y, message):
    with pytest.raises(NoDrivers, match=message):
        relative_weights(x, y, NAMES)


def test_no_correlation_at_all():
    x = np.tile([[1.0], [-1.0]], (10, 1))
    y = np.repeat([1.0, -1.0], 10)

    with pytest.raises(NoDrivers, match="correlated with the score"):
        relative_weights(x, y, ["a"])


@pytest.mark.parametrize(
    ("x", "y", "names"),
    [
        (np.ones((5, 2)), np.ones(5), ["a"]),
        (np.ones((5, 2)), np.ones(4), ["a", "b"]),
        (np.ones((5, 2)), np.ones(5), ["a", "a"]),
        (np.ones((5, 0)), np.ones(5), []),
        (np.full((5, 1), np.inf), np.ones(5), ["a"]),
    ],
)
def test_shapes_that_do_not_fit(x, y, names):
    with pytest.raises(ValueError, match=r"must be|need"):
        relative_weights(x, y, names)


def test_interval_holds_the_weight_and_the_seed_repeats_it():
    x, y = ratings(gaps=0.2)

    found = relative_weights(x, y, NAMES, seed=3)

    assert all(d.low < d.weight < d.high for d in found.drivers)
    assert relative_weights(x, y, NAMES, seed=3) == found
    assert relative_weights(x, y, NAMES, seed=4) != found


def test_blocks_give_the_same_interval_as_rows():
    """20,000 rows in 4,000 blocks, against resampling every row by hand."""
    x, y = ratings(rows=20_000)
    rng = np.random.default_rng(0)
    staff = []
    for _ in range(120):
        chosen = rng.integers(0, len(y), len(y))
        staff.append(
            weights_of(relative_weights(x[chosen], y[chosen], NAMES, bootstrap=0))["staff"]
        )

    driver = relative_weights(x, y, NAMES).drivers[0]

    assert driver.name == "staff"
    assert driver.high - driver.low == pytest.approx(3.92 * np.std(staff), rel=0.2)


def test_sums_do_not_depend_on_the_blocks():
    x, _ = ratings(rows=1_003, gaps=0.3)

    one, many = pair_sums(x, blocks=1, seed=0), pair_sums(x, blocks=100, seed=0)

    assert (len(one.blocks), len(many.blocks)) == (1, 92)
    assert many.total() == pytest.approx(one.total())


def test_correlations_of_complete_data_are_numpys():
    x, _ = ratings()

    r, joint = correlations(pair_sums(x + 1e6, blocks=50, seed=0).total())

    assert r == pytest.approx(np.corrcoef(x.T))
    assert (joint == 400).all()


def test_possible_matrices_stay_as_they_are():
    good = np.array([[1.0, 0.5], [0.5, 1.0]])
    bad = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])

    kept, changed = make_possible(good)
    mended, shrunk = make_possible(bad)

    assert (kept.tolist(), changed) == (good.tolist(), False)
    assert shrunk
    assert np.linalg.eigvalsh(mended)[0] == pytest.approx(0.01)
    assert np.diag(mended) == pytest.approx([1, 1, 1])


def test_skytrax_lounges():
    """2,264 reviews; published file, so the answer must not drift."""
    with shared_data("skytrax/lounge.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.endswith("_rating") and name != "overall_rating"]
    x = np.array([[float(row[name] or "nan") for name in names] for row in rows])
    y = np.array([float(row["overall_rating"] or "nan") for row in rows])
    whole = ~np.isnan(x).any(axis=1) & ~np.isnan(y)

    found = relative_weights(x, y, names, bootstrap=100)

    assert len(found.drivers) == 7
    assert found.r_squared == pytest.approx(
        sm.OLS(y[whole], sm.add_constant(x[whole])).fit().rsquared, abs=0.02
    )
    assert found.drivers[0].name == "staff_service_rating"
    assert found.drivers[-1].name == "wifi_connectivity_rating"


@pytest.mark.slow
def test_intervals_cover_the_true_weights():
    x, y = ratings(rows=400_000, seed=99)
    truth = weights_of(relative_weights(x, y, NAMES, bootstrap=0))
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(300):
        chosen = rng.integers(0, len(y), 300)
        found = relative_weights(x[chosen], y[chosen], NAMES, bootstrap=200)
        hits += sum(d.low <= truth[d.name] <= d.high for d in found.drivers)

    assert 0.90 < hits / 900 < 0.98


def test_correlations_have_the_intervals_that_fisher_gives_normal_data() -> None:
    """The same resamples as the weights'; SciPy's are by Fisher's z."""
    from scipy.stats import pearsonr

    random = np.random.default_rng(4)
    common = random.normal(size=600)
    x = np.column_stack([common + random.normal(size=600) * noise for noise in (0.5, 1, 4)])
    x[::7, 2] = np.nan
    y = common + random.normal(size=600)

    found = relative_weights(x, y, ["near", "far", "noise"], bootstrap=1000).drivers

    for driver in found:
        known = ~np.isnan(x[:, ["near", "far", "noise"].index(driver.name)])
        column = x[known, ["near", "far", "noise"].index(driver.name)]
        low, high = pearsonr(column, y[known]).confidence_interval()
        assert driver.r_low == pytest.approx(low, abs=0.025)
        assert driver.r_high == pytest.approx(high, abs=0.025)


def test_without_resamples_correlations_have_no_interval() -> None:
    x = np.array([[1.0, 2], [2, 1], [3, 3], [4, 6], [5, 5], [6, 4]])

    (first, second) = relative_weights(x, x[:, 0], ["a", "b"], bootstrap=0).drivers

    assert (first.r_low, first.r_high, second.r_low, second.r_high) == (None, None, None, None)
