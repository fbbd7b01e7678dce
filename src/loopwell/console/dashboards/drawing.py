"""What is on a card: a big number, a picture with its table, or words?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from loopwell.access.rules import Actor
from loopwell.console import charts
from loopwell.console.dashboards import saying
from loopwell.insights.asking import Against, Comparison, Row
from loopwell.insights.beside import kinds_mixed
from loopwell.insights.comparing import Compared
from loopwell.insights.differing import is_better
from loopwell.insights.judging.clustering import heeded_with_effect, note
from loopwell.insights.judging.trends import judged, moments_of
from loopwell.insights.metrics import METRICS, Metric
from loopwell.insights.phrasing import Asked, answers_addresses, labels
from loopwell.insights.phrasing.naming import moment
from loopwell.insights.questions import ask, row_of, sum_up
from loopwell.surveys.enums import OUR_CUSTOMERS

MOST_ROWS, MOST_LINES = 16, 6
"""Rows that a picture on a dashboard can bear, and lines; Explore shows them all."""


@dataclass(frozen=True)
class TableRow:
    """One line of the table behind; `url` leads to the answers."""

    label: str
    value: str
    margin: str
    n: int
    few: bool
    url: str = ""
    words: str = ""
    tone: str = ""
    counted: str = ""


@dataclass(frozen=True)
class Drawn:
    """`picture` names the kind in pictures.js, "" for a number alone; `left` rows are not here."""

    picture: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    rows: Sequence[TableRow] = ()
    left: int = 0
    number: TableRow | None = None
    sentence: str = ""
    kinds: Sequence[TableRow] = ()
    """Relationship and transactional apart, where a number mixes them."""
    is_mixed: bool = False
    note: str = ""
    """What the margins allow for."""


def draw(asked: Asked, actor: Actor, now: datetime, *, most: int = MOST_ROWS) -> Drawn:
    """In the picture that the question wants, else in the one that fits it."""
    subject = _Subject(asked, actor, now, most)
    return replace(_DRAWERS[kind_of(asked)](subject), note=note(subject.effect))


def kind_of(asked: Asked) -> str:
    if not asked.by and not asked.grain:
        return "number"
    if asked.grain:
        return "lines" if asked.by else "trend"
    if asked.by == ("score",) and asked.metric == "answers":
        return "distribution"
    return "heat" if len(asked.by) > 1 else "ranked"


@dataclass(frozen=True)
class _Subject:
    asked: Asked
    actor: Actor
    now: datetime
    most: int = MOST_ROWS
    effects: list[float] = field(default_factory=list)
    """Design effects of what was asked so far."""

    @property
    def effect(self) -> float:
        return max(self.effects, default=1.0)

    @property
    def metric(self) -> Metric:
        return METRICS[self.asked.metric]

    def rows(self) -> list[Row]:
        return [each.row for each in self.compared(None)]

    def compared(self, comparison: Comparison | None) -> list[Compared]:
        """With margins that heed several answers of one account."""
        question = self.asked.question(self.now)
        found, effect = heeded_with_effect(question, comparison, self.actor)
        self.effects.append(effect)
        return found

    def urls(self, rows: Sequence[Row]) -> list[str]:
        found = answers_addresses(rows, self.asked, self.actor, self.now)
        return [f"{reverse('answers:list')}?{words}" if words else "" for words in found]

    def line(self, row: Row, label: str, url: str = "", said: tuple[str, str] = ("", "")) -> Any:
        metric = self.metric
        return TableRow(
            label, saying.value(metric, row.value), saying.margin(metric, row), row.n,
            saying.few(metric, row), url, *said, saying.counted(metric, row),
        )  # fmt: skip

    def point(self, row: Row | None, label: str, url: str = "", meaning: str = "") -> Any:
        """A point as charts.js draws it, with its tooltip in this metric's words."""
        if row is None or row.value is None:
            return {"label": label, "value": None, "text": label}
        return {
            "label": label,
            "value": row.value,
            "low": row.value if row.low is None else row.low,
            "high": row.value if row.high is None else row.high,
            "n": row.n,
            "few": saying.few(self.metric, row),
            "url": url,
            "meaning": meaning,
            "text": f"{label}\n{saying.in_short(self.metric, row)}",
        }

    @property
    def unit(self) -> str:
        return saying.PICTURE_UNITS.get(self.metric.unit, "count")


