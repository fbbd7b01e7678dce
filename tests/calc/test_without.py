"""What a problem costs: by hand, at the edges, and does the interval cover the truth?"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.nps import Counts, NoAnswers
from loopwell.calc.without import impact, projected

counts = st.builds(Counts, *[st.integers(0, 200)] * 3)


def test_by_hand() -> None:
    found = impact(Counts(30, 20, 50), Counts(10, 0, 0))
    assert found.score == pytest.approx(20)
    assert found.without == pytest.approx(100 * (50 - 20) / 90)
    assert found.change is not None
    assert found.change.value == pytest.approx(20 - 100 / 3)
    assert found.change.low < found.change.value < found.change.high < 0


def test_where_everybody_or_nobody_names_it() -> None:
    everybody = Counts(5, 5, 5)
    assert impact(everybody, everybody).change is None
    nobody = impact(everybody, Counts(0, 0, 0)).change
    assert nobody is not None
    assert nobody.value == 0
    assert nobody.low < 0 < nobody.high, "the next may name it"
    with pytest.raises(NoAnswers):
        impact(Counts(0, 0, 0), Counts(0, 0, 0))
    with pytest.raises(ValueError, match="negative"):
        impact(Counts(1, 0, 0), Counts(2, 0, 0))


@given(counts, counts)
def test_the_value_lies_in_its_interval(naming: Counts, rest: Counts) -> None:
    if (naming + rest).n == 0:
        return
    found = impact(naming + rest, naming).change
    if found is not None:
        assert found.low <= found.value <= found.high


@pytest.mark.parametrize(
    ("n", "share", "inside", "outside"),
    [
        (200, 0.05, (0.7, 0.2, 0.1), (0.2, 0.3, 0.5)),
        (1000, 0.02, (0.8, 0.1, 0.1), (0.1, 0.2, 0.7)),
        (100, 0.1, (0.5, 0.3, 0.2), (0.02, 0.08, 0.9)),
        (500, 0.1, (0.05, 0.1, 0.85), (0.3, 0.3, 0.4)),
    ],
)
def test_nineteen_of_twenty_intervals_cover_the_truth(
    n: int, share: float, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    draw, rounds, hits = random.Random(4), 600, 0
    cells = [share * p for p in inside] + [(1 - share) * p for p in outside]
    truth = 100 * share * (inside[2] - inside[0] - outside[2] + outside[0])
    for _round in range(rounds):
        drawn = draw.choices(range(6), cells, k=n)
        told = [drawn.count(place) for place in range(6)]
        naming, rest = Counts(*told[:3]), Counts(*told[3:])
        found = impact(naming + rest, naming).change
        hits += found is not None and found.low <= truth <= found.high
    assert 0.91 <= hits / rounds <= 0.995


def test_those_asked_stand_for_their_category() -> None:
    """40 of 100 detractors called, 10 of them name it: so do 25 of all 100."""
    found = projected(Counts(100, 100, 200), Counts(40, 0, 0), Counts(10, 0, 0))
    assert found.score == pytest.approx(25)
    assert found.without == pytest.approx(100 * (200 - 75) / 375)
    assert found.change is not None
    assert found.change.low < found.change.value < found.change.high < 0
