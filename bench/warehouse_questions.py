"""Which questions do ready dashboards ask, and so are timed?"""

from dataclasses import dataclass, replace
from datetime import date

from loopwell.insights.asking import Question


@dataclass(frozen=True)
class Ready:
    """A question by its name; the benchmark adds the stretch of time."""

    slug: str
    question: Question

    def between(self, start: date | None, end: date | None) -> Question:
        filters = replace(self.question.filters, start=start, end=end)
        return replace(self.question, filters=filters)


READY: tuple[Ready, ...] = (
    Ready("score", Question("nps")),
    Ready("trend", Question("nps", grain="month")),
    Ready("units", Question("nps", by=("unit",))),
    Ready("week", Question("nps", by=("weekday", "hour"))),
    Ready("scores", Question("answers", by=("score",))),
    Ready("touchpoints", Question("nps", by=("touchpoint",))),
    Ready("channels", Question("nps", ("channel",), "month")),
    Ready("weighted", Question("nps_weighted", grain="month")),
    Ready("revenue", Question("nps_revenue")),
    Ready("asked", Question("response_rate", grain="month")),
    Ready("asked_units", Question("response_rate", by=("unit",))),
    Ready("bounced", Question("bounce_rate", by=("channel",))),
    Ready("contact", Question("first_contact_hours", by=("unit",))),
    Ready("in_time", Question("reached_in_time", grain="month")),
    Ready("recovery", Question("recovery", grain="month")),
    Ready("themes", Question("detractors", by=("theme",))),
    Ready("satisfied", Question("csat", grain="month")),
)
