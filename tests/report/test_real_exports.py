"""What must hold on real exports by others."""

from pathlib import Path

import pytest

from tests.report.conftest import Run
from tests.shared_data import shared_data

DRIVERS = ("comfort", "cleanliness", "bar_beverages", "catering", "washrooms", "wifi_connectivity",
           "staff_service")  # fmt: skip


def test_botanic(report: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    found = report(
        shared_data("botanic/nps.csv"), "--score", "nps", "--scale", "1-10", "--comment",
        "explication", "--driver", "satisfaction", "--driver", "intention", "--json", "--out", page,
    )  # fmt: skip

    data = found.json
    assert found.code == 0
    assert (data["rows"], data["used"], data["rejected"]) == (13_954, 13_612, 342)
    assert (data["nps"], data["low"], data["high"]) == (53.42, 52.31, 54.50)
    assert (data["promoters"], data["passives"], data["detractors"]) == (8465, 3953, 1194)
    assert data["rejects"] == [
        {"reason": "missing", "n": 342, "first_rows": [37, 71, 120, 242, 290]}
    ]
    assert [driver["name"] for driver in data["drivers"]] == ["intention", "satisfaction"]
    detractors = {term["term"] for term in data["words"] if term["side"] == "detractor"}
    assert {"prix", "trop", "cher", "élevés"} <= detractors
    text = page.read_text(encoding="utf-8")
    assert "fraîcheur" in text
    assert "�" not in text


def test_nhs_mixes_date_orders_and_the_ambiguous_are_not_guessed(report: Run) -> None:
    found = report(
        shared_data("nhs_fft/v6framework_230831.csv"), "--score", "FFT categorical answer",
        "--scale", "5-1", "--date", "Date", "--by", "Trust", "--json",
    )  # fmt: skip

    data = found.json
    assert (data["rows"], data["used"], data["rejected"]) == (7_908, 7_468, 440)
    assert data["rejects"][0]["reason"] == "out_of_range"
    assert (data["promoters"], data["passives"], data["detractors"]) == (5074, 1294, 1100)
    assert any("mixes day-first dates" in note for note in data["notes"])
    in_trend = sum(month["n"] for month in data["trend"])
    assert f"{data['used'] - in_trend:,} answers are not in the trend" in " ".join(data["notes"])
    assert (data["trend"][0]["month"], data["trend"][-1]["month"]) == ("2021-04", "2022-09")
    assert [group["value"] for group in data["by"]["Trust"]] == ["NEAS", "NHFT"]
    assert sum(group["n"] for group in data["by"]["Trust"]) == data["used"]


def test_nhs_with_a_forced_order_uses_every_date_it_can(report: Run) -> None:
    words = (shared_data("nhs_fft/v6framework_230831.csv"), "--score", "FFT categorical answer",
             "--scale", "5-1", "--date", "Date", "--json")  # fmt: skip
    detected = sum(month["n"] for month in report(*words).json["trend"])
    forced = report(*words, "--date-order", "dmy").json
    assert sum(month["n"] for month in forced["trend"]) > detected
    assert any("cannot be read" in note for note in forced["notes"])


def test_skytrax_drivers_with_gaps(report: Run) -> None:
    words = [word for name in DRIVERS for word in ("--driver", f"{name}_rating")]
    data = report(
        shared_data("skytrax/lounge.csv"), "--score", "overall_rating", "--scale", "1-10",
        "--date", "date", "--json", *words,
    ).json  # fmt: skip

    assert data["used"] == 2_259
    assert len(data["drivers"]) == 7
    assert sum(driver["weight"] for driver in data["drivers"]) == pytest.approx(100, abs=0.1)
    for driver in data["drivers"]:
        assert driver["low"] <= driver["weight"] <= driver["high"]
        assert 2_200 < driver["n"] <= 2_259
    assert "two scales seem to be mixed" in data["notes"][0]


def test_carpentries_month_first_dates(report: Run) -> None:
    data = report(
        shared_data("carpentries/instructor_training_post_2018.csv"), "--score",
        "LikelyToRecommend", "--date", "Date", "--json",
    ).json  # fmt: skip
    assert data["used"] == 889
    assert "dates read as mm/dd/yyyy, as 8/31/18 18:37 shows" in [
        note.replace("8/31/18 18:38", "8/31/18 18:37") for note in data["notes"]
    ]
