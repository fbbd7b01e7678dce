"""Which questions do the ready dashboards ask? Pages show them, and bench/warehouse times them."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.insights.asking import Question


@dataclass(frozen=True)
class Ready:
    """A question by its name; pages and benchmarks add the stretch of time and the unit."""

    slug: str
    title: str | Promise
    question: Question

    def between(self, start: date | None, end: date | None) -> Question:
        filters = replace(self.question.filters, start=start, end=end)
        return replace(self.question, filters=filters)


READY: tuple[Ready, ...] = (
    Ready("score", _("NPS"), Question("nps")),
    Ready("trend", _("NPS by month"), Question("nps", grain="month")),
    Ready("units", _("NPS by unit"), Question("nps", by=("unit",))),
    Ready("week", _("NPS by weekday and hour"), Question("nps", by=("weekday", "hour"))),
    Ready("scores", _("Answers by score"), Question("answers", by=("score",))),
    Ready("touchpoints", _("NPS by touchpoint"), Question("nps", by=("touchpoint",))),
    Ready("channels", _("NPS by channel and month"), Question("nps", ("channel",), "month")),
    Ready("weighted", _("NPS, weighted, by month"), Question("nps_weighted", grain="month")),
    Ready("revenue", _("NPS by revenue"), Question("nps_revenue")),
    Ready("asked", _("Response rate by month"), Question("response_rate", grain="month")),
    Ready("asked_units", _("Response rate by unit"), Question("response_rate", by=("unit",))),
    Ready("bounced", _("Bounced by channel"), Question("bounce_rate", by=("channel",))),
    Ready("contact", _("Time to first contact"), Question("first_contact_hours", by=("unit",))),
    Ready("in_time", _("Reached in time by month"), Question("reached_in_time", grain="month")),
    Ready("recovery", _("Recovery by month"), Question("recovery", grain="month")),
    Ready("themes", _("Detractors by theme"), Question("detractors", by=("theme",))),
    Ready("satisfied", _("Satisfied by month"), Question("csat", grain="month")),
)
