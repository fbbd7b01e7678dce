"""Do our scores and intervals equal those of the R package NPS, row by row?"""

import csv

import pytest

from loopwell.calc.nps import (
    Counts,
    adjusted_wald,
    iterative_score,
    nps,
    p_against,
    standard_error,
    variance,
    wald,
    wald_difference,
)
from tests.shared_data import FOLDER, shared_data

EXACT = 1e-9
R_TOLERANCE = 1e-4 * 100
"""R's uniroot stops at .00012 on the −1..+1 scale; here in points."""
METHODS = {"wald": wald, "adjusted.wald": adjusted_wald, "iterative": iterative_score}


def rows(kind):
    """The file's rows; when the file is absent, one row that makes the test skip."""
    path = FOLDER / "r_nps_reference/reference.csv"
    if not path.exists():
        return [None]
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


def name_of(row):
    return f"{row['sample']} {row['test']}" if row else "file absent"


@pytest.fixture
def reference():
    return shared_data("r_nps_reference/reference.csv")


def counts_in(row):
    return Counts(int(row["detractors"]), int(row["passives"]), int(row["promoters"]))


def test_the_file_has_the_rows_we_know(reference):
    with reference.open(encoding="utf-8", newline="") as file:
        kinds = [row["kind"] for row in csv.DictReader(file)]

    assert (kinds.count("one"), kinds.count("two")) == (24, 2)


@pytest.mark.parametrize("row", rows("one"), ids=name_of)
def test_one_sample(reference, row):
    counts = counts_in(row)
    tolerance = R_TOLERANCE if row["test"] == "iterative" else EXACT

    found = METHODS[row["test"]](counts)

    assert counts.n == int(row["n"])
    assert nps(counts) == pytest.approx(100 * float(row["nps"]), abs=EXACT)
    assert variance(counts) == pytest.approx(float(row["var"]), abs=EXACT)
    assert found.value == nps(counts)
    assert found.n == counts.n
    # R does not cut the adjusted interval (rep(10, 5) ends above 1); we do.
    assert found.low == pytest.approx(100 * float(row["lo"]), abs=tolerance)
    high = 100 * float(row["hi"])
    assert found.high == pytest.approx(
        min(high, 100.0) if row["test"] == "adjusted.wald" else high, abs=tolerance
    )


@pytest.mark.parametrize(
    "row", [row for row in rows("one") if row is None or row["p"] != "NA"], ids=name_of
)
def test_one_sample_p_value(reference, row):
    adjusted = row["test"] == "adjusted.wald"

    found = p_against(counts_in(row), adjusted=adjusted)

    assert found == pytest.approx(float(row["p"]), abs=EXACT)
    if adjusted:
        assert standard_error(counts_in(row)) == pytest.approx(
            100 * float(row["se_hat"]), abs=EXACT
        )


@pytest.mark.parametrize("row", rows("two"), ids=name_of)
def test_two_samples(reference, row):
    y2015, y2016 = (
        counts_in(next(r for r in rows("one") if r["sample"] == f"b2b.{year}"))
        for year in (2015, 2016)
    )

    found = wald_difference(y2016, y2015, adjusted=row["test"] == "adjusted.wald")

    assert y2015.n + y2016.n == int(row["n"])
    assert found.low == pytest.approx(100 * float(row["lo"]), abs=EXACT)
    assert found.high == pytest.approx(100 * float(row["hi"]), abs=EXACT)
    assert found.p == pytest.approx(float(row["p"]), abs=EXACT)
    assert found.value == pytest.approx(nps(y2016) - nps(y2015), abs=EXACT)
    centre = (found.low + found.high) / 2
    assert centre == pytest.approx(100 * float(row["delta"]), abs=EXACT)
