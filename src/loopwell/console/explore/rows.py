"""Which rows stand behind a picture: value, margin, count, response rate, difference, answers?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from loopwell.access.rules import Actor
from loopwell.console.dashboards import saying
from loopwell.insights.asking import Row
from loopwell.insights.beside import RATE, asked_beside
from loopwell.insights.comparing import Compared, compare
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, answers_addresses, labels
from loopwell.insights.questions import ask

RATES = METRICS[RATE]


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
    rate: Row | None = None

    @property
    def row(self) -> Row:
        return self.found.row

    @property
    def rate_words(self) -> str:
        if self.rate is None or self.rate.value is None:
            return ""
        return f"{saying.value(RATES, self.rate.value)} {saying.margin(RATES, self.rate)}".strip()


def lines_of(asked: Asked, actor: Actor, now: datetime) -> list[Line]:
    """All rows that have a value, the newest or the highest first."""
    metric, question = METRICS[asked.metric], asked.question(now)
    comparison = asked.comparison(now)
    if comparison is None:
        found = [Compared(row, None, None, None) for row in ask(question, actor)]
    else:
        found = compare(question, comparison, actor)
    told = [each for each in found if each.row.value is not None]
    rows = [each.row for each in told]
    named = labels(asked.by, asked.grain, rows, actor)
    urls = answers_addresses(rows, asked, actor, now)
    rates = asked_beside(question, actor) if asked.beside and asked.metric != RATE else {}
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
                rates.get(each.row.key),
            )
        )
    return _ordered(asked, lines)


def _ordered(asked: Asked, lines: list[Line]) -> list[Line]:
    """Time backwards, hours and scores in their own order, all else by value."""
    if asked.grain:
        return lines[::-1]
    if len(asked.by) > 1 or set(asked.by) & {"score", "weekday", "hour"}:
        return lines
    return sorted(lines, key=lambda line: -(line.row.value or 0))
