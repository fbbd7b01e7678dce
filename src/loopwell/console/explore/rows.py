"""Which rows stand behind a picture: value, margin, count, response rate, difference, answers?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from loopwell.access.rules import Actor
from loopwell.console.dashboards import saying
from loopwell.insights.asking import Key, Question, Row
from loopwell.insights.beside import RATE, asked_beside
from loopwell.insights.comparing import Compared
from loopwell.insights.judging.clustering import heeded
from loopwell.insights.metrics import METRICS, Metric
from loopwell.insights.phrasing import Asked, answers_addresses, labels
from loopwell.insights.questions import ask


@dataclass(frozen=True)
class Line:
    """One row in words for the page and as numbers for a file; `url` leads to the answers."""

    labels: Sequence[str]
    found: Compared
    value: str
    margin: str
    few: bool
    url: str = ""
    words: str = ""
    tone: str = ""
    beside: Row | None = None
    beside_words: str = ""

    @property
    def row(self) -> Row:
        return self.found.row


def lines_of(asked: Asked, beside: str, actor: Actor, now: datetime) -> list[Line]:
    """All rows that have a value, the newest or the highest first; `beside` names the number that
    stands beside each, if any."""
    metric, question = METRICS[asked.metric], asked.question(now)
    comparison = asked.comparison(now)
    found = heeded(question, comparison, actor)
    told = [each for each in found if each.row.value is not None]
    rows = [each.row for each in told]
    named = labels(asked.by, asked.grain, rows, actor)
    urls = answers_addresses(rows, asked, actor, now)
    others = _beside(question, beside, actor)
    lines = []
    for each, words in zip(told, urls, strict=True):
        said = saying.change(metric, each, comparison.against) if comparison else ("", "")
        lines.append(
            Line(
                named[each.row.key],
                each,
                saying.value(metric, each.row.value),
                saying.margin(metric, each.row),
                saying.few(metric, each.row),
                f"{reverse('answers:list')}?{words}" if words else "",
                *said,
                others.get(each.row.key),
                _said(METRICS[beside], others.get(each.row.key)) if beside else "",
            )
        )
    return _ordered(asked, lines)


def _beside(question: Question, beside: str, actor: Actor) -> dict[tuple[Key, ...], Row]:
    if beside == RATE:
        return asked_beside(question, actor)
    if not beside:
        return {}
    return {row.key: row for row in ask(replace(question, metric=beside), actor)}


def _said(metric: Metric, row: Row | None) -> str:
    if row is None or row.value is None:
        return ""
    return f"{saying.value(metric, row.value)} {saying.margin(metric, row)}".strip()


def _ordered(asked: Asked, lines: list[Line]) -> list[Line]:
    """Time backwards, hours and scores in their own order, all else by value."""
    if asked.grain:
        return lines[::-1]
    if len(asked.by) > 1 or set(asked.by) & {"score", "weekday", "hour"}:
        return lines
    return sorted(lines, key=lambda line: -(line.row.value or 0))
