"""Which columns can a file of complaints and other reports have, and what does one row say?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.kit.tables.numbers import read_number
from loopwell.people.rules.fields import UNIT, Field
from loopwell.people.rules.reading import Cells
from loopwell.themes.enums import ReportWay

REPORT_FIELDS = (
    Field(
        "theme",
        _("Theme"),
        "theme|topic|problem|reason|cause|category|subject|тема|motyw|проблема|причина|категория|"
        "категорія|temat|problem|przyczyna|kategoria|thème|motif|thema|grund",
        _("A theme of your taxonomy: its name in any language, or its short name."),
    ),
    UNIT,
    Field(
        "on",
        _("Day or month"),
        "month|date|day|period|месяц|дата|день|период|місяць|період|miesiąc|data|dzień|okres|"
        "mois|jour|monat|datum|tag",
        _("2026-03, 03.2026 or March 2026 for a month, 2026-03-14 for a day."),
    ),
    Field(
        "count",
        _("How many"),
        "count|number|complaints|quantity|n|how many|сколько|количество|число|жалоб|"
        "скільки|кількість|скарг|liczba|ile|skarg|nombre|anzahl",
    ),
    Field(
        "way",
        _("How it came"),
        "how it came|way in|way|channel|source|kind|type|канал|источник|вид|тип|"
        "джерело|kanał|źródło|rodzaj|quelle|art",
        _("Complaints, social media or employees; empty means complaints."),
    ),
)
_WAYS = {
    ReportWay.COMPLAINTS: "complaint complaints жалоба жалобы обращение обращения скарга скарги "
    "skarga skargi reklamacja reklamacje",
    ReportWay.SOCIAL: "social networks соцсети соцмережі społecznościowe",
    ReportWay.EMPLOYEES: "employee employees staff сотрудник сотрудники персонал працівник "
    "працівники pracownik pracownicy",
}
_WAY_OF = {word: way for way, words in _WAYS.items() for word in [*words.split(), way.value]} | {
    "social media": ReportWay.SOCIAL, "social networks": ReportWay.SOCIAL,
    "социальные сети": ReportWay.SOCIAL, "соціальні мережі": ReportWay.SOCIAL,
    "media społecznościowe": ReportWay.SOCIAL, "employees' reports": ReportWay.EMPLOYEES,
}  # fmt: skip
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})")
MOST = 1_000_000


@dataclass(frozen=True)
class ReportRow:
    """What a row of the file says, before it is known which theme and unit are meant."""

    theme: str | None
    unit: str | None
    on: date | None
    count: int | None
    way: ReportWay


def lacking_of_reports(mapping: Mapping[str, str]) -> str:
    """What must be chosen before the file can be taken, as a sentence; "" when nothing."""
    asked = {
        "theme": gettext("Choose the column of the theme."),
        "unit": gettext("Choose the column of the unit."),
        "on": gettext("Choose the column of the day or month."),
        "count": gettext("Choose the column that says how many."),
    }
    return next((words for name, words in asked.items() if name not in mapping), "")


def read_report(cells: Cells, dates: DateFormat | None, today: date) -> ReportRow:
    theme, unit = cells.text("theme"), cells.text("unit")
    if theme is None:
        cells.refuse("theme", "", gettext("there is no theme"))
    if unit is None:
        cells.refuse("unit", "", gettext("there is no unit"))
    on = read_on(cells, dates)
    if on is not None and on > today:
        cells.refuse("on", cells.values.get("on", "")[:60], gettext("this day is still to come"))
    return ReportRow(theme, unit, on, _count(cells), _way(cells))


def read_on(cells: Cells, dates: DateFormat | None) -> date | None:
    """The day, or the first of the month that the cell speaks of."""
    text = cells.text("on") or ""
    match = _MONTH_FIRST.fullmatch(text)
    reading = (dates or DateFormat(None)).read(f"{match[2]}-{match[1]}" if match else text)
    if reading.day is None:
        named = DateFormat(None).read(f"1 {text}")  # March 2026
        if named.day is not None:
            return named.day
        if reading.problem is DateProblem.AMBIGUOUS:
            why = gettext("day or month first? Choose the order of dates above")
        else:
            why = gettext("not a day or month")
        cells.refuse("on", text[:60], why)
    return reading.day


def _count(cells: Cells) -> int | None:
    text = cells.text("count") or ""
    number = read_number(text)
    if number is None or not number.is_integer() or not 0 <= number <= MOST:
        cells.refuse("count", text[:60], gettext("not a whole number from 0 to 1,000,000"))
        return None
    return int(number)


def _way(cells: Cells) -> ReportWay:
    text = cells.text("way")
    if text is None:
        return ReportWay.COMPLAINTS
    found = _WAY_OF.get(text.replace("’", "'").casefold())
    if found is None:
        cells.refuse("way", text[:60], gettext("complaints, social media or employees is meant?"))
    return found or ReportWay.COMPLAINTS
