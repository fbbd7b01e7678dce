"""How is the funnel of groups drawn, for a score, a share or a mean?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from loopwell.calc.funnel import (
    INNER,
    OUTER,
    Funnel,
    funnel,
    funnel_of_means,
    funnel_of_shares,
)
from loopwell.calc.spreading import Moments
from loopwell.console import charts
from loopwell.console.dashboards import saying
from loopwell.console.ranking.groups import Groups
from loopwell.insights.asking import Row
from loopwell.insights.judging.clustering import SCALES
from loopwell.insights.metrics import METRICS, Metric, counts_of

NAMED, CURVE = 14, 40


def funnel_of(metric: Metric, rows: Mapping[str, Row], design: float) -> Funnel | None:
    if metric.test == "score":
        return funnel({key: counts_of(row.stats) for key, row in rows.items()}, design=design)
    if metric.test == "share":
        parts = {
            key: (int(row.stats[metric.part]), int(row.stats["n"])) for key, row in rows.items()
        }
        return funnel_of_shares(parts, design=design)
    moments = {
        key: Moments(int(row.stats["n"]), row.stats["sum"], row.stats["squares"])
        for key, row in rows.items()
    }
    return funnel_of_means(moments, SCALES[metric.unit], design=design)


def picture(drawn: Funnel, groups: Groups) -> dict[str, Any]:
    metric = METRICS[groups.question.metric]
    most, least = (pick(point.n for point in drawn.points) for pick in (max, min))
    sizes = [max(least, 1) * (most / max(least, 1)) ** (i / CURVE) for i in range(CURVE + 1)]
    limits = [
        charts.Limit([(n, drawn.limits(n, level)[side]) for n in sizes], level == OUTER)
        for level in (INNER, OUTER)
        for side in (0, 1)
    ]
    dots = [
        charts.Dot(
            point.n,
            point.value,
            groups.names[point.name],
            f"{groups.names[point.name]}\n"
            f"{saying.value(metric, point.value)} · "
            f"{saying.counted(metric, groups.rows[point.name])}",
            url=groups.urls[point.name],
            meaning=_meaning(metric, point.outside, point.z),
            named=point.outside > 0 or len(drawn.points) <= NAMED,
            few=point.n < metric.minimum,
        )
        for point in drawn.points
    ]
    together = saying.value(metric, drawn.centre)
    return charts.dots(
        dots,
        text=_("Each group by its count and its number, with the limits of chance."),
        x_label=str(metric.counted)[:1].upper() + str(metric.counted)[1:],
        y_label=str(metric.name),
        limits=limits,
        across=(drawn.centre, _("together %(score)s") % {"score": together}),
        unit=saying.PICTURE_UNITS.get(metric.unit, "number"),
    )


def _meaning(metric: Metric, outside: int, z: float) -> str:
    """Above is what is better."""
    if not outside:
        return ""
    return "above" if (z > 0) == metric.higher_is_better else "below"
