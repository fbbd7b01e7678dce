"""How does the answer to a kept question read in a mail?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.digests.templatetags.digest import grouped, signed
from loopwell.digests.wording import as_they_read, subscription_token
from loopwell.insights.asking import Row
from loopwell.insights.judging.clustering import heeded_with_effect, note
from loopwell.insights.judging.trends import judged, moments_of
from loopwell.insights.metrics import METRICS, Metric
from loopwell.insights.models import SavedQuestion
from loopwell.insights.phrasing import Asked, from_query, labels, sentence

MOST = 30
"""Rows in a mail; the page has them all."""


@dataclass(frozen=True)
class Answer:
    """A finished mail; whoever posts to `leave` ends it without signing in."""

    subject: str
    text: str
    html: str
    leave: str


@dataclass(frozen=True)
class Line:
    label: str
    value: str
    margin: str
    count: str
    few: bool


def answer_to(question: SavedQuestion, user: User, actor: Actor, now: datetime) -> Answer | None:
    """In the reader's language, of what the reader may see; None where nothing was counted."""
    zone = ZoneInfo(user.time_zone or settings.TIME_ZONE)
    with as_they_read(user, zone):
        asked = from_query(question.address, actor, now, also=("second",))
        found, effect = heeded_with_effect(asked.question(now), None, actor)
        rows = [e.row for e in found if e.row.n and e.row.value is not None]
        if not rows:
            return None
        stop = f"{settings.BASE_URL}{reverse('explore:kept')}#q-{question.ref}"
        metric = METRICS[asked.metric]
        context = {
            "name": question.name,
            "asks": sentence(asked, actor),
            "said": _said(asked, rows, effect),
            "metric": metric.name,
            "lines": _lines(asked, metric, rows, actor),
            "note": note(effect),
            "left": max(len(rows) - MOST, 0),
            "url": settings.BASE_URL + reverse("explore:question", args=[question.ref]),
            "stop": stop,
            "language": translation.get_language(),
        }
        return Answer(
            subject=" ".join(question.name.split())[:200],
            text=render_to_string("digests/question.txt", context),
            html=render_to_string("digests/question.html", context),
            leave=settings.BASE_URL
            + reverse("digests:stop_question", args=[subscription_token(question.ref, user.pk)]),
        )


def _said(asked: Asked, rows: Sequence[Row], effect: float) -> str:
    """What of a trend is real."""
    if not asked.grain or asked.by:
        return ""
    return judged(asked.metric, moments_of(rows, asked.grain), asked.grain, effect).sentence


def _lines(asked: Asked, metric: Metric, rows: Sequence[Row], actor: Actor) -> list[Line]:
    """Time backwards, else the highest first."""
    named = labels(asked.by, asked.grain, rows, actor)
    if asked.grain:
        ordered = sorted(rows, key=_moment, reverse=True)
    else:
        ordered = sorted(rows, key=lambda row: -(row.value or 0))
    return [
        Line(
            ", ".join(named[row.key]) or _("All together"),
            _value(metric, row.value or 0),
            _margin(metric, row),
            grouped(row.n),
            row.n < metric.minimum,
        )
        for row in ordered[:MOST]
    ]


def _moment(row: Row) -> date:
    return row.key[-1] if isinstance(row.key[-1], date) else date.min


def _value(metric: Metric, value: float) -> str:
    if metric.unit == "points":
        return signed(value)
    if metric.unit == "count":
        return grouped(round(value))
    said = number_format(round(value, 1), 1)
    return _("%(value)s %%") % {"value": said} if metric.unit == "percent" else said


def _margin(metric: Metric, row: Row) -> str:
    if metric.test == "none" or row.low is None or row.high is None:
        return ""
    half = (row.high - row.low) / 2
    return f"±{number_format(half, 0 if metric.unit in ('points', 'percent') else 1)}"
