"""Is asking itself well: whom did it leave out, how full are the quotas, who speaks for whom?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.calc.proportion import wilson
from loopwell.insights.phrasing import Asked
from loopwell.insights.populations import customers_by_unit
from loopwell.insights.questions import ask
from loopwell.sampling.calendar import company_zone
from loopwell.sampling.queries import outcome_label, programmes, runs
from loopwell.sampling.queries.quotas import quotas_of, used_of

PANELS = ("decisions", "quotas", "likeness")
ENOUGH = 30


def title(panel: str) -> str:
    return {
        "decisions": _("Who was asked, and why others were not"),
        "quotas": _("How full are the quotas"),
        "likeness": _("Do those who answer stand for all customers?"),
    }[panel]


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


@dataclass(frozen=True)
class Part:
    """A part of the company: its share of all customers, of those asked and of the answers."""

    name: str
    customers: float
    asked: float | None
    answered: float
    low: float
    high: float
    n: int
    words: str
    tone: str


def _likeness(asked: Asked, actor: Actor, now: datetime) -> dict[str, Any]:
    unit = asked.narrowed.unit
    customers = customers_by_unit(actor, unit.path if unit else "")
    heard = _counts("answers", asked, actor, now)
    reached = _counts("response_rate", asked, actor, now)
    names = _parts_of(actor, unit.path if unit else "")
    sides = [_rolled(each, names) for each in (customers, reached, heard)]
    parts = [_part(name, path, sides) for path, name in names.top.items()]
    told = sum(sides[2].values())
    shown = [each for each in parts if each.customers or each.n]
    return {"parts": shown if len(shown) > 1 else [], "told": told, "enough": told >= ENOUGH}


def _counts(metric: str, asked: Asked, actor: Actor, now: datetime) -> dict[int | None, int]:
    question = asked.changed(metric=metric, by=("unit",), grain="").question(now)
    found: dict[int | None, int] = {}
    for row in ask(question, actor):
        key = row.key[0]
        found[int(key) if isinstance(key, int) else None] = row.n
    return found


@dataclass(frozen=True)
class _Parts:
    """The first level below with several units: name by path, and every unit's place in it."""

    top: Mapping[str, str]
    of: Mapping[int, str]


def _parts_of(actor: Actor, below: str) -> _Parts:
    rows = [
        (pk, name, path)
        for pk, name, path in visible_units(actor)
        .order_by("name")
        .values_list("pk", "name", "path")
        if path.startswith(below)
    ]
    levels = Counter(path.count("/") for _pk, _name, path in rows)
    level = next((depth for depth in sorted(levels) if levels[depth] > 1), 0)
    top = {path: name for _pk, name, path in rows if path.count("/") == level}
    of = {pk: "/".join(path.split("/")[:level]) + "/" for pk, _name, path in rows}
    return _Parts(top, of)


def _rolled(counts: Mapping[int | None, int], parts: _Parts) -> Counter[str]:
    found: Counter[str] = Counter()
    for pk, count in counts.items():
        place = parts.of.get(pk, "") if pk is not None else ""
        if place in parts.top:
            found[place] += count
    return found


def _part(name: str, path: str, sides: Sequence[Counter[str]]) -> Part:
    customers, reached, heard = ((side[path], sum(side.values())) for side in sides)
    base = 100 * customers[0] / customers[1] if customers[1] else 0.0
    share = wilson(heard[0], heard[1]) if heard[1] else None
    words, tone = "", ""
    if share and heard[1] >= ENOUGH and not share.low <= base <= share.high:
        words = _("heard more than its share") if share.value > base else _("heard too little")
        tone = "" if share.value > base else "bad"
    return Part(
        name,
        base,
        100 * reached[0] / reached[1] if reached[1] else None,
        share.value if share else 0.0,
        share.low if share else 0.0,
        share.high if share else 0.0,
        heard[0],
        words,
        tone,
    )


_CONTEXTS = {"decisions": _decisions, "quotas": _quotas, "likeness": _likeness}
