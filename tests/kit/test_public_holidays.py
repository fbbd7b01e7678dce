"""Are public holidays known by place, year and language?"""

from datetime import date

import pytest

from loopwell.kit.public_holidays import (
    DaysOff,
    countries,
    holidays_in,
    is_place,
    place_name,
    regions,
)


@pytest.mark.parametrize(
    ("place", "day", "off"),
    [
        ("PL", date(2026, 11, 11), True),
        ("PL", date(2026, 11, 12), False),
        ("DE-BY", date(2030, 1, 6), True),
        ("DE-BE", date(2030, 1, 6), False),
        ("", date(2026, 12, 25), False),
        ("", date(2026, 3, 4), True),  # named by the company
    ],
)
def test_days_off_of_any_year(place: str, day: date, off: bool) -> None:
    assert (day in DaysOff(place, frozenset({date(2026, 3, 4)}))) is off


def test_names_follow_the_language_where_the_place_knows_it() -> None:
    day = date(2026, 1, 1)
    names = [holidays_in("PL", 2026, language)[day] for language in ("pl", "en", "uk", "ru", "")]
    assert names == ["Nowy Rok", "New Year's Day", "Новий рік", "New Year's Day", "Nowy Rok"]


def test_countries_are_chosen_by_name() -> None:
    english = countries("en")
    assert english[0] == ("AF", "Afghanistan")
    assert dict(countries("pl"))["DE"] == "Niemcy"
    assert [code for code, name in english if name == code or name.startswith("*")] == []
    assert ("BY", "Bayern") in regions("DE")
    assert regions("UA") == []


def test_places_are_checked_and_named() -> None:
    assert [is_place(code) for code in ("PL", "DE-BY", "DE-XX", "XX", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [place_name(code, "en") for code in ("PL", "DE-BY", "")] == [
        "Poland", "Germany, Bayern", "",
    ]  # fmt: skip
