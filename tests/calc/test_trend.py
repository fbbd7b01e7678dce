"""Is a move of the score told from ordinary noise?"""

import numpy as np
import pytest

from loopwell.calc.nps import Counts, interval, standard_error
from loopwell.calc.trend import Kind, trend

STEADY = [(f"2025-0{month}", Counts(40, 60, 100 + month % 2)) for month in range(1, 7)]


def with_last(counts):
    return trend([*STEADY, ("2025-07", counts)])


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (Counts(10, 40, 150), Kind.UP),
        (Counts(90, 60, 50), Kind.DOWN),
        (Counts(38, 62, 100), Kind.NO_CHANGE),
        (Counts(0, 0, 29), Kind.TOO_FEW),
        (Counts(0, 0, 0), Kind.TOO_FEW),
    ],
)
def test_sentence(last, kind):
    assert with_last(last).kind == kind


def test_figures_behind_the_sentence():
    found = with_last(Counts(10, 40, 150))

    assert [period.label for period in found.periods] == [f"2025-0{m}" for m in range(1, 8)]
    assert found.periods[-1].estimate == interval(Counts(10, 40, 150))
    assert found.before == pytest.approx(30.2, abs=0.1)
    assert found.difference.value == pytest.approx(70 - found.before)
    assert found.difference.low > 0
    assert found.difference.p < 0.001
    assert found.spread == 0.0


def test_nothing_before_is_too_few():
    assert trend([]).kind == Kind.TOO_FEW
    assert trend([("May", Counts(50, 50, 50))]).kind == Kind.TOO_FEW
    thin = trend([("May", Counts(1, 1, 1)), ("June", Counts(50, 50, 50))])
    assert (thin.kind, thin.before, thin.difference) == (Kind.TOO_FEW, None, None)


def test_a_month_without_answers_has_no_estimate():
    found = trend([*STEADY, ("2025-07", Counts(0, 0, 0)), ("2025-08", Counts(40, 60, 100))])

    assert found.periods[-2].estimate is None
    assert found.kind == Kind.NO_CHANGE


def test_where_every_month_moves_an_ordinary_month_is_no_news():
    """±20 points up and down for months; many answers, so each month alone differs clearly."""
    restless = [
        (str(month), Counts(300, 300, 900) if month % 2 else Counts(600, 300, 600))
        for month in range(8)
    ]

    found = trend([*restless, ("last", Counts(300, 300, 900))])

    assert found.kind == Kind.NO_CHANGE
    assert found.spread > 15
    assert found.difference.low < 0 < found.difference.high


def test_spread_and_mean_by_dersimonian_and_laird():
    """Q = Σw(x − x̄)², τ² = (Q − df) / (Σw − Σw²/Σw), then weights 1/(v + τ²)."""
    months = [Counts(20, 30, 50), Counts(200, 100, 700), Counts(150, 150, 200)]
    x = np.array([30.0, 50.0, 10.0])
    v = np.array([standard_error(counts) for counts in months]) ** 2
    w = 1 / v
    q = (w * (x - (w * x).sum() / w.sum()) ** 2).sum()
    tau2 = (q - 2) / (w.sum() - (w**2).sum() / w.sum())
    random = 1 / (v + tau2)

    found = trend([*((str(c.n), c) for c in months), ("last", Counts(100, 100, 100))])

    assert found.spread == pytest.approx(np.sqrt(tau2))
    assert found.before == pytest.approx((random * x).sum() / random.sum())
    se = np.sqrt(standard_error(Counts(100, 100, 100)) ** 2 + tau2 + 1 / random.sum())
    assert found.difference.value == pytest.approx(-found.before)
    # Student's t with two degrees of freedom: 4.3027 standard errors.
    assert found.difference.high == pytest.approx(-found.before + 4.302653 * se, rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("wobble", [0.0, 0.05])
def test_false_alarms_stay_near_one_in_twenty(wobble):
    """Months that differ only by sampling, or also by their own small ups and downs."""
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(2_000):
        shift = rng.normal(0, wobble, size=9)
        months = [
            (str(m), Counts(*map(int, rng.multinomial(300, (0.25 - s, 0.3, 0.45 + s)))))
            for m, s in enumerate(shift)
        ]
        alarms += trend(months).kind != Kind.NO_CHANGE

    assert 0.025 < alarms / 2_000 < 0.075
