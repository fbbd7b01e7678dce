"""Which columns can a panel's file have, and what does one row say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loopwell.kit.tables import is_missing
from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.kit.tables.numbers import read_number, read_rating, read_score
from loopwell.people.rules.fields import Field
from loopwell.people.rules.reading import Cells

PANEL_FIELDS = (
    Field(
        "brand",
        _("Brand"),
        "company|provider|supplier|competitor|operator|бренд|марка|компания|компанія|marka|firma|"
        "marque|marke",
        _("Leave it out where each brand has a column of its own: tick those below."),
    ),
    Field(
        "score",
        _("Score"),
        "nps|recommend|recommendation|likelihood to recommend|ltr|rating|оценка|балл|рекомендация|"
        "оцінка|рекомендація|ocena|polecenie|note|bewertung",
        _("0 to 10; an empty cell means that this brand was not rated."),
    ),
    Field(
        "person",
        _("Person"),
        "respondent|respondent id|respid|id|case id|участник|респондент|учасник|respondent nr",
        _("Any code that tells people apart: who rated two brands is compared with themselves."),
    ),
    Field("segment", _("Segment"), "group|сегмент|группа|група|grupa|segmentacja"),
    Field("weight", _("Weight"), "weights|wgt|w|вес|вага|waga|poids|gewicht"),
    Field(
        "answered_on",
        _("Date"),
        "date|interview date|fielded|answered at|дата|data|datum",
        _("Without a column, all answers get the last day of the fielding."),
    ),
)
LARGEST_WEIGHT = 100.0


@dataclass(frozen=True)
class Said:
    """What one person said of one brand."""

    brand: str
    score: int


@dataclass(frozen=True)
class PanelRow:
    """A row understood: one brand, or several where each has its column. The first one's brand
    and score are shown beside the file's cells."""

    said: tuple[Said, ...]
    person: str
    segment: str
    weight: float
    answered_on: date | None
    ratings: Mapping[str, float]

    @property
    def brand(self) -> str | None:
        return self.said[0].brand if self.said else None

    @property
    def score(self) -> int | None:
        return self.said[0].score if self.said else None


def lacking_of_panels(mapping: Mapping[str, str], extra: Sequence[str]) -> str:
    """What must be chosen before a panel can be taken, as a sentence; "" when nothing."""
    if ("brand" in mapping) != ("score" in mapping):
        return gettext("Choose both the column of the brand and that of the score, or neither.")
    if "brand" not in mapping and not extra:
        return gettext("Choose the columns of brand and score, or tick a column for each brand.")
    return ""


def read_panel_row(
    cells: Cells, extra: Mapping[str, str], dates: DateFormat | None, *, brand_columns: bool
) -> PanelRow:
    """`extra` are the ticked columns' cells by header: aspects, or brands with their scores."""
    said = _wide(cells, extra) if brand_columns else _long(cells)
    return PanelRow(
        said,
        cells.text("person") or "",
        (cells.text("segment") or "")[:80],
        _weight(cells),
        _day(cells, dates),
        {} if brand_columns else _ratings(extra),
    )


def _long(cells: Cells) -> tuple[Said, ...]:
    score = _score(cells, "score", cells.values.get("score", ""))
    brand = cells.text("brand")
    if score is None:
        return ()
    if brand is None:
        cells.refuse("brand", "", gettext("there is no brand"))
        return ()
    return (Said(" ".join(brand.split())[:120], score),)


def _wide(cells: Cells, extra: Mapping[str, str]) -> tuple[Said, ...]:
    read = ((brand, _score(cells, brand, text)) for brand, text in extra.items())
    return tuple(
        Said(" ".join(brand.split())[:120], score) for brand, score in read if score is not None
    )


def _score(cells: Cells, column: str, text: str) -> int | None:
    if is_missing(text):
        return None
    reading = read_score(text, lowest=0, highest=10)
    if reading.score is None:
        cells.refuse(column, text[:60], gettext("not a whole number from 0 to 10"))
    return reading.score


def _ratings(extra: Mapping[str, str]) -> dict[str, float]:
    read = ((aspect, read_rating(text)) for aspect, text in extra.items())
    return {aspect: rating for aspect, rating in read if rating is not None}


def _weight(cells: Cells) -> float:
    text = cells.text("weight")
    if text is None:
        return 1.0
    found = read_number(text)
    if found is None or not 0 < found <= LARGEST_WEIGHT:
        cells.refuse("weight", text[:60], gettext("a weight is a number above 0 and at most 100"))
        return 1.0
    return found


def _day(cells: Cells, dates: DateFormat | None) -> date | None:
    text = cells.text("answered_on")
    if text is None or dates is None:
        return None
    reading = dates.read(text)
    if reading.problem is DateProblem.AMBIGUOUS:
        cells.refuse(
            "answered_on", text[:60], gettext("day or month first? Choose the order of dates above")
        )
    elif reading.day is None:
        cells.refuse("answered_on", text[:60], gettext("not a date"))
    return reading.day
