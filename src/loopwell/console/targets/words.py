"""How are a target, its stretch of time and its standing said in plain words?"""

from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from loopwell.calc.nps import Estimate
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Row
from loopwell.insights.metrics import METRICS
from loopwell.surveys.enums import SurveyKind
from loopwell.targets.enums import Period
from loopwell.targets.queries.past import Aimed
from loopwell.targets.queries.standing import Standing, Track

TONES = {
    Track.ON: "good",
    Track.MET: "good",
    Track.OFF: "bad",
    Track.MISSED: "bad",
}
"""Colour of what is said; the others are plain."""
ICONS = {
    Track.ON: "circle-check",
    Track.MET: "circle-check",
    Track.OFF: "alert-triangle",
    Track.MISSED: "circle-x",
    Track.OPEN: "dots",
    Track.WITHIN: "adjustments",
    Track.EARLY: "hourglass",
    Track.AHEAD: "calendar-event",
    Track.BEYOND: "eye-off",
}


def value_words(metric: str, value: float | None) -> str:
    """With its sign, percent or hours, as the metric is measured."""
    found = METRICS.get(metric)
    if value is None or found is None:
        return numbers.grouped(value)
    if found.unit == "points":
        return signed(value)
    if found.unit == "percent":
        return f"{_plain(value)}{numbers.NO_BREAK}%"
    if found.unit == "hours":
        return _("%(hours)s h") % {"hours": numbers.grouped(value)}
    return numbers.grouped(value)


def measured_words(metric: str, value: float | None) -> str:
    """A score that was measured is told in whole points; the rest as its target is."""
    found = METRICS.get(metric)
    if value is not None and found is not None and found.unit == "points":
        return numbers.signed(value)
    return value_words(metric, value)


def signed(value: float) -> str:
    """With one decimal where it is not whole: half points are set as targets and kept visible."""
    if round(value, 1).is_integer():
        return numbers.signed(value)
    sign = "+" if value > 0 else numbers.MINUS
    return f"{sign}{number_format(abs(round(value, 1)), 1)}"


def _plain(value: float) -> str:
    rounded = round(value, 1)
    return number_format(rounded, 0 if rounded.is_integer() else 1)


def later_words(target: Any, aimed: Aimed | None) -> str:
    """That the target was set or changed after the time it is judged for."""
    if aimed is None or aimed.changed_at is None:
        return ""
    facts = {
        "day": date_format(localtime(aimed.changed_at), "DATE_FORMAT"),
        "value": value_words(target.metric, target.value),
    }
    if aimed.set_later:
        return _("Set afterwards, on %(day)s.") % facts
    return _("Changed afterwards, on %(day)s, to %(value)s.") % facts


def distance_words(metric: str, gap: float | None) -> str:
    """How far above or below a number is: always signed, in the metric's unit."""
    if gap is None:
        return numbers.NONE
    found = METRICS.get(metric)
    if found is not None and found.unit == "percent":
        return _("%(gap)s pp") % {"gap": signed(gap)}
    return signed(gap)


def stretch_words(period: str, start: date, end: date) -> str:
    """2026, 1st quarter 2026, March 2026."""
    if period == Period.YEAR:
        return str(start.year)
    if period == Period.QUARTER:
        return _("Q%(quarter)s %(year)s") % {
            "quarter": (start.month + 2) // 3,
            "year": start.year,
        }
    if period == Period.MONTH:
        return date_format(start, "YEAR_MONTH_FORMAT")
    last = end - timedelta(days=1)
    return f"{date_format(start, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def place_words(unit: Any) -> str:
    return str(unit) if unit is not None else _("The whole company")


def narrow_words(kind: str, channel: str, touchpoint: str) -> str:
    """Of which answers it speaks, where not of all."""
    names = {each.value: str(each.label) for each in SurveyKind}
    return " · ".join(part for part in (names.get(kind, kind), channel, touchpoint) if part)


def metric_words(slug: str) -> str:
    return str(METRICS[slug].name) if slug in METRICS else slug


def track_words(standing: Standing) -> str:
    """ "On track (82 % likely)"."""
    track, likely = standing.track, _likely(standing.probability)
    if track is Track.ON:
        return _("On track (%(share)s likely)") % {"share": likely}
    if track is Track.OPEN:
        return _("Open (%(share)s likely)") % {"share": likely}
    if track is Track.OFF:
        return _("Off track (%(share)s likely)") % {"share": likely}
    names = {
        Track.MET: _("Met"),
        Track.WITHIN: _("Missed by less than the margin"),
        Track.MISSED: _("Missed"),
        Track.EARLY: _("Too early to say"),
        Track.AHEAD: _("Not begun"),
        Track.BEYOND: _("Its number is beyond your units"),
    }
    return names[track]


def track_in_sentence(standing: Standing) -> str:
    """As it goes on after a colon: "on track, 82 % likely"."""
    told = track_words(standing)
    return told[:1].lower() + told[1:]


def _likely(probability: float | None) -> str:
    """Never 0 or 100 %: nothing that is still open is that sure."""
    if probability is None:
        return numbers.NONE
    if probability > 0.99:
        return _("over %(share)s") % {"share": numbers.percent(0.99)}
    if probability < 0.01:
        return _("under %(share)s") % {"share": numbers.percent(0.01)}
    return numbers.percent(round(probability, 2))


def estimate_of(row: Row | None) -> Estimate | None:
    if row is None or row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high, row.n)


def higher_is_better(metric: str) -> bool:
    """True too for a number that is not there any more."""
    return METRICS[metric].higher_is_better if metric in METRICS else True
