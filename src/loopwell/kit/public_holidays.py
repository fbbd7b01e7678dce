"""Which days are public holidays where, and how are they and the places called?

A place is a country's code or one of its regions': "PL", "DE-BY".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


def _class_of(country: str) -> type[holidays.HolidayBase]:
    return type(holidays.country_holidays(country))


def is_place(code: str) -> bool:
    country, _dash, region = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    return country in known and (not region or region in known[country])


@lru_cache(maxsize=256)
def holidays_in(code: str, year: int, language: str = "") -> Mapping[date, str]:
    """The year's public holidays with their names, in `language` where the place knows it, else
    in English, else as the place itself calls them."""
    country, _dash, region = code.partition("-")
    known = _class_of(country).supported_languages
    wished = [language, "en"] if language else []
    spoken = next((each for code in wished for each in known if each.startswith(code)), None)
    found = holidays.country_holidays(
        country,
        subdiv=region or None,
        years=year,
        expand=False,
        language=spoken or _class_of(country).default_language,
    )
    return {day: found[day] for day in sorted(found)}


@dataclass(frozen=True)
class DaysOff:
    """The public holidays of a place, of whatever year is asked about, and some days more."""

    place: str = ""
    more: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if day in self.more:
            return True
        return (
            bool(self.place) and isinstance(day, date) and day in holidays_in(self.place, day.year)
        )


def countries(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country known, by name."""
    codes = holidays.list_supported_countries(include_aliases=False)
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda row: row[1])


def country_name(code: str, language: str) -> str:
    from phonenumbers.geodata.locale import LOCALE_DATA  # large, and only forms need it

    names = {"XK": {"en": "Kosovo"}, **LOCALE_DATA}.get(code, {})
    found = str(names.get(language) or names.get("en") or code)
    return str(names[found[1:]]) if found.startswith("*") else found  # "*de": as in German


def regions(country: str) -> list[tuple[str, str]]:
    """(code, name) of the regions of a country that have holidays of their own, by name."""
    codes = holidays.list_supported_countries(include_aliases=False).get(country, [])
    names = _class_of(country).get_subdivision_aliases() if codes else {}
    return sorted(((c, (names.get(c) or [c])[0]) for c in codes), key=lambda row: row[1])


def place_name(code: str, language: str) -> str:
    """Poland; Germany, Bayern; nothing for no place."""
    country, _dash, region = code.partition("-")
    if not country:
        return ""
    name = country_name(country, language)
    return f"{name}, {dict(regions(country)).get(region, region)}" if region else name
