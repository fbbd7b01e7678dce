"""Which groups may be shown, so that nothing hidden can be found by subtraction."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from loopwell.calc.disclosure import LEAST, block_edges, shown_cells, shown_places


def test_small_cells_are_hidden_with_the_next_smallest_until_enough_hide_together() -> None:
    assert shown_cells({"a": 9, "b": 7, "c": 4}) == {"a"}
    assert shown_cells({"a": 9, "b": 7, "c": 4, "d": 1}) == {"a", "b"}
    assert shown_cells({"a": 9, "b": 5}) == {"a", "b"}
    assert shown_cells({"a": 9, "b": 0}) == {"a", "b"}
    assert shown_cells({"a": 3}) == frozenset()


def test_a_place_is_shown_only_below_one_that_is_shown() -> None:
    counts = {"/1/2/": 6, "/1/3/": 2, "/1/4/5/": 30, "/1/4/6/": 30}
    assert shown_places(counts) == {
        "", "/1/", "/1/4/", "/1/4/5/", "/1/4/6/", "/1/4/5/*", "/1/4/6/*", "*", "/1/*", "/1/4/*"
    }  # fmt: skip


def test_answers_of_the_place_itself_are_a_cell_too() -> None:
    assert "/1/2/" not in shown_places({"/1/": 1, "/1/2/": 9})
    assert "/1/2/" in shown_places({"/1/": 5, "/1/2/": 9})
    assert shown_places({"/1/": 4}) == frozenset()


def test_no_difference_of_shown_places_is_small() -> None:
    luck = random.Random(1)
    for _round in range(300):
        leaves = [f"/1/{a}/{b}/" for a in range(2, 5) for b in range(10, 13)]
        counts = {leaf: luck.choice([0, 1, 2, 4, 5, 6, 12]) for leaf in [*leaves, "/1/2/", "/1/"]}
        shown = shown_places(counts)
        for place in (each for each in shown if not each.endswith("*")):
            inside = {p for p in shown if p != place and p.startswith(place) and "*" not in p}
            nearest = [p for p in inside if not any(p != q and p.startswith(q) for q in inside)]
            whole = _below(counts, place)
            rest = whole - sum(_below(counts, each) for each in nearest)
            assert whole == 0 or whole >= LEAST
            assert rest == 0 or rest >= LEAST or rest == whole


def _below(counts: dict[str, int], place: str) -> int:
    return sum(n for path, n in counts.items() if path.startswith(place))


def test_unsafe_cells_are_hidden_and_never_alone() -> None:
    counts = {"a": 20, "b": 9, "c": 7}
    assert shown_cells(counts, unsafe={"a"}) == {"b"}
    assert shown_cells(counts, unsafe=()) == {"a", "b", "c"}
    assert shown_places({"/1/": 20, "/2/": 9, "/3/": 8}, unsafe={"/1/"}) >= {"", "/2/"}
    assert "/1/" not in shown_places({"/1/": 20, "/2/": 9, "/3/": 8}, unsafe={"/1/"})
    assert shown_places({"/1/": 20}, unsafe={""}) == frozenset()


@given(st.lists(st.integers(0, 12), max_size=30))
def test_periods_differ_by_enough_or_not_at_all(counts: list[int]) -> None:
    edges = sorted(block_edges(counts))
    assert edges[0] == 0
    assert edges[-1] == sum(counts)
    for first, second in itertools.pairwise(edges):
        assert second - first >= 5 or len(edges) == 2
