"""What does one row of a file of historic answers say, and what is wrong in it?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loopwell.calc.scales import Scale
from loopwell.kit.tables import is_missing
from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.kit.tables.numbers import ScoreProblem, ScoreReading, read_score
from loopwell.people.rules.contact import normal_email
from loopwell.people.rules.reading import Cells

# On 1-5 scales the marks keep their category and stand evenly on 0-10, halves rounded up.
OF_FIVE = {1: 0, 2: 3, 3: 5, 4: 8, 5: 10}
ORIGINAL_SCORE, ORIGINAL_SCALE = "original_score", "original_scale"
TIME = re.compile(r"[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp][Mm])?")
NOON = time(12)
REMEMBERED = 1 << 16
"""Different dates of one file whose reading is kept: the same days come again and again."""


@dataclass(frozen=True)
class AnswerDraft:
    """An answer before survey, unit, employee and customer are found; `score` is 0-10."""

    score: int
    answered_at: datetime
    comment: str = ""
    answer_id: str | None = None
    customer_id: str | None = None
    customer_email: str | None = None
    unit: str | None = None
    employee: str | None = None
    survey: str | None = None
    touchpoint: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerReading:
    """What holds for the whole file; `default_at` is when answers without a column were given."""

    scale: Scale
    zone: ZoneInfo
    now: datetime
    default_at: datetime
    dates: DateFormat | None = None

    @cached_property
    def moment(self) -> Callable[[str], tuple[datetime, str]]:
        """Of a cell the moment and what is wrong with it, which is empty where nothing is."""
        return lru_cache(REMEMBERED)(lambda text: _moment(text, self))


def score_on_ten(mark: int, scale: Scale) -> int:
    """The mark on 0-10 in the same category: 1-10 as it is, 1-5 spread evenly."""
    if scale is Scale.ONE_TO_FIVE:
        return OF_FIVE[mark]
    if scale is Scale.FIVE_TO_ONE:
        return OF_FIVE[6 - mark]
    return mark


def read_answer(cells: Cells, reading: AnswerReading) -> AnswerDraft:
    mark = _mark(cells, reading.scale)
    email = cells.text("customer_email")
    if email is not None and (normal := normal_email(email)) is None:
        cells.refuse("customer_email", email, _("not an e-mail address"))
    elif email is not None:
        email = normal
    properties = cells.properties()
    if reading.scale in (Scale.ONE_TO_FIVE, Scale.FIVE_TO_ONE):
        properties |= {ORIGINAL_SCORE: str(mark), ORIGINAL_SCALE: str(reading.scale)}
    comment = cells.values.get("comment", "").replace("\x00", "").strip()
    return AnswerDraft(
        score=score_on_ten(mark, reading.scale) if mark is not None else 0,
        answered_at=_answered_at(cells, reading),
        comment="" if is_missing(comment) else comment,
        answer_id=cells.text("answer_id"),
        customer_id=cells.text("customer_id"),
        customer_email=email,
        unit=cells.text("unit"),
        employee=cells.text("employee"),
        survey=cells.text("survey"),
        touchpoint=(cells.text("touchpoint") or "")[:60],
        properties=properties,
    )


@lru_cache(4096)
def _score(text: str, scale: Scale) -> ScoreReading:
    return read_score(text, lowest=scale.marks[0], highest=scale.marks[-1])


def _mark(cells: Cells, scale: Scale) -> int | None:
    text = cells.values.get("score", "")
    found = _score(text, scale)
    if found.problem is None:
        return found.score
    reasons = {
        ScoreProblem.MISSING: _("no score"),
        ScoreProblem.NOT_A_NUMBER: _("the score is not a number"),
        ScoreProblem.NOT_WHOLE: _("the score is not a whole number"),
        ScoreProblem.OUT_OF_RANGE: _("the score is not on the scale %(scale)s")
        % {"scale": str(scale)},
    }
    cells.refuse("score", text.strip(), reasons[found.problem])
    return None


def _answered_at(cells: Cells, reading: AnswerReading) -> datetime:
    if reading.dates is None:
        return reading.default_at
    text = cells.values.get("answered_at", "").strip()
    moment, problem = reading.moment(text)
    if problem:
        cells.refuse("answered_at", text, problem)
    return moment


def _moment(text: str, reading: AnswerReading) -> tuple[datetime, str]:
    """The moment of the company's zone as UTC; a day without a time counts as noon."""
    found = reading.dates.read(text) if reading.dates else None
    if found is None or found.day is None:
        return reading.default_at, _unreadable(found.problem if found else None)
    moment = datetime.combine(found.day, _time(text), tzinfo=reading.zone)
    problem = ""
    if moment > reading.now and found.day > reading.now.astimezone(reading.zone).date():
        problem = _("the date lies in the future")
    elif found.day.year < 1990:
        problem = _("the date is before 1990")
    return min(moment, reading.now).astimezone(UTC), problem


def _unreadable(problem: DateProblem | None) -> str:
    reasons = {
        DateProblem.MISSING: _("no date"),
        DateProblem.AMBIGUOUS: _(
            "could be day-month or month-day, and the column has both: choose the order"
        ),
    }
    return reasons.get(problem or DateProblem.UNREADABLE, _("not a date"))


def _time(text: str) -> time:
    match = TIME.search(text)
    if match is None:
        return NOON
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return NOON
