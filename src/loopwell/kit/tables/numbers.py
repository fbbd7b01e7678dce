"""Which number did somebody mean by this cell: a score, or the rating of a driver?"""

import re
from enum import StrEnum
from typing import NamedTuple

from loopwell.kit.tables.missing import is_missing

PLAIN = re.compile(r"[-+−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
LABELLED = re.compile(r"([-−]?\d+)(?:[.,]0+)?(?:\s*[-–—:=.)(,]\s*|\s+)[\W_]*[^\W\d_].*", re.DOTALL)


class ScoreProblem(StrEnum):
    """Why a cell is not a score."""

    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"


class ScoreReading(NamedTuple):
    """A score or the problem with it; `labelled` says that words followed the number."""

    score: int | None
    problem: ScoreProblem | None = None
    labelled: bool = False


def read_number(text: str) -> float | None:
    """A number with point or comma and spaces between thousands, None for anything else."""
    found = text.strip().removesuffix("%").rstrip()
    if not PLAIN.fullmatch(found):
        return None
    return float(re.sub(r"[ \u00a0\u202f]", "", found).replace("−", "-").replace(",", "."))


def read_rating(text: str) -> float | None:
    """As `read_number`, and “4 - good” is 4."""
    number = read_number(text)
    if number is None and (match := LABELLED.fullmatch(text.strip())):
        return float(match[1].replace("−", "-"))
    return number


def read_score(text: str, *, lowest: int, highest: int) -> ScoreReading:
    """A whole number within the scale: “9”, “9.0”, “9,0”, “10 - very likely”."""
    if is_missing(text):
        return ScoreReading(None, ScoreProblem.MISSING)
    number = read_number(text)
    labelled = False
    if number is None:
        match = LABELLED.fullmatch(text.strip())
        if match is None:
            return ScoreReading(None, ScoreProblem.NOT_A_NUMBER)
        number, labelled = float(match[1].replace("−", "-")), True
    if not number.is_integer():
        return ScoreReading(None, ScoreProblem.NOT_WHOLE)
    if not lowest <= number <= highest:
        return ScoreReading(None, ScoreProblem.OUT_OF_RANGE)
    return ScoreReading(int(number), labelled=labelled)
