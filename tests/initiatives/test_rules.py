"""Do circles, spreads and links come out as they should?"""

from datetime import date

import pytest

from loopwell.initiatives.rules.dependencies import circle, with_needed
from loopwell.initiatives.rules.links import is_safe_link
from loopwell.initiatives.rules.spread import Place, spread

PLACES = [Place(1, "/1/"), Place(2, "/1/2/"), Place(3, "/1/2/3/"), Place(4, "/1/4/"),
          Place(5, "/1/2/5/")]  # fmt: skip
MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def test_a_roll_out_holds_for_all_below_unless_they_have_their_own() -> None:
    found = spread(PLACES, {2: MAY, 3: MARCH}, meant_for=[], compared_with=[])

    assert found.since == {2: MAY, 3: MARCH, 5: MAY}
    assert found.compared == {4}


def test_only_units_it_is_meant_for_are_compared_unless_others_are_named() -> None:
    own = spread(PLACES, {3: MARCH}, meant_for=["/1/2/"], compared_with=[])
    named = spread(PLACES, {3: MARCH}, meant_for=["/1/2/"], compared_with=["/1/4/"])

    assert own.compared == {5}
    assert named.compared == {4}


def test_people_count_the_lowest_units() -> None:
    found = spread(PLACES, {4: MARCH}, meant_for=[], compared_with=[])

    assert found.compared == {2, 3, 5}
    assert found.lowest == {3, 5}


def test_what_is_treated_is_never_compared_with() -> None:
    found = spread(PLACES, {2: MAY}, meant_for=[], compared_with=["/1/2/", "/1/4/"])

    assert found.compared == {4}


def test_a_circle_is_found_however_long() -> None:
    needs = {1: [2], 2: [3, 4], 3: [5], 5: [1]}

    assert circle(1, needs) == (1, 2, 3, 5, 1)
    assert circle(4, needs) == ()
    assert circle(7, {7: [7]}) == (7, 7)
    assert circle(6, {6: [1], 1: [2], 2: [1]}) == ()


def test_what_is_needed_comes_with_all_it_needs() -> None:
    assert with_needed([1], {1: [2], 2: [3], 4: [5]}) == {1, 2, 3}


@pytest.mark.parametrize(
    "url", ["https://tracker.example/x?a=1#b", "https://[2001:db8::1]/x", "HTTPS://a.example"]
)
def test_pages_of_other_systems_are_linked(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example", "javascript:alert(1)", "https://", "//a.example", "https://u:p@a.example",
     "https://a.example/ b", "https://[x", "https://a.example/" + "x" * 1000, "https://a\u202e.example"],
)  # fmt: skip
def test_other_addresses_are_not(url: str) -> None:
    assert not is_safe_link(url)
