"""Is asking itself well: whom did it leave out, how full are the quotas, who speaks for whom?"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.insights.likeness import ENOUGH, likeness
from loopwell.insights.phrasing import Asked, Narrowed
from loopwell.sampling.calendar import company_zone
from loopwell.sampling.queries import outcome_label, programmes, runs
from loopwell.sampling.queries.quotas import quotas_of, used_of

PANELS = ("decisions", "quotas", "likeness")


def title(panel: str) -> str:
    return {
        "decisions": _("Who was asked, and why others were not"),
        "quotas": _("How full are the quotas"),
        "likeness": _("Do those who answer stand for all customers?"),
    }[panel]


def facts(panel: str, asked: Asked, said: list[str]) -> list[str]:
    """Of the card's period and filters those that this panel heeds."""
    if panel == "likeness":
        return said
    kept = [] if panel == "quotas" else said[:1]
    narrowed = asked.narrowed != Narrowed()
    return [*kept, _("of the whole company that you see")] if narrowed else kept


def template(panel: str) -> str:
    return f"console/dashboards/_{panel}.html"


def context(panel: str, asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    return _CONTEXTS[panel](asked, actor, now)


def _decisions(asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    """Candidates by outcome over the rounds of the period, as each round counted them."""
    start, end = asked.days(now)
    rows = runs(actor)
    zone = ZoneInfo(settings.TIME_ZONE)
    if start:
        rows = rows.filter(at__gte=datetime.combine(start, time(), zone))
    if end:
        rows = rows.filter(at__lt=datetime.combine(end, time(), zone))
    total: Counter[str] = Counter()
    for counts in rows.order_by().values_list("counts", flat=True):
        total.update({outcome: int(count) for outcome, count in counts.items()})
    whole = sum(total.values())
    log = reverse("decisions:list")
    outcomes = [
        (outcome_label(outcome), count, 100 * count / whole, f"{log}?outcome={outcome}")
        for outcome, count in total.most_common()
        if count
    ]
    return {"outcomes": outcomes, "whole": whole, "log": log}


@dataclass(frozen=True)
class Quota:
    """One quota of a programme now: the fullest of its groups."""

    programme: str
    url: str
    period: str
    most: int
    used: int
    full: int
    groups: int

    @property
    def share(self) -> float:
        return min(100.0, 100 * self.used / self.most) if self.most else 100.0


def _quotas(asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    zone, found = company_zone(), []
    for programme in programmes(actor).filter(ended_at=None, started_at__isnull=False):
        for quota in quotas_of(programme):
            by_group = used_of(programme, quota, now, zone)
            used = list(by_group.values()) if quota.each else [sum(by_group.values())]
            found.append(
                Quota(
                    programme.name,
                    reverse("programmes:programme", args=[programme.ref]),
                    str(quota.period.label),
                    quota.most,
                    max(used, default=0),
                    sum(each >= quota.most for each in used),
                    len(used) if quota.each else 0,
                )
            )
    return {"quotas": found}


def _likeness(asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    found = likeness(asked.filters(now), actor)
    return {"likeness": found, "enough": found.heard >= ENOUGH}


_CONTEXTS = {"decisions": _decisions, "quotas": _quotas, "likeness": _likeness}
