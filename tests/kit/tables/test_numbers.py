"""Scores are whole numbers of the scale, however they are written."""

import pytest

from loopwell.kit.tables.numbers import ScoreProblem, read_number, read_rating, read_score


@pytest.mark.parametrize("text", ["9", "9.0", "9,0", " 9 ", "+9", "9.", "09"])
def test_nine(text: str) -> None:
    if text == "9.":
        assert read_score(text, lowest=0, highest=10).problem is ScoreProblem.NOT_A_NUMBER
    else:
        assert read_score(text, lowest=0, highest=10) == (9, None, False)


@pytest.mark.parametrize(
    "text",
    ["10 - very likely", "10 (very likely)", "10: very likely", "10 very likely", "10 — так"],
)
def test_a_label_after_the_number_is_accepted_and_told(text: str) -> None:
    assert read_score(text, lowest=0, highest=10) == (10, None, True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("11", ScoreProblem.OUT_OF_RANGE),
        ("-1", ScoreProblem.OUT_OF_RANGE),
        ("7.5", ScoreProblem.NOT_WHOLE),
        ("7,5", ScoreProblem.NOT_WHOLE),
        ("7-8", ScoreProblem.NOT_A_NUMBER),
        ("ten", ScoreProblem.NOT_A_NUMBER),
        ("2026-03-04", ScoreProblem.NOT_A_NUMBER),
        ("", ScoreProblem.MISSING),
        ("NA", ScoreProblem.MISSING),
    ],
)
def test_what_is_no_score(text: str, problem: ScoreProblem) -> None:
    assert read_score(text, lowest=0, highest=10).problem is problem


def test_the_scale_decides_the_range() -> None:
    assert read_score("0", lowest=1, highest=10).problem is ScoreProblem.OUT_OF_RANGE
    assert read_score("6", lowest=1, highest=5).problem is ScoreProblem.OUT_OF_RANGE


def test_numbers_with_commas_spaces_and_signs() -> None:
    texts = ["1 234,5", "−3", "45 %", "1e3", "4 - good", "good"]
    assert [read_number(text) for text in texts] == [1234.5, -3.0, 45.0, 1000.0, None, None]
    assert [read_rating(text) for text in texts[-2:]] == [4.0, None]
