"""How are a metric's value, margin and change written for a person?"""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Against, Row
from loopwell.insights.comparing import Compared
from loopwell.insights.differing import is_better, is_fixed
from loopwell.insights.metrics import Metric

PICTURE_UNITS = {"points": "score", "percent": "%", "count": "count"}
"""What pictures.js calls a metric's unit; others are plain numbers."""


def value(metric: Metric, found: float | None) -> str:
    if found is None:
        return numbers.NONE
    if metric.unit == "points":
        return numbers.signed(found)
    if metric.unit == "percent":
        return numbers.percent(found / 100)
    if metric.unit == "hours":
        return _("%(hours)s h") % {"hours": number_format(round(found, 1), 1)}
    return numbers.grouped(found) if metric.unit == "count" else number_format(round(found, 1), 1)


def margin(metric: Metric, row: Row) -> str:
    """Half the interval's width, "" where the value is a count of all."""
    if metric.test == "none" or row.low is None or row.high is None:
        return ""
    if metric.unit in ("points", "percent"):
        return numbers.margin(row.low, row.high)
    return f"±{number_format(round((row.high - row.low) / 2, 1), 1)}"


def counted(metric: Metric, row: Row) -> str:
    """ "318 answers", "1,204 asked"; "" where the value is that count."""
    if metric.unit == "count":
        return ""
    if str(metric.counted) == _("answers"):
        return numbers.answers(row.n)
    return _("%(count)s %(what)s") % {"count": numbers.grouped(row.n), "what": metric.counted}


def few(metric: Metric, row: Row) -> bool:
    return row.value is not None and row.n < metric.minimum


def in_short(metric: Metric, row: Row) -> str:
    """Value, margin and count on one line, for the tooltip of a picture."""
    facts = [f"{value(metric, row.value)} {margin(metric, row)}".strip(), counted(metric, row)]
    if few(metric, row):
        facts.append(_("too few to judge"))
    return " · ".join(fact for fact in facts if fact)


def change(metric: Metric, found: Compared, against: Against) -> tuple[str, str]:
    """The difference in plain words, and its tone: good, bad or empty."""
    other = found.other
    if other is None or other.value is None or found.row.value is None:
        return _("nothing to compare with yet"), ""
    words = {"what": _other(metric, other.value, against)}
    if metric.test == "none":
        return _("%(what)s") % words, ""
    if found.p_adjusted is None or found.difference is None:
        return _("%(what)s: too few to judge the difference") % words, ""
    if not found.is_real:
        return _("%(what)s: no real difference") % words, ""
    tone = "good" if is_better(metric, found.difference) else "bad"
    gap = value(metric, abs(found.difference.value)).lstrip("+")
    higher = found.difference.value > 0
    said = {**words, "gap": gap}
    if is_fixed(other):
        return (_("%(gap)s above %(what)s") if higher else _("%(gap)s below %(what)s")) % said, tone
    if higher:
        return _("%(what)s: up by %(gap)s, a real difference") % said, tone
    return _("%(what)s: down by %(gap)s, a real difference") % said, tone


def _other(metric: Metric, found: float, against: Against) -> str:
    words = {
        Against.PREVIOUS: _("before: %(value)s"),
        Against.YEAR_BEFORE: _("a year before: %(value)s"),
        Against.COMPANY: _("company: %(value)s"),
        Against.SEGMENT: _("others: %(value)s"),
        Against.TARGET: _("target: %(value)s"),
        Against.COMPETITOR: _("competitor: %(value)s"),
    }
    return words[against] % {"value": value(metric, found)}
