"""Which words and drawings do the pages' templates use for scores, categories and time?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from loopwell.calc import scales
from loopwell.console.templatetags import drawings, forms, numbers
from loopwell.kit.translated import said_in
from loopwell.themes.enums import ThemeKind

register = template.Library()

FEW = 30
"""Below this many answers a group's score is shown, but marked as too little to judge by
(the same bound as calc.compare.groups_against_rest)."""

SPANS: dict[str, Any] = {
    "year": ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    "month": ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    "week": ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    "day": ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    "hour": ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    "minute": ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
}
"""Django's words for a length of time, here to be translated in the case that "ago", "late" and
"left" need: Django says "1 минута", we need "1 минуту назад"."""


class Estimate(Protocol):
    """What calc.nps.Estimate looks like to a page."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def n(self) -> int: ...


register.filter("score", numbers.signed)
register.filter("count", numbers.grouped)
register.filter("percent", numbers.percent)
register.simple_tag(drawings.icon, name="icon")
register.filter("control", forms.control)
register.filter("is_checkbox", forms.is_checkbox)
register.filter("is_group", forms.is_group)
register.filter("said", said_in)


@register.filter
def whole(value: float) -> str:
    """Rounded to a whole number, thousands separated."""
    return numbers.grouped(round(value))


@register.filter
def kind_of_theme(kind: str) -> str:
    return str(ThemeKind(kind).label)


@register.simple_tag
def share(part: int, whole: int) -> str:
    """A percentage with what it is a percentage of: "17 % (54 of 318)"."""
    return _("%(percent)s (%(part)s of %(whole)s)") % {
        "percent": numbers.percent(part / whole if whole else None),
        "part": numbers.grouped(part),
        "whole": numbers.grouped(whole),
    }


@register.simple_tag
def nps(estimate: Estimate | None, minimum: int = FEW) -> SafeString:
    """A score that is never alone: margin, count, and a mark when it is too little to judge."""
    if estimate is None or not estimate.n:
        return format_html('<span class="nps text-secondary">{}</span>', _("no answers yet"))
    few = ""
    if estimate.n < minimum:
        few = format_html(' <span class="badge few">{}</span>', _("too few to judge"))
    between = _("95 %% sure: between %(low)s and %(high)s") % {
        "low": numbers.signed(estimate.low),
        "high": numbers.signed(estimate.high),
    }
    return format_html(
        '<span class="nps"><b class="nps-value">{}</b> <span class="nps-rest" title="{}">'
        "{} · {}</span>{}</span>",
        numbers.signed(estimate.value),
        between,
        numbers.margin(estimate.low, estimate.high),
        numbers.answers(estimate.n),
        few,
    )


@register.simple_tag
def interval(estimate: Estimate | None, target: float | None = None) -> SafeString | str:
    if estimate is None or not estimate.n:
        return ""
    return drawings.interval(estimate.value, estimate.low, estimate.high, target)


@register.simple_tag
def distribution(counts: Any) -> SafeString:
    """A stacked bar; `counts` has detractors, passives and promoters."""
    if isinstance(counts, dict):
        return drawings.distribution(counts["detractors"], counts["passives"], counts["promoters"])
    return drawings.distribution(counts.detractors, counts.passives, counts.promoters)


@register.simple_tag
def change(difference: Any, since: str = "") -> str:
    """A difference between two scores (value, low, high), said in words."""
    if difference is None:
        return _("nothing to compare with yet")
    if difference.low <= 0 <= difference.high:
        return (
            _("no real change since %(since)s") % {"since": since} if since else _("no real change")
        )
    points = {"points": numbers.signed(abs(difference.value)).lstrip("+"), "since": since}
    if difference.value > 0:
        words = (
            _("up %(points)s since %(since)s, a real change")
            if since
            else _("up %(points)s, a real change")
        )
    else:
        words = (
            _("down %(points)s since %(since)s, a real change")
            if since
            else _("down %(points)s, a real change")
        )
    return words % points


CATEGORIES = {
    "promoter": "mood-happy",
    "passive": "mood-empty",
    "detractor": "mood-sad",
}


def _category(score: int | str) -> str:
    if isinstance(score, str) and score in CATEGORIES:
        return score
    return scales.category(int(score)).value


def _category_name(category: str) -> str:
    names = {"promoter": _("promoter"), "passive": _("passive"), "detractor": _("detractor")}
    return names[category]


@register.filter
def category(score: int | str | None) -> str:
    """promoter, passive or detractor: for class names, not for reading."""
    return "silent" if score is None or score == "" else _category(score)


@register.simple_tag
def category_badge(score: int | str | None) -> SafeString:
    """Icon, score where there is one, and the category's name."""
    if score is None or score == "":
        return format_html('<span class="chip chip-silent">{}</span>', _("silent"))
    found = _category(score)
    number = "" if score in CATEGORIES else format_html("<b>{}</b> ", score)
    return format_html(
        '<span class="chip chip-{}">{}<span>{}{}</span></span>',
        found,
        drawings.icon(CATEGORIES[found]),
        number,
        _category_name(found),
    )


@register.simple_tag
def score_chip(score: int | None) -> SafeString:
    """The 0 to 10 answer as a small square; its category is said to screen readers."""
    if score is None:
        return format_html('<span class="score-chip score-silent">{}</span>', numbers.NONE)
    found = _category(score)
    return format_html(
        '<span class="score-chip score-{0}" title="{1}">{2}'
        '<span class="visually-hidden"> {1}</span></span>',
        found,
        _category_name(found),
        score,
    )


@register.filter
def ago(moment: datetime | None, now: datetime | None = None) -> SafeString | str:
    """How long ago, in words, with the exact moment in the title."""
    if moment is None:
        return numbers.NONE
    current = now or timezone.now()
    if moment > current:
        return time_left(moment, current)
    seconds = (current - moment).total_seconds()
    words = _("just now") if seconds < 60 else _("%(time)s ago") % {"time": _span(moment, current)}
    return _moment(moment, words)


@register.filter
def time_left(moment: datetime | None, now: datetime | None = None) -> SafeString | str:
    """Until a deadline: "3 hours left", or "2 days late" in the warning colour."""
    if moment is None:
        return numbers.NONE
    current = now or timezone.now()
    if moment < current:
        late = _("%(time)s late") % {"time": _span(moment, current)}
        return _moment(moment, late, "late")
    return _moment(moment, _("%(time)s left") % {"time": _span(current, moment)})


def _span(start: datetime, end: datetime) -> str:
    return timesince(start, end, time_strings=SPANS, depth=1)


def _moment(moment: datetime, words: str, css: str = "") -> SafeString:
    local = timezone.localtime(moment)
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>',
        css,
        local.isoformat(timespec="seconds"),
        date_format(local, "DATETIME_FORMAT"),
        words,
    )


@register.filter
def unit_path(unit: Any) -> str:
    """A unit with what stands above it, without the company itself: "East › Branch 12".

    Takes names too. Follows `parent`, so lists should select_related it.
    """
    if unit is None:
        return numbers.NONE
    if isinstance(unit, Iterable) and not isinstance(unit, str):
        return " › ".join(str(name) for name in unit)
    names = [str(unit)]
    above = getattr(unit, "parent", None)
    while above is not None and above.parent_id is not None:
        names.insert(0, str(above))
        above = above.parent
    return " › ".join(names)
