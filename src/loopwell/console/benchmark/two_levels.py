"""Why does the relationship score rise while the transactional one falls, or the other way?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.queries import Table, through_time
from loopwell.calc.nps import Counts, Difference, Estimate, difference
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Question, Row
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask, ask_one
from loopwell.surveys.enums import SurveyKind

ENOUGH = 30
TOP_DOWN, BOTTOM_UP = SurveyKind.RELATIONSHIP, SurveyKind.TRANSACTIONAL


@dataclass(frozen=True)
class Level:
    """One level of measurement: its score now and before, and the change where it can be judged."""

    kind: str
    now: Row
    before: Row | None
    change: Difference | None

    @property
    def label(self) -> str:
        return str(SurveyKind(self.kind).label)

    @property
    def estimate(self) -> Estimate | None:
        return _estimate(self.now)

    @property
    def is_real(self) -> bool:
        return self.change is not None and self.change.p < 0.05


@dataclass(frozen=True)
class Both:
    """The two levels, their gap, and facts that may explain it."""

    top: Level
    bottom: Level
    gap: Difference | None
    words: str
    picture: dict[str, Any]
    moments: Sequence[Row]
    rates: dict[str, Row]
    market: Table | None


def both(actor: Actor, selection: Selection) -> Both:
    top, bottom = (_level(actor, selection, kind) for kind in (TOP_DOWN, BOTTOM_UP))
    enough = min(top.now.n, bottom.now.n) >= ENOUGH
    gap = difference(counts_of(top.now.stats), counts_of(bottom.now.stats)) if enough else None
    tables = [table for table in through_time(actor) if table.us is not None]
    rates = {
        kind.value: ask_one(Question("response_rate", filters=_of(selection, kind)), actor)
        for kind in (TOP_DOWN, BOTTOM_UP)
    }
    moments = ask(Question("nps", ("touchpoint",), "", _of(selection, BOTTOM_UP)), actor)
    return Both(
        top,
        bottom,
        gap,
        _words(top, bottom, gap),
        _picture(actor, selection, tables),
        sorted(moments, key=lambda row: -row.n),
        rates,
        tables[-1] if tables else None,
    )


def _of(selection: Selection, kind: SurveyKind) -> Any:
    return replace(selection.for_numbers(), kind=kind.value)


def _level(actor: Actor, selection: Selection, kind: SurveyKind) -> Level:
    now = ask_one(Question("nps", filters=_of(selection, kind)), actor)
    earlier = selection.before()
    before = ask_one(Question("nps", filters=_of(earlier, kind)), actor) if earlier else None
    judged = before is not None and min(now.n, before.n) >= ENOUGH
    change = difference(_counts(now), _counts(before)) if judged and before else None
    return Level(kind.value, now, before, change)


def _counts(row: Row) -> Counts:
    return counts_of(row.stats)


def _estimate(row: Row) -> Estimate | None:
    if row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high, row.n)


def _words(top: Level, bottom: Level, gap: Difference | None) -> str:
    if gap is None:
        return _("One of the two levels has too few answers to be compared.")
    if top.is_real and bottom.is_real and top.change and bottom.change:
        if top.change.value > 0 > bottom.change.value:
            return _("The relationship score rises while the scores after contacts fall.")
        if top.change.value < 0 < bottom.change.value:
            return _("The relationship score falls while the scores after contacts rise.")
        return _("Both levels move the same way.")
    if gap.p >= 0.05:
        return _("The two levels cannot be told apart.")
    facts = {"gap": numbers.grouped(abs(round(gap.value)))}
    if gap.value < 0:
        return (
            _("Customers are %(gap)s points happier after a contact than with us overall.") % facts
        )
    return _("Customers are %(gap)s points happier with us overall than after a contact.") % facts


def _picture(actor: Actor, selection: Selection, tables: Sequence[Table]) -> dict[str, Any]:
    """Both levels by quarter, and ourselves in the market's panels where there are any."""
    rows: dict[tuple[str, date], Row] = {}
    filters = replace(selection.for_numbers(), start=None, end=None)
    for kind in (TOP_DOWN, BOTTOM_UP):
        for row in ask(Question("nps", (), "quarter", replace(filters, kind=kind.value)), actor):
            if isinstance(row.key[0], date):
                rows[kind.value, row.key[0]] = row
    panels = {_quarter(table.panel.fielded_to): table.us for table in tables}
    quarters = sorted({day for _kind, day in rows} | panels.keys())[-12:]
    labels = [_quarter_words(day) for day in quarters]
    names = {TOP_DOWN: _("Relationship"), BOTTOM_UP: _("After a contact")}
    series = [
        charts.Line(
            str(names[kind]),
            [
                charts.Point(f"{names[kind]}, {label}", _estimate(row) if row else None)
                for label, row in zip(
                    labels, (rows.get((kind.value, day)) for day in quarters), strict=True
                )
            ],
            "us" if kind is TOP_DOWN else "target",
        )
        for kind in (TOP_DOWN, BOTTOM_UP)
    ]
    if panels:
        told = [panels.get(day) for day in quarters]
        name = _("We in the market’s panels")
        series.append(
            charts.Line(
                name,
                [
                    charts.Point(f"{name}, {label}", found.estimate if found else None)
                    for label, found in zip(labels, told, strict=True)
                ],
            )
        )
    return charts.lines(labels, series, text=_("Both levels of measurement by quarter."))


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarter_words(day: date) -> str:
    if day.month == 1:
        return _("Q1 %(year)s") % {"year": day.year}
    return f"Q{(day.month + 2) // 3}" if day.month in (4, 7, 10) else date_format(day, "M")
