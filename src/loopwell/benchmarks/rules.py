"""Which columns of a panel's file mean what, and what does one row say?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.kit.tables import is_missing
from loopwell.kit.tables.dates import DateFormat
from loopwell.kit.tables.numbers import read_number, read_rating, read_score

FIELDS = {
    "brand": gettext_lazy("Brand"),
    "score": gettext_lazy("Score, 0 to 10"),
    "person": gettext_lazy("Person"),
    "segment": gettext_lazy("Segment"),
    "weight": gettext_lazy("Weight"),
    "date": gettext_lazy("Date"),
}
_NAMES = {
    "brand": ("brand", "company", "provider", "supplier", "бренд", "марка", "компания", "компанія",
              "marka", "firma", "operator"),
    "score": ("score", "nps", "recommend", "recommendation", "likelihood to recommend", "ltr",
              "оценка", "оцінка", "рекомендация", "рекомендація", "ocena", "rekomendacja"),
    "person": ("person", "respondent", "respondent id", "respondent_id", "id", "case", "респондент",
               "respondent nr"),
    "segment": ("segment", "group", "сегмент", "группа", "група", "grupa"),
    "weight": ("weight", "weights", "wgt", "w", "вес", "вага", "waga"),
    "date": ("date", "answered on", "fielded", "interview date", "дата", "data"),
}  # fmt: skip
LARGEST_WEIGHT = 100.0


@dataclass(frozen=True)
class Columns:
    """Where to find what. Either `brand` and `score` (a row is one person and one brand), or
    `wide`: brand by column (a row is one person, with a score in each brand's column)."""

    brand: str = ""
    score: str = ""
    wide: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    segment: str = ""
    weight: str = ""
    date: str = ""
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What one person said of one brand, understood."""

    row: int
    brand: str
    person: str
    segment: str
    score: int
    weight: float
    on: date
    ratings: Mapping[str, float]


@dataclass(frozen=True)
class Fault:
    """A cell that could not be understood; its row was left out."""

    row: int
    column: str
    value: str
    why: str


def proposed_columns(columns: Sequence[str]) -> Columns:
    """By the names people give them; nothing where no name fits."""
    found: dict[str, str] = {}
    for name, usual in _NAMES.items():
        for column in columns:
            if " ".join(column.lower().split()) in usual and column not in found.values():
                found[name] = column
                break
    return replace(Columns(), **found)  # type: ignore[arg-type]  # text columns only


def lacking(columns: Columns) -> str:
    """What has to be chosen before the file can be read, if anything."""
    if columns.wide:
        return ""
    if not columns.brand or not columns.score:
        return _("Choose the column of the brand and that of the score, or a column per brand.")
    return ""


def understood(
    number: int,
    values: Mapping[str, str],
    columns: Columns,
    dates: DateFormat | None,
    usual_day: date,
) -> tuple[list[Said], list[Fault]]:
    """What a row says; an empty score is no fault: that brand was not rated."""
    faults: list[Fault] = []
    day = _day(number, values, columns, dates, usual_day, faults)
    weight = _weight(number, values, columns, faults)
    if faults:
        return [], faults
    said = []
    for brand, column in _scores(values, columns):
        text = values.get(column, "")
        if is_missing(text):
            continue
        reading = read_score(text, lowest=0, highest=10)
        if reading.score is None:
            faults.append(Fault(number, column, text[:80], _("not a whole number from 0 to 10")))
        elif is_missing(brand):
            faults.append(Fault(number, columns.brand, brand[:80], _("there is no brand")))
        else:
            said.append(
                Said(
                    number,
                    " ".join(brand.split())[:120],
                    values.get(columns.person, "").strip()[:80],
                    values.get(columns.segment, "").strip()[:80],
                    reading.score,
                    weight,
                    day,
                    {} if columns.wide else _ratings(values, columns.aspects),
                )
            )
    return said, faults


def _scores(values: Mapping[str, str], columns: Columns) -> Iterable[tuple[str, str]]:
    if columns.wide:
        return [(brand, column) for column, brand in columns.wide.items()]
    return [(values.get(columns.brand, ""), columns.score)]


def _ratings(values: Mapping[str, str], aspects: Sequence[str]) -> dict[str, float]:
    read = ((aspect, read_rating(values.get(aspect, ""))) for aspect in aspects)
    return {aspect: rating for aspect, rating in read if rating is not None}


def _day(
    number: int,
    values: Mapping[str, str],
    columns: Columns,
    dates: DateFormat | None,
    usual: date,
    faults: list[Fault],
) -> date:
    text = values.get(columns.date, "") if columns.date else ""
    if dates is None or is_missing(text):
        return usual
    reading = dates.read(text)
    if reading.day is None:
        faults.append(
            Fault(number, columns.date, text[:80], _("this is no date we can be sure of"))
        )
        return usual
    return reading.day


def _weight(number: int, values: Mapping[str, str], columns: Columns, faults: list[Fault]) -> float:
    text = values.get(columns.weight, "") if columns.weight else ""
    if is_missing(text):
        return 1.0
    found = read_number(text)
    if found is None or not 0 < found <= LARGEST_WEIGHT:
        why = _("a weight is a number above 0 and at most %(most)g") % {"most": LARGEST_WEIGHT}
        faults.append(Fault(number, columns.weight, text[:80], why))
        return 1.0
    return found
