"""What do rows of a file of historic answers say, and what is wrong in them? Column by column."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property, lru_cache
from itertools import repeat, starmap
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loopwell.calc.scales import Scale
from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.kit.tables.missing import MISSING, is_missing
from loopwell.kit.tables.numbers import ScoreProblem, ScoreReading, read_score
from loopwell.people.rules.drafts import NOTHING
from loopwell.people.rules.fields import PROPERTY
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.reading import LIMITS, LONGEST, Cells, read_email

Read = TypeVar("Read")

# On 1-5 scales the marks keep their category and stand evenly on 0-10, halves rounded up.
OF_FIVE = {1: 0, 2: 3, 3: 5, 4: 8, 5: 10}
ORIGINAL_SCORE, ORIGINAL_SCALE = "original_score", "original_scale"
TIME = re.compile(r"[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp][Mm])?")
NOON = time(12)
REMEMBERED = 1 << 16
"""Different dates of one file whose reading is kept: the same days come again and again."""


class AnswerDraft(NamedTuple):
    """An answer before survey, unit, employee and customer are found; `score` is 0-10."""

    score: int
    answered_at: datetime
    answer_id: str | None = None
    customer_id: str | None = None
    customer_email: str | None = None
    unit: str | None = None
    employee: str | None = None
    survey: str | None = None
    comment: str = ""
    touchpoint: str = ""
    properties: Mapping[str, str] = NOTHING


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


class Rows:
    """Some rows by column (target field); each different cell of a column is read once."""

    def __init__(self, columns: Mapping[str, Sequence[str]], count: int) -> None:
        self.columns = columns
        self.count = count
        self.problems: dict[int, list[Problem]] = {}

    def read(self, name: str, cell: Callable[[Cells], Read], absent: Read) -> Iterable[Read]:
        """What the cells of a column say; what is wrong in them is kept with their rows."""
        values = self.columns.get(name)
        if values is None:
            return repeat(absent, self.count)
        known: dict[str, Read] = {}
        odd: dict[str, list[Problem]] = {}
        for value in set(values):
            cells = Cells({name: value})
            known[value] = cell(cells)
            if cells.problems:
                odd[value] = cells.problems
        if odd:
            for place, value in enumerate(values):
                if value in odd:
                    self.problems.setdefault(place, []).extend(odd[value])
        return [known[value] for value in values]

    def text(self, name: str) -> Iterable[str | None]:
        """Nearly always every cell says just what is in it, which is seen at a glance."""
        values = self.columns.get(name, ())
        plain = (
            all(map(str.isprintable, values))
            and len(max(values, key=len, default="")) <= LIMITS.get(name, LONGEST)
            and list(map(str.strip, values)) == list(values)
            and MISSING.isdisjoint(map(str.lower, values))
        )
        if values and plain:
            return values
        return self.read(name, lambda cells: cells.text(name), None)

    def properties(self) -> Iterable[Mapping[str, str]]:
        names = [name for name in self.columns if name.startswith(PROPERTY)]
        if not names:
            return repeat(NOTHING, self.count)
        told = list(zip(*(self.columns[name] for name in names), strict=True))
        known = {
            each: Cells(dict(zip(names, each, strict=True))).properties() for each in set(told)
        }
        return [known[each] for each in told]


def read_answers(rows: Rows, reading: AnswerReading) -> list[AnswerDraft]:
    """One for each row."""
    marks = list(rows.read("score", lambda cells: _mark(cells, reading.scale), None))
    drafts = _recognised(rows, reading, marks)
    comments = rows.read("comment", _comment, "")
    touchpoints = rows.read("touchpoint", lambda cells: (cells.text("touchpoint") or "")[:60], "")
    properties = rows.properties()
    if reading.scale in (Scale.ONE_TO_FIVE, Scale.FIVE_TO_ONE):
        properties = [
            {**each, ORIGINAL_SCORE: str(mark), ORIGINAL_SCALE: str(reading.scale)}
            for each, mark in zip(properties, marks, strict=True)
        ]
    more = zip(comments, touchpoints, properties, strict=True)
    return [AnswerDraft._make((*draft, *rest)) for draft, rest in zip(drafts, more, strict=True)]


def glance_at_answers(rows: Rows, reading: AnswerReading) -> list[AnswerDraft]:
    """Without what neither refuses nor identifies an answer."""
    marks = list(rows.read("score", lambda cells: _mark(cells, reading.scale), None))
    return list(starmap(AnswerDraft, _recognised(rows, reading, marks)))


def _recognised(
    rows: Rows, reading: AnswerReading, marks: Iterable[int | None]
) -> Iterable[tuple[Any, ...]]:
    scores = [0 if mark is None else score_on_ten(mark, reading.scale) for mark in marks]
    return zip(
        scores,
        rows.read("answered_at", lambda cells: _answered_at(cells, reading), reading.default_at),
        rows.text("answer_id"),
        rows.text("customer_id"),
        rows.read("customer_email", lambda cells: read_email(cells, "customer_email"), None),
        rows.text("unit"),
        rows.text("employee"),
        rows.text("survey"),
        strict=True,
    )


def _comment(cells: Cells) -> str:
    text = cells.values["comment"].replace("\x00", "").strip()
    return "" if is_missing(text) else text


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
