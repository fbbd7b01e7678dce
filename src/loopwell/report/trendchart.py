"""How is a trend drawn: the score month by month, with its intervals?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from loopwell.calc.nps import Estimate
from loopwell.calc.trend import Period
from loopwell.report.charts import svg
from loopwell.report.wording import axis_step, points, short_month

HEIGHT = 240  # of the plot, px
TOP, BOTTOM = 24, 26
CROWDED = 40  # months; more are drawn thinner


@dataclass(frozen=True)
class Axis:
    """Points to pixels, downwards."""

    low: float
    high: float

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return round(TOP + HEIGHT * (self.high - inside) / (self.high - self.low), 1)


def draw(periods: Sequence[Period], minimum: int) -> SafeString:
    """Months without answers break the line, small ones are hollow and their line is pale.

    Nothing is drawn for a single month.
    """
    estimates = [period.estimate for period in periods]
    known = [estimate for estimate in estimates if estimate]
    if len(known) < 2:
        return SafeString("")
    axis = _axis(known)
    places = [8 + 88 * i / (len(periods) - 1) for i in range(len(periods))]
    marks = [
        *_grid(axis),
        *_ranges(axis, places, estimates),
        *_path(axis, places, estimates, minimum),
        *_dots(axis, places, estimates, minimum),
        *_last_value(axis, places, estimates),
        *_month_labels(places, periods),
    ]
    return svg(TOP + HEIGHT + BOTTOM, marks, "trend")


def _axis(known: Sequence[Estimate]) -> Axis:
    """From a round number below to one above, with zero where it is near.

    Months with few answers have wild intervals; those are cut at the edge where others are not.
    """
    most = max(estimate.n for estimate in known)
    steady = [estimate for estimate in known if estimate.n >= most / 20]
    low, high = min(e.low for e in steady), max(e.high for e in steady)
    low = min([low, *(e.value for e in known)])
    high = max([high, *(e.value for e in known)])
    low = min(low, 0.0) if low < 25 else low
    high = max(high, 0.0) if high > -25 else high
    return Axis(max(-100.0, 20 * (low // 20)), min(100.0, 20 * -(-high // 20)))


def _grid(axis: Axis) -> list[SafeString]:
    step = 20 if axis.high - axis.low <= 120 else 50
    first = int(-(-axis.low // step) * step)
    return [
        format_html(
            '<line class="{0}" x1="8%" x2="97%" y1="{1}" y2="{1}"/>'
            '<text x="7%" dx="-4" y="{2}" text-anchor="end">{3}</text>',
            "grid" if value else "zero",
            axis.y(value),
            axis.y(value) + 4,
            points(value, 0),
        )
        for value in range(first, int(axis.high) + 1, step)
    ]


def _ranges(
    axis: Axis, places: Sequence[float], estimates: Sequence[Estimate | None]
) -> list[SafeString]:
    thickness = "range neutral" if len(places) <= CROWDED else "range thin neutral"
    return [
        format_html(
            '<line class="{0}" x1="{1}%" x2="{1}%" y1="{2}" y2="{3}"/>',
            thickness,
            f"{place:.2f}",
            axis.y(estimate.low),
            axis.y(estimate.high),
        )
        for place, estimate in zip(places, estimates, strict=True)
        if estimate
    ]


def _path(
    axis: Axis, places: Sequence[float], estimates: Sequence[Estimate | None], minimum: int
) -> list[SafeString]:
    steps = zip(places, estimates, places[1:], estimates[1:], strict=False)
    return [
        format_html(
            '<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>',
            "path small" if min(estimate.n, following.n) < minimum else "path",
            f"{place:.2f}",
            axis.y(estimate.value),
            f"{next_place:.2f}",
            axis.y(following.value),
        )
        for place, estimate, next_place, following in steps
        if estimate and following
    ]


def _dots(
    axis: Axis, places: Sequence[float], estimates: Sequence[Estimate | None], minimum: int
) -> list[SafeString]:
    radius = 4 if len(places) <= CROWDED else 2.5
    return [
        format_html(
            '<circle class="{}" cx="{}%" cy="{}" r="{}"/>',
            "point small" if estimate.n < minimum else "point",
            f"{place:.2f}",
            axis.y(estimate.value),
            radius,
        )
        for place, estimate in zip(places, estimates, strict=True)
        if estimate
    ]


def _last_value(
    axis: Axis, places: Sequence[float], estimates: Sequence[Estimate | None]
) -> list[SafeString]:
    last = max(place for place, estimate in enumerate(estimates) if estimate)
    estimate = estimates[last]
    if estimate is None:
        return []
    return [
        format_html(
            '<text class="value" x="{}%" y="{}" text-anchor="end">{}</text>',
            f"{places[last] + 1:.2f}",
            axis.y(estimate.high) - 8,
            points(estimate.value, 0),
        )
    ]


def _month_labels(places: Sequence[float], periods: Sequence[Period]) -> list[SafeString]:
    step = axis_step(len(periods), 5)
    return [
        format_html(
            '<text x="{}%" y="{}" text-anchor="middle">{}</text>',
            f"{places[place]:.2f}",
            TOP + HEIGHT + 20,
            short_month(periods[place].label),
        )
        for place in range(len(periods) - 1, -1, -step)
    ]