def _number(subject: _Subject) -> Drawn:
    asked = subject.asked
    against = asked.against or Against.PREVIOUS
    found = subject.compared(asked.comparison(subject.now) or Comparison(against))[0]
    url = subject.urls([found.row])[0]
    said = saying.change(subject.metric, found, against)
    return Drawn(number=subject.line(found.row, "", url, said), kinds=_kinds(subject))


def _kinds(subject: _Subject) -> list[TableRow]:
    """Empty where there is only one; as insights.beside.kinds_mixed, with the numbers."""
    asked, question = subject.asked, subject.asked.question(subject.now)
    if not _is_score(subject) or asked.narrowed.kind or asked.narrowed.survey:
        return []
    found = ask(replace(question, by=("kind",)), subject.actor)
    rows = [row for row in found if row.n and row.key[0] in OUR_CUSTOMERS]
    if len(rows) < 2:
        return []
    named = labels(("kind",), "", rows, subject.actor)
    urls = answers_addresses(rows, asked.changed(by=("kind",)), subject.actor, subject.now)
    return [
        subject.line(row, named[row.key][0], f"{reverse('answers:list')}?{url}" if url else "")
        for row, url in zip(rows, urls, strict=True)
    ]


def _is_score(subject: _Subject) -> bool:
    return subject.metric.group == "score" and subject.metric.unit == "points"


def _trend(subject: _Subject) -> Drawn:
    grain = subject.asked.grain
    moments = moments_of(subject.rows(), grain)
    known = [each.row for each in moments if each.row]
    urls = dict(zip((row.key for row in known), subject.urls(known), strict=True))
    points, lines = [], []
    for each in moments:
        label = moment(each.start, grain)
        url = urls.get(each.row.key, "") if each.row else ""
        points.append(subject.point(each.row, label, url))
        if each.row:
            lines.append(subject.line(each.row, label, url))
    told = judged(subject.asked.metric, moments, grain, subject.effect) if moments else None
    sentence = told.sentence if told else ""
    data = {"points": points, "text": sentence, "unit": subject.unit}
    if told:
        data["marks"] = [
            {"index": jump.index, "label": _jump(subject.metric, jump.difference.value)}
            for jump in told.shifts
        ]
    mixed = _is_score(subject) and bool(
        kinds_mixed(subject.asked.question(subject.now), subject.actor)
    )
    return Drawn("trend", data, lines[::-1], sentence=sentence, is_mixed=mixed)


def _jump(metric: Metric, gap: float) -> str:
    """A real shift, at its place on the line: "▲ +6"."""
    return f"{'▲' if gap > 0 else '▼'} {saying.value(metric, gap)}"


def _lines(subject: _Subject) -> Drawn:
    """One line for each group, those with most answers."""
    grain, rows = subject.asked.grain, subject.rows()
    named = labels(subject.asked.by, grain, rows, subject.actor)
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key[:-1], []).append(row)
    most = sorted(groups.values(), key=lambda own: -sum(row.n for row in own))[:MOST_LINES]
    starts = [each.start for each in moments_of(_any(rows), grain)]
    series, lines = [], []
    for own in most:
        name = ", ".join(named[own[0].key][:-1])
        by_day = {row.key[-1]: row for row in own}
        points = [subject.point(by_day.get(day), f"{name}, {moment(day, grain)}") for day in starts]
        series.append({"name": name, "meaning": "", "points": points})
        for row, url in zip(own, subject.urls(own), strict=True):
            lines.append(subject.line(row, ", ".join(named[row.key]), url))
    data = {
        "labels": [moment(day, grain) for day in starts], "series": series, "text": "",
        "unit": subject.unit,
    }  # fmt: skip
    return Drawn("lines", data, lines, len(groups) - len(most))


def _any(rows: Sequence[Row]) -> list[Row]:
    """One row of each bucket of time."""
    return list({row.key[-1]: row for row in rows}.values())


def _ranked(subject: _Subject) -> Drawn:
    """Each group beside the whole, coloured only where it really differs."""
    asked = subject.asked
    against = asked.against or Against.COMPANY
    comparison = asked.comparison(subject.now) or Comparison(against)
    if subject.metric.test == "none" and not asked.against:  # a count of all has no whole
        compared = [Compared(row, None, None, None) for row in subject.rows()]
    else:
        compared = subject.compared(comparison)
    told = [each for each in compared if each.row.value is not None]
    told.sort(key=lambda each: each.row.value or 0, reverse=True)
    shown = _ends(subject.metric, told, subject.most)
    named = labels(asked.by, "", [each.row for each in shown], subject.actor)
    urls = subject.urls([each.row for each in shown])
    points, lines = [], []
    for each, url in zip(shown, urls, strict=True):
        label = ", ".join(named[each.row.key])
        said = saying.change(subject.metric, each, against) if each.other else ("", "")
        points.append(subject.point(each.row, label, url, _meaning(subject.metric, each)))
        lines.append(subject.line(each.row, label, url, said))
    data: dict[str, Any] = {"rows": points, "text": "", "unit": subject.unit}
    if subject.metric.unit == "count":
        return Drawn("bars", _as_bars(data), lines, len(told) - len(shown))
    if against is Against.COMPANY and (whole := next((c.other for c in told if c.other), None)):
        data |= {"average": whole.value, "average_label": saying.value(subject.metric, whole.value)}
    return Drawn("ranked", data, lines, len(told) - len(shown))


