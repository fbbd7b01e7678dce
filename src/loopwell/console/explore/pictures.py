"""Which picture fits a question, and what is drawn in it?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.scales import Category, category
from loopwell.console import charts
from loopwell.console.dashboards import drawing, saying
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Against, Comparison, Question, Row
from loopwell.insights.beside import RATE
from loopwell.insights.comparing import Compared, compare
from loopwell.insights.judging import judged_trend
from loopwell.insights.judging.clustering import heeded
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, answers_addresses, labels, period_words, title
from loopwell.insights.questions import ask

MOST = 60
"""Rows that a picture can bear; the table has them all."""


@dataclass(frozen=True)
class Picture:
    """`kind` names the picture in pictures.js; "" is a number alone, in `drawn`."""

    kind: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
    left: int = 0
    drawn: drawing.Drawn | None = None


def picture_of(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    """In the picture wanted where it can be drawn, else in the one that fits; never without
    words for those who cannot see it."""
    found = _picture(asked, second, actor, now)
    if found.data and not found.data.get("text"):
        words = " ".join(each for each in (f"{title(asked)}.", found.sentence) if each)
        return replace(found, data={**found.data, "text": words})
    return found


def _picture(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    kind = kind_of(asked)
    if kind in _OWN:
        return _OWN[kind](asked, second, actor, now)
    if kind == "table":
        return Picture("table")
    found = drawing.draw(asked, actor, now, most=MOST)
    sentence = found.sentence or _ranking_said(asked, found)
    return Picture(found.picture, found.data, sentence, found.left, found)


def kind_of(asked: Asked) -> str:
    wanted, groups = asked.picture, len(asked.by)
    if wanted in ("table", "distribution"):
        return wanted
    if wanted == "scatter" and groups == 1 and not asked.grain:
        return "scatter"
    if groups == 2 and not asked.grain:
        return "map"
    if asked.grain and not groups:
        return "trend"
    return ""


def asked_rows(asked: Asked) -> Asked:
    """What the table behind the picture asks: of a distribution, how many gave each score."""
    if kind_of(asked) != "distribution":
        return asked
    wanted = asked.against if asked.against in _EARLIER else Against.PREVIOUS
    return asked.changed(metric="answers", by=("score",), grain="", against=wanted, beside=False)


def beside_of(asked: Asked, second: str) -> str:
    """Which number stands beside each row, "" for none."""
    if kind_of(asked) == "scatter":
        return second
    return RATE if asked.beside and asked.metric != RATE else ""


def _trend(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    """With its margin as a band, the limits of chance dashed, and real shifts marked."""
    found = drawing.draw(asked, actor, now)
    told = judged_trend(asked.question(now), actor)
    metric = METRICS[asked.metric]
    data = charts.judged(dict(found.data), told, lambda points: saying.value(metric, points))
    sentence = told.sentence
    return Picture(found.picture, {**data, "text": sentence}, sentence, drawn=found)


def _map(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    """Each field as far from the whole company as its colour is strong; bold where it is real."""
    metric = METRICS[asked.metric]
    wanted = Comparison(Against.COMPANY)
    if metric.test == "none":
        rows = ask(asked.question(now), actor)
        found = [Compared(row, None, None, None) for row in rows if row.value is not None]
    else:
        found = [c for c in compare(asked.question(now), wanted, actor) if c.row.value is not None]
    by = {each.row.key: each for each in found}
    rows = [each.row for each in found]
    named = labels(asked.by, "", rows, actor)
    down, across = _keys(rows, 0), _keys(rows, 1)
    names = [{row.key[place]: named[row.key][place] for row in rows} for place in (0, 1)]
    addresses = answers_addresses(rows, asked, actor, now)
    cells = [
        charts.Cell(
            across.index(row.key[1]),
            down.index(row.key[0]),
            row.value,
            f"{', '.join(named[row.key])}\n{saying.in_short(metric, row)}",
            label=saying.value(metric, row.value),
            url=f"{reverse('answers:list')}?{words}" if words else "",
            few=saying.few(metric, row),
            real=by[row.key].is_real,
        )
        for row, words in zip(rows, addresses, strict=True)
        if row.key[0] in down and row.key[1] in across
    ]
    whole = next((each.other for each in found if each.other), None)
    left = len({row.key[0] for row in rows}) - len(down)
    real = sum(each.is_real for each in found)
    data = charts.heat(
        [names[1][key].removesuffix(":00") for key in across],
        [names[0][key] for key in down],
        cells,
        text=_real_said(real, len(found)) if whole else "",
        unit=saying.PICTURE_UNITS.get(metric.unit, "count"),
        middle=whole.value if whole else None,
    )
    return Picture("heat", data, data["text"], left)


def _keys(rows: Sequence[Row], place: int) -> list[Any]:
    counts: dict[Any, int] = {}
    for row in rows:
        counts[row.key[place]] = counts.get(row.key[place], 0) + row.n
    kept = set(sorted(counts, key=lambda key: -counts[key])[: 24 if place else MOST])
    return sorted(kept, key=_order)


def _order(key: Any) -> tuple[bool, float, str]:
    return key is None, float(key) if isinstance(key, int | float) else 0.0, str(key)


def _scatter(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    """Two numbers of the same groups; hollow where one of them has too few."""
    down, across = METRICS[asked.metric], METRICS[second]
    question = asked.question(now)
    sides = (question, replace(question, metric=second))
    rows, others = ({row.key: row for row in _heeded(side, actor)} for side in sides)
    named = labels(asked.by, "", rows.values(), actor)
    points = []
    for key, row in rows.items():
        other = others.get(key)
        if row.value is None or other is None or other.value is None:
            continue
        text = f"{', '.join(named[key])}\n{down.name}: {saying.in_short(down, row)}\n"
        text += f"{across.name}: {saying.in_short(across, other)}"
        few = saying.few(down, row) or saying.few(across, other)
        points.append(charts.Dot(other.value, row.value, ", ".join(named[key]), text, few=few))
    data = charts.dots(
        [replace(point, named=len(points) <= 15) for point in points],
        text=_("%(down)s and %(across)s of the same groups.")
        % {"down": down.name, "across": across.name},
        x_label=str(across.name),
        y_label=str(down.name),
        unit=saying.PICTURE_UNITS.get(down.unit, "count"),
        x_unit=saying.PICTURE_UNITS.get(across.unit, "count"),
    )
    return Picture("dots", data, data["text"], len(rows) - len(points))


def _heeded(question: Question, actor: Actor) -> list[Row]:
    found = heeded(question, None, actor)
    return [each.row for each in found if each.row.value is not None]


def _distribution(asked: Asked, second: str, actor: Actor, now: datetime) -> Picture:
    """How many gave 0, 1 … 10, now and before, each as shares of its own."""
    scores = asked_rows(asked)
    wanted = scores.against or Against.PREVIOUS
    found = compare(scores.question(now), Comparison(wanted), actor)
    counts, before = [0] * 11, [0] * 11
    for each in found:
        key = each.row.key[0]
        if isinstance(key, int | float):
            counts[int(key)] = each.row.n
            before[int(key)] = each.other.n if each.other else 0
    if not sum(before):
        words = _shares_said(counts)
        return Picture("distribution", charts.distribution(counts, text=words), words)
    earlier = _("a year before") if wanted is Against.YEAR_BEFORE else _("the time before")
    words = f"{_shares_said(counts)} {earlier[0].upper()}{earlier[1:]}: {_shares_said(before)}"
    data = charts.shift(
        [str(score) for score in range(11)],
        [(earlier, before), (period_words(asked), counts)],
        text=words,
    )
    return Picture("shift", data, words)


def _shares_said(counts: Sequence[int]) -> str:
    """What the picture shows, for those who read or hear it."""
    total = sum(counts)
    of = dict.fromkeys(Category, 0)
    for score, count in enumerate(counts):
        of[category(score)] += count
    shares = {kind.value: numbers.percent(n / total if total else None) for kind, n in of.items()}
    return _("Promoters %(promoter)s, passives %(passive)s, detractors %(detractor)s.") % shares


_EARLIER = (Against.PREVIOUS, Against.YEAR_BEFORE)


def _ranking_said(asked: Asked, found: drawing.Drawn) -> str:
    """How many groups really differ from the whole."""
    if found.picture != "ranked":
        return ""
    rows = found.data["rows"]
    return _real_said(sum(bool(row["meaning"]) for row in rows), len(rows))


def _real_said(real: int, count: int) -> str:
    if not count:
        return ""
    if not real:
        return _("No group is really different: what you see may be chance.")
    return _("%(real)s of %(count)s are really different; the others may be chance.") % {
        "real": real,
        "count": count,
    }


_OWN: dict[str, Callable[[Asked, str, Actor, datetime], Picture]] = {
    "trend": _trend,
    "map": _map,
    "scatter": _scatter,
    "distribution": _distribution,
}
