"""Do raked weights reproduce published and independently computed results?"""

import numpy as np
import pytest

from loopwell.calc.raking import NothingToWeight, design_effect, effective_size, rake


def answers(table: dict[tuple[str, str], int]) -> list[dict[str, str]]:
    return [{"a": a, "b": b} for (a, b), number in table.items() for _ in range(number)]


def shares(found: object, rows: list[dict[str, str]], name: str) -> dict[str, float]:
    weights = found.weights  # type: ignore[attr-defined]
    return {
        value: float(weights[[row[name] == value for row in rows]].sum() / weights.sum())
        for value in {row[name] for row in rows}
    }


def test_a_published_table() -> None:
    """The worked example of iterative proportional fitting in Wikipedia's article of that name
    (after Deming and Stephan): the seed's rows are scaled to 150, 300, 400, 150, its columns to
    200, 300, 400, 100. The table printed there stops early: its rows still add up to 150.1 and so
    on, hence the tolerance."""
    seed = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    fitted = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    rows = [
        {"row": str(r), "column": str(c)}
        for r, numbers in enumerate(seed)
        for c, number in enumerate(numbers)
        for _ in range(number)
    ]
    margins = {
        "row": {"0": 150, "1": 300, "2": 400, "3": 150},
        "column": {"0": 200, "1": 300, "2": 400, "3": 100},
    }

    found = rake(rows, margins)

    total = found.weights.sum()
    for r in range(4):
        for c in range(4):
            here = [row == {"row": str(r), "column": str(c)} for row in rows]
            assert found.weights[here].sum() / total * 1000 == pytest.approx(fitted[r][c], abs=0.15)
    assert found.converged
    assert (found.empty, found.unknown, found.trimmed) == ((), (), 0)


def test_one_margin_is_plain_post_stratification() -> None:
    rows = answers({("x", "-"): 80, ("y", "-"): 20})

    found = rake(rows, {"a": {"x": 500, "y": 500}})

    assert sorted(set(np.round(found.weights, 9))) == [0.625, 2.5]
    assert found.effect == pytest.approx(100 * (80 * 0.625**2 + 20 * 2.5**2) / 100**2)
    assert found.effective == pytest.approx(64)


def test_kishs_design_effect_and_effective_size() -> None:
    """Weights 1 and 3, half each: n Σw² / (Σw)² = 10·50/400 = 1.25, so 10 count like 8."""
    weights = np.array([1.0, 3.0] * 5)

    assert design_effect(weights) == 1.25
    assert effective_size(weights) == 8.0


def test_a_cap_holds_and_what_is_cut_off_goes_to_the_others() -> None:
    rows = answers({("x", "-"): 98, ("y", "-"): 2})

    found = rake(rows, {"a": {"x": 50, "y": 50}}, cap=5)

    assert found.weights.max() == pytest.approx(5.0)
    assert found.weights.mean() == pytest.approx(1.0)
    assert shares(found, rows, "a")["y"] == pytest.approx(0.10)
    assert (found.trimmed, found.converged) == (2, True)
    assert found.error == pytest.approx(0.4)


def test_a_cap_that_does_not_bind_changes_nothing() -> None:
    rows = answers({("x", "p"): 30, ("x", "q"): 20, ("y", "p"): 10, ("y", "q"): 40})
    margins = {"a": {"x": 60, "y": 40}, "b": {"p": 50, "q": 50}}

    np.testing.assert_allclose(
        rake(rows, margins, cap=50).weights, rake(rows, margins).weights, atol=1e-9
    )


def test_empty_and_unknown_categories_are_named_and_harmless() -> None:
    rows = answers({("x", "-"): 40, ("y", "-"): 40, ("?", "-"): 20})

    found = rake(rows, {"a": {"x": 60, "y": 20, "z": 20}})

    assert found.empty == (("a", "z"),)
    assert found.unknown == (("a", "?"),)
    assert shares(found, rows, "a") == pytest.approx({"x": 0.6, "y": 0.2, "?": 0.2})


def test_margins_that_contradict_each_other_do_not_converge() -> None:
    rows = answers({("x", "p"): 5, ("y", "q"): 5})

    found = rake(rows, {"a": {"x": 90, "y": 10}, "b": {"p": 10, "q": 90}})

    assert not found.converged
    assert found.error > 0.5


@pytest.mark.parametrize(
    ("rows", "margins", "cap", "error"),
    [
        ([], {"a": {"x": 1}}, None, NothingToWeight),
        ([{"a": "x"}], {}, None, NothingToWeight),
        ([{"a": "x"}], {"a": {"y": 1}}, None, NothingToWeight),
        ([{"a": "x"}], {"a": {"x": -1}}, None, ValueError),
        ([{"a": "x"}], {"a": {"x": 1}}, 1.0, ValueError),
    ],
)
def test_what_cannot_be_weighted(
    rows: list[dict[str, str]],
    margins: dict[str, dict[str, float]],
    cap: float | None,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        rake(rows, margins, cap=cap)  # type: ignore[arg-type]


@pytest.mark.slow
def test_weights_take_the_bias_out_of_a_lopsided_sample() -> None:
    """The young answer half as often and like us less; the true share of promoters is known."""
    rng = np.random.default_rng(11)
    raw, weighted = [], []
    for _ in range(400):
        young = rng.random(4000) < 0.5
        city = rng.random(4000) < np.where(young, 0.7, 0.3)
        likes = rng.random(4000) < 0.6 - 0.3 * young + 0.1 * city
        answered = rng.random(4000) < np.where(young, 0.1, 0.2)
        rows = [
            {"age": "young" if y else "old", "place": "city" if c else "land"}
            for y, c in zip(young[answered], city[answered], strict=True)
        ]
        margins = {
            "age": {"young": young.sum(), "old": (~young).sum()},
            "place": {"city": city.sum(), "land": (~city).sum()},
        }
        found = rake(rows, margins)
        raw.append(likes[answered].mean() - likes.mean())
        weighted.append(np.average(likes[answered], weights=found.weights) - likes.mean())

    assert np.mean(raw) == pytest.approx(0.04, abs=0.015)
    assert np.mean(weighted) == pytest.approx(0.0, abs=0.005)