def _ends(metric: Metric, told: Sequence[Compared], most: int) -> list[Compared]:
    """Of many, the highest and the lowest of those that can be judged; with few of these, those
    with most behind them beside."""
    if len(told) <= most:
        return list(told)
    sure = [each for each in told if not saying.few(metric, each.row)]
    if len(sure) < most:
        largest = sorted(told, key=lambda each: each.row.n)[-most:]
        return [each for each in told if each in largest]
    half = most // 2
    return [*sure[:half], *sure[-half:]] if metric.unit != "count" else sure[:most]


def _as_bars(data: dict[str, Any]) -> dict[str, Any]:
    rows = [{name: row[name] for name in ("label", "value", "text", "url")} for row in data["rows"]]
    return {**data, "rows": rows}


def _meaning(metric: Metric, found: Compared) -> str:
    if not found.is_real or found.difference is None:
        return ""
    return "above" if is_better(metric, found.difference) else "below"


def _distribution(subject: _Subject) -> Drawn:
    rows = subject.rows()
    counts = [0] * 11
    for row in rows:
        if isinstance(row.key[0], int | float):
            counts[int(row.key[0])] = row.n
    known = dict(zip((str(row.key[0]) for row in rows), subject.urls(rows), strict=True))
    data = charts.distribution(counts, text="")
    for bar in data["bars"]:
        bar["url"] = known.get(bar["label"], "")
    lines = [subject.line(row, str(row.key[0]), known[str(row.key[0])]) for row in rows]
    return Drawn("distribution", data, lines)


def _heat(subject: _Subject) -> Drawn:
    rows = [row for row in subject.rows() if row.value is not None]
    named = labels(subject.asked.by, "", rows, subject.actor)
    down = _most(rows, 0)
    across = _most(rows, 1)
    whole = row_of(subject.asked.metric, (), sum_up(rows)) if rows else None
    cells, lines = [], []
    for row, url in zip(rows, subject.urls(rows), strict=True):
        if row.key[0] not in down or row.key[1] not in across:
            continue
        label = ", ".join(named[row.key])
        lines.append(subject.line(row, label, url))
        cells.append(charts.Cell(
            across.index(row.key[1]), down.index(row.key[0]), row.value,
            f"{label}\n{saying.in_short(subject.metric, row)}", url=url,
            label=saying.value(subject.metric, row.value), few=saying.few(subject.metric, row),
        ))  # fmt: skip
    first = {key: next(named[r.key][0] for r in rows if r.key[0] == key) for key in down}
    second = {key: next(named[r.key][1] for r in rows if r.key[1] == key) for key in across}
    middle = whole.value if whole and subject.metric.unit != "count" else None
    data = charts.heat(
        [_short(second[key]) for key in across], [first[key] for key in down], cells, text="",
        unit=subject.unit, middle=middle,
    )  # fmt: skip
    return Drawn("heat", data, lines)


def _short(label: str) -> str:
    """ "08:00" above a narrow column."""
    return label.removesuffix(":00")


def _most(rows: Sequence[Row], place: int) -> list[Any]:
    """The keys with most answers, in their own order."""
    counts: dict[Any, int] = {}
    for row in rows:
        counts[row.key[place]] = counts.get(row.key[place], 0) + row.n
    kept = sorted(counts, key=lambda key: -counts[key])[: 24 if place else MOST_ROWS]
    return [key for key in counts if key in kept] if place == 0 else sorted(kept, key=_order)


def _order(key: Any) -> tuple[bool, float, str]:
    number = float(key) if isinstance(key, int | float) else 0.0
    return key is None, number, str(key)


_DRAWERS: dict[str, Callable[[_Subject], Drawn]] = {
    "number": _number, "trend": _trend, "lines": _lines, "ranked": _ranked,
    "distribution": _distribution, "heat": _heat,
}  # fmt: skip
