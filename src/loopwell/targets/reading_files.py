"""Which columns can files of key figures and of targets have, and what does one row say?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loopwell.kit.tables import is_missing
from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.kit.tables.numbers import read_number
from loopwell.people.rules.fields import UNIT, Field
from loopwell.people.rules.reading import Cells
from loopwell.targets.enums import Period
from loopwell.targets.wording import metric_in_words, month_in_words

WHEN = Field(
    "month",
    _("Month"),
    "date|period|day|месяц|период|дата|місяць|період|miesiąc|okres|data|mois|monat|datum",
    _("Any day of it, or 2026-03, 03.2026, March 2026."),
)
FIGURE_FIELDS = (
    UNIT,
    WHEN,
    Field(
        "figure",
        _("Key figure"),
        "kpi|indicator|metric|показатель|показник|wskaźnik|indicateur|kennzahl",
        _("Leave it out where each figure has a column of its own: tick those below."),
    ),
    Field("value", _("Value"), "amount|number|значение|значення|wartość|valeur|wert"),
)
TARGET_FIELDS = (
    UNIT,
    Field(
        "metric",
        _("Number"),
        "metric|kpi|показатель|показник|wskaźnik|indicateur|kennzahl",
        _("NPS, response rate … as they are called here; empty means NPS."),
    ),
    Field(
        "period",
        _("Period"),
        "length|период|період|okres|période|zeitraum",
        _("month, quarter or year; empty is read from the date: 2026, 2026-Q1, 2026-03."),
    ),
    Field(
        "start",
        _("Begins"),
        "month|date|from|year|quarter|месяц|квартал|год|місяць|рік|miesiąc|kwartał|rok|mois|monat",
    ),
    Field("value", _("Target"), "target|value|goal|цель|план|ціль|cel|wartość|objectif|ziel"),
    Field("channel", _("Channel"), "канал|kanał|canal|kanal"),
    Field("touchpoint", _("Touchpoint"), "точка контакта|точка контакту|punkt styku"),
)
_MONTHLY = re.compile(r"(?:(\d{4})[-./](\d{1,2})|(\d{1,2})[-./](\d{4}))")
_QUARTERLY = re.compile(
    r"(?:(\d{4})[-/ ]?[qк]([1-4])|[qк]([1-4])[-/ ]?(\d{4})"
    r"|([1-4])(?:-?[йи]й?)? ?(?:кв\.?|квартал|kw\.?|kwartał) ?(\d{4})(?: ?г\.?)?)",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"(20\d\d)")
_PERIODS = {
    "month": Period.MONTH, "monthly": Period.MONTH, "месяц": Period.MONTH, "місяць": Period.MONTH,
    "miesiąc": Period.MONTH, "quarter": Period.QUARTER, "quarterly": Period.QUARTER,
    "квартал": Period.QUARTER, "kwartał": Period.QUARTER, "year": Period.YEAR,
    "yearly": Period.YEAR, "год": Period.YEAR, "рік": Period.YEAR, "rok": Period.YEAR,
}  # fmt: skip


@dataclass(frozen=True)
class FigureRow:
    """A row of key figures: by name what they were in the month."""

    unit: str | None
    month: date | None
    values: Mapping[str, float]

    @property
    def figure(self) -> str | None:
        return next(iter(self.values), None)

    @property
    def value(self) -> float | None:
        return next(iter(self.values.values()), None)


@dataclass(frozen=True)
class TargetRow:
    """A row of targets; no unit means the company's own."""

    unit: str | None
    metric: str
    period: Period
    start: date | None
    value: float | None
    channel: str
    touchpoint: str


def lacking_of_figures(mapping: Mapping[str, str], extra: Sequence[str]) -> str:
    """What must be chosen before figures can be taken, as a sentence; "" when nothing."""
    if "unit" not in mapping:
        return gettext("Choose the column of the unit.")
    if "month" not in mapping:
        return gettext("Choose the column of the month.")
    if ("figure" in mapping) != ("value" in mapping):
        return gettext(
            "Choose both the column of the key figure and that of its value, or neither."
        )
    if "figure" not in mapping and not extra:
        return gettext(
            "Tick a column for each key figure, or choose the columns of figure and value."
        )
    return ""


def lacking_of_targets(mapping: Mapping[str, str]) -> str:
    if "value" not in mapping:
        return gettext("Choose the column of the target.")
    if not {"start", "period"} & mapping.keys():
        return gettext("Choose the column that says when it begins.")
    return ""


def read_figures(cells: Cells, extra: Mapping[str, str], dates: DateFormat | None) -> FigureRow:
    """`extra` are the ticked columns' cells by header, each a key figure of its own."""
    unit = cells.text("unit")
    if unit is None:
        cells.refuse("unit", "", gettext("there is no unit"))
    named = cells.text("figure")
    told = {named: cells.values.get("value", "")} if named else extra
    values: dict[str, float] = {}
    for name, text in told.items():
        if is_missing(text):
            continue
        number = read_number(text)
        if number is None:
            cells.refuse("value" if named else name, text[:60], gettext("not a number"))
        else:
            values[name] = number
    if not values and not cells.is_refused:
        cells.refuse("value", "", gettext("there is no value in this row"))
    return FigureRow(unit, _month(cells, "month", dates), values)


def read_target(cells: Cells, dates: DateFormat | None) -> TargetRow:
    text = cells.text("value")
    value = read_number(text) if text else None
    if value is None:
        cells.refuse("value", text or "", gettext("not a number"))
    period, start = _stretch(cells, dates)
    return TargetRow(
        cells.text("unit"),
        metric_in_words(cells.text("metric") or "nps"),
        period,
        start,
        value,
        cells.text("channel") or "",
        cells.text("touchpoint") or "",
    )


def _stretch(cells: Cells, dates: DateFormat | None) -> tuple[Period, date | None]:
    """The period as named, else as the date is written: a year, a quarter or a month. A column
    called “period” may as well say when it begins: “Q1 2027”."""
    text, named = cells.text("start") or "", cells.text("period")
    period = _PERIODS.get(named.lower()) if named else None
    place = "start"
    if named and period is None and not text:
        text, place = named, "period"
    elif named and period is None:
        cells.refuse("period", named, gettext("month, quarter or year is meant?"))
    if match := _YEARLY.fullmatch(text):
        return period or Period.YEAR, date(int(match[1]), 1, 1)
    if match := _QUARTERLY.fullmatch(text):
        year, quarter = match[1] or match[4] or match[6], match[2] or match[3] or match[5]
        return period or Period.QUARTER, date(int(year), 3 * int(quarter) - 2, 1)
    return period or Period.MONTH, _month(cells, place, dates)


def _month(cells: Cells, name: str, dates: DateFormat | None) -> date | None:
    """The first of the month that the cell speaks of."""
    text = cells.text(name) or ""
    if match := _MONTHLY.fullmatch(text):
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        if 1 <= month <= 12:
            return date(year, month, 1)
    if told := month_in_words(text):
        return date(*told, 1)
    reading = dates.read(text) if dates else None
    if dates and reading is not None and reading.day is None:
        named = dates.read(f"1 {text}")  # March 2026
        reading = named if named.day else reading
    if reading is None or reading.day is None:
        if reading is not None and reading.problem is DateProblem.AMBIGUOUS:
            why = gettext("day or month first? Choose the order of dates above")
        else:
            why = gettext("not a month")
        cells.refuse(name, text[:60], why)
        return None
    return reading.day.replace(day=1)
