"""Is a customer's name found in every form, and is the right quarter meant?"""

from datetime import date

import pytest

from loopwell.stories.rules import (
    names_in,
    quarter_after,
    quarter_before,
    quarter_of,
    without_names,
)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Anna Kowalska called.", ["Anna Kowalska"], "X called."),
        ("ANNA called; Kowalskiej nie.", ["Anna Kowalska"], "X called; Kowalskiej nie."),
        ("Иванову помогли, Иванов доволен.", ["Иванов"], "X помогли, X доволен."),
        ("Write to anna@x.example or +48 600 700 800.", [], "Write to … or …."),
        ("Annapolis is a city.", ["Anna"], "Annapolis is a city."),
        ("Order 4711 of 3 May", ["Jo"], "Order 4711 of 3 May"),
        ("Acme Ltd. was slow", ["Acme Ltd."], "X. was slow"),
        ("", ["Anna"], ""),
    ],
)  # fmt: skip
def test_names_go(text: str, names: list[str], expected: str) -> None:
    assert without_names(text, names, "X") == expected
    assert names_in(text, names) == (text != expected)


def test_a_name_with_signs_of_patterns_is_only_a_name() -> None:
    assert without_names("Call (Bob)* now", ["(Bob)*"], "X") == "Call (X)* now"


def test_quarters() -> None:
    assert quarter_of(date(2026, 11, 22)) == date(2026, 10, 1)
    assert quarter_before(date(2026, 1, 1)) == date(2025, 10, 1)
    assert quarter_after(date(2026, 10, 1)) == date(2027, 1, 1)
    assert quarter_after(date(2026, 1, 1)) == date(2026, 4, 1)
