"""Do the intervals cover as often as docs/developer/statistics.md says, over the whole grid?

Exact, not simulated: every outcome of n answers, weighed by its chance.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import multinomial

from loopwell.calc.nps import Counts, adjusted_wald, interval, iterative_score

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developer" / "statistics.md"
METHODS = {
    "Adjusted Wald": adjusted_wald,
    "Iterative score": iterative_score,
    "The interval used": interval,
}
SIZES = (10, 15, 20, 30, 50, 100)
ROW = re.compile(r"^\| (\d+)/(\d+)/(\d+) \| (.+) \|$")


@cache
def intervals(method: str, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All outcomes of n answers, and their intervals' ends."""
    outcomes = np.array([(d, n - d - p, p) for d in range(n + 1) for p in range(n + 1 - d)])
    found = [METHODS[method](Counts(*map(int, row))) for row in outcomes]
    return outcomes, np.array([e.low for e in found]), np.array([e.high for e in found])


def coverage(method: str, n: int, mix: tuple[int, ...]) -> float:
    """Percent."""
    outcomes, low, high = intervals(method, n)
    chances = multinomial.pmf(outcomes, n, np.array(mix) / 100)
    truth = mix[2] - mix[0]
    return float(100 * chances[(low - 1e-6 <= truth) & (truth <= high + 1e-6)].sum())


def written(method: str) -> dict[tuple[int, ...], list[float]]:
    """The table below the heading, by mix."""
    text = PAGE.read_text().split(f"#### {method}\n")[1].split("####")[0]
    rows = [ROW.match(line) for line in text.splitlines()]
    return {
        tuple(int(share) for share in row.groups()[:3]): [float(v) for v in row[4].split(" | ")]
        for row in rows
        if row
    }


@pytest.mark.slow
@pytest.mark.parametrize("method", ["Adjusted Wald", "Iterative score"])
def test_the_page_tells_what_the_code_does(method: str) -> None:
    table = written(method)
    measured = {mix: [coverage(method, n, mix) for n in SIZES] for mix in table}

    assert len(table) == 12
    for mix, row in table.items():
        assert row == pytest.approx(measured[mix], abs=0.06), mix


@pytest.mark.slow
@pytest.mark.parametrize("n", SIZES)
def test_the_score_interval_never_covers_less_than_94(n: int) -> None:
    assert min(coverage("Iterative score", n, mix) for mix in written("Iterative score")) >= 94


@pytest.mark.slow
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("mix", [(2, 8, 90), (1, 4, 95), (10, 20, 70), (20, 30, 50), (45, 10, 45)])
def test_the_score_interval_covers_between_94_and_96_5(n: int, mix: tuple[int, ...]) -> None:
    """To a tenth: 1/4/95 with 50 answers has 96.5006."""
    assert 94 <= round(coverage("Iterative score", n, mix), 1) <= 96.5


@pytest.mark.slow
@pytest.mark.parametrize("n", [30, 50, 100])
@pytest.mark.parametrize("mix", [(10, 20, 70), (20, 30, 50), (33, 34, 33), (45, 10, 45)])
def test_adjusted_wald_covers_between_94_and_96_5(n: int, mix: tuple[int, ...]) -> None:
    assert 94 <= coverage("Adjusted Wald", n, mix) <= 96.5


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 11, 12, 13, 14, 17, 25, 40, 60, 150, 199, 200, 201, 250])
def test_the_interval_used_holds_its_promise_at_odd_sizes_too(n: int) -> None:
    """2/8/90 and what most companies look like; to a tenth."""
    for mix in ((2, 8, 90), (10, 20, 70), (20, 30, 50), (33, 34, 33), (45, 10, 45)):
        assert 94 <= round(coverage("The interval used", n, mix), 1) <= 96.7, mix
