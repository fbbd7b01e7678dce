"""How did the score move from month to month?"""

from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from loopwell.calc.nps import Counts
from loopwell.calc.scales import Scale, points_of
from loopwell.calc.trend import trend
from loopwell.kit.tables.dates import (
    DateFormat,
    DateProblem,
    DateReading,
    Order,
    detect_date_order,
    forced_format,
)
from loopwell.report.coded import CodedColumn
from loopwell.report.options import Options
from loopwell.report.results import Months
from loopwell.report.wording import count, day, month

LEAST_BEFORE, LEAST_HIGH = 100, 0.25
LONGEST_GAP_FILLED = 36  # empty months between two with answers; more is an error in the data
PROBLEMS = {DateProblem.MISSING: -1, DateProblem.UNREADABLE: -2, DateProblem.AMBIGUOUS: -3}
ORDER_NAMES = {Order.DMY: "dd/mm/yyyy", Order.MDY: "mm/dd/yyyy", Order.YMD: "yyyy-mm-dd"}


def months_of(
    name: str | None, column: CodedColumn | None, scores: NDArray[np.int8], options: Options
) -> Months | None:
    """Counts per month of every answer whose date is certain; the rest is counted in the notes."""
    if name is None or column is None:
        return None
    texts = column.texts
    format_ = forced_format(options.date_order) if options.date_order else detect_date_order(texts)
    readings = [format_.read(text) for text in texts]
    month_of_text = np.array([_month(reading) for reading in readings], dtype=np.int32)
    months = month_of_text[column.codes()]
    last = max((r.day for r in readings if r.day), default=None)
    points = points_of(scores, options.scale or Scale.ZERO_TO_TEN)
    notes = [
        *_format_notes(name, format_),
        *_problem_notes(months),
        *_last_month_note(last),
    ]
    found = trend(_counts(months, points), minimum=options.minimum)
    return Months(name, found, notes, _scale_warnings(months, scores))


def _month(reading: DateReading) -> int:
    """Months since the year 0, or the negative code of the problem."""
    if reading.day is not None:
        return reading.day.year * 12 + reading.day.month - 1
    return PROBLEMS[reading.problem or DateProblem.UNREADABLE]


def _counts(months: NDArray[np.int32], points: NDArray[np.int8]) -> list[tuple[str, Counts]]:
    found = np.unique(months[months >= 0]).tolist()
    if not found:
        return []
    first = found[0]
    known = months >= 0
    place, point = months[known] - first, points[known]
    size = found[-1] - first + 1
    total = np.bincount(place, minlength=size)
    up = np.bincount(place[point == 1], minlength=size)
    down = np.bincount(place[point == -1], minlength=size)
    shown = _without_long_gaps(found)
    return [
        (
            _label(at),
            Counts(
                int(down[at - first]),
                int(total[at - first] - up[at - first] - down[at - first]),
                int(up[at - first]),
            ),
        )
        for at in shown
    ]


def _without_long_gaps(found: list[int]) -> list[int]:
    """Every month from the first to the last, but for absurd stretches without an answer."""
    shown = [found[0]]
    for following in found[1:]:
        if following - shown[-1] - 1 <= LONGEST_GAP_FILLED:
            shown.extend(range(shown[-1] + 1, following))
        shown.append(following)
    return shown


def _format_notes(name: str, format_: DateFormat) -> list[str]:
    if format_.forced and format_.order:
        return [_("dates read as %s, as asked") % ORDER_NAMES[format_.order]]
    examples = format_.examples
    if format_.mixed:
        return [
            _(
                "“%(column)s” mixes day-first dates (%(dmy)s) and month-first dates (%(mdy)s): "
                "dates that could be either are left out of the trend; mend the column, or force "
                "--date-order dmy or mdy"
            )
            % {"column": name, "dmy": examples[Order.DMY], "mdy": examples[Order.MDY]}
        ]
    if format_.order:
        example = examples.get(format_.order, "")
        return [
            _("dates read as %(order)s, as %(example)s shows")
            % {"order": ORDER_NAMES[format_.order], "example": example}
        ]
    if "ambiguous" in examples:
        return [
            _(
                "nothing in “%(column)s” tells whether %(example)s is day-first or month-first: "
                "say --date-order dmy or mdy"
            )
            % {"column": name, "example": examples["ambiguous"]}
        ]
    return []


def _scale_warnings(months: NDArray[np.int32], scores: NDArray[np.int8]) -> list[str]:
    """Whether the marks ended at 5 for a long time and then did not: two scales in one column."""
    high = (scores > 5) & (months >= 0)
    if not high.any():
        return []
    first = int(months[high].min())
    before, after = (months >= 0) & (months < first), months >= first
    if before.sum() < LEAST_BEFORE or high[after].mean() < LEAST_HIGH:
        return []
    return [
        _(
            "Before %(month)s none of %(n)s marks is above 5: two scales seem to be mixed in this "
            "column. Report the time before and after apart, each with its own --scale"
        )
        % {"month": month(_label(first)), "n": count(int(before.sum()))}
    ]


def _label(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _problem_notes(months: NDArray[np.int32]) -> list[str]:
    notes = []
    missing, unreadable, ambiguous = (
        int((months == code).sum())
        for code in (
            PROBLEMS[DateProblem.MISSING],
            PROBLEMS[DateProblem.UNREADABLE],
            PROBLEMS[DateProblem.AMBIGUOUS],
        )
    )
    if ambiguous:
        notes.append(
            ngettext(
                "%(n)s answer is not in the trend: its date could be two different days",
                "%(n)s answers are not in the trend: their dates could be two different days",
                ambiguous,
            )
            % {"n": count(ambiguous)}
        )
    if missing:
        notes.append(
            ngettext("%(n)s answer has no date", "%(n)s answers have no date", missing)
            % {"n": count(missing)}
        )
    if unreadable:
        notes.append(
            ngettext(
                "the date of %(n)s answer cannot be read",
                "the dates of %(n)s answers cannot be read",
                unreadable,
            )
            % {"n": count(unreadable)}
        )
    return notes


def _last_month_note(last: date | None) -> list[str]:
    if last is None or last.day >= 26 or (last + timedelta(days=1)).day == 1:
        return []
    return [_("the last month ends with %s and may be incomplete") % day(last)]
