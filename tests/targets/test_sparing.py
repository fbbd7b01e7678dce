"""When is sparing misses within the margin called sparing nearly all?"""

import pytest

from loopwell.targets.rules import Outcome, Sparing, sparing


@pytest.mark.parametrize(
    ("within", "missed", "nearly_all"),
    [(9, 1, True), (3, 1, True), (3, 0, True), (2, 1, False), (2, 0, False), (0, 9, False)],
)
def test_three_of_four_below_are_nearly_all(within: int, missed: int, nearly_all: bool) -> None:
    told = sparing([Outcome.WITHIN] * within + [Outcome.MISSED] * missed + [Outcome.MET] * 5)
    assert told == Sparing(within + missed, within)
    assert told.is_nearly_all == nearly_all


def test_units_that_met_theirs_or_had_no_answers_are_nobodys_misses() -> None:
    assert sparing([Outcome.MET, Outcome.UNKNOWN]) == Sparing(0, 0)
