"""Aspects are parted at the means of importance and performance."""

from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.importance import Quadrant, importance_performance

NUMBERS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100))


def test_the_four_quadrants() -> None:
    found = importance_performance(
        {"wait": 40, "staff": 35, "price": 15, "shop": 10, "unrated": 50},
        {"wait": 3.0, "staff": 4.5, "price": 3.2, "shop": 4.6},
    )

    assert found is not None
    assert (found.importance, found.performance) == (25, 3.825)
    assert [(placed.name, placed.quadrant) for placed in found.placed] == [
        ("wait", Quadrant.IMPROVE),
        ("staff", Quadrant.KEEP),
        ("price", Quadrant.LATER),
        ("shop", Quadrant.ENOUGH),
    ]


@given(NUMBERS, NUMBERS)
def test_each_aspect_known_to_both_is_placed_once(
    importance: dict[str, float], performance: dict[str, float]
) -> None:
    found = importance_performance(importance, performance)

    placed = [] if found is None else [each.name for each in found.placed]
    assert sorted(placed) == sorted(importance.keys() & performance.keys())
